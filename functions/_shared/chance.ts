import { randomBytes } from 'node:crypto';
import { UPLOADS } from '../../domain/contact/upload.ts';

/** 128 bits by chance, as 22 characters that may stand in a path: nobody guesses it. */
export const newKey = (): string => randomBytes(16).toString('base64url');

/** Whether a text from outside may be such a key. */
export const isKey = (text: string | undefined): text is string => text !== undefined && /^[\w-]{22}$/.test(text);

/** Where the file of an upload stands. */
export const uploadKey = (id: string): string => `${UPLOADS}${id}`;

/** Where the files of a form without scripts stand; the rest of a key is the file's own name. */
export const boxPrefix = (box: string): string => `${UPLOADS}${box}/`;
