import { type Instant, MINUTE, plus } from '../support/time.ts';
import type { Attachment } from '../ticket/message.ts';
import { type LinkKey, readCapability, signCapability } from './capability.ts';

/** Files of one message. */
export const MOST_FILES = 10;
export const MOST_FILE_BYTES = 10 * 1024 * 1024;

/** Where files stand that came by the web; those that no message names after two days expire. */
export const UPLOADS = 'uploads/';

/** How many files of a message came by the web: an event says so, for them to be kept. */
export const uploadsAmong = (attachments: readonly Attachment[]): { uploads?: number } => {
  const uploads = attachments.filter(({ key }) => key.startsWith(UPLOADS)).length;
  return uploads === 0 ? {} : { uploads };
};

/** How long a place to upload to is held. */
export const UPLOAD_WITHIN = 15 * MINUTE;

/**
 * How long a file waits for the message it belongs to, from the moment it is stored. The bucket deletes it after two days:
 * a receipt never outlives its file.
 */
export const FILE_WAITS = 24 * 60 * MINUTE;

/** Nobody in particular: whoever uploaded the file holds its receipt. */
const ANYBODY = 'anybody';

/**
 * Says that this desk has looked into a stored file: whoever writes a message hands it in, and the message has the file.
 * Reading it takes the key of links alone, so that a function which takes messages never asks for the file.
 */
export const signReceipt = ({ key, name, type, bytes }: Attachment, storedAt: Instant, linkKey: LinkKey): string =>
  signCapability(
    {
      purpose: 'upload',
      subject: JSON.stringify([key, name, type, bytes]),
      recipient: ANYBODY,
      expiresAt: plus(storedAt, FILE_WAITS),
    },
    linkKey,
  );

/** The file of a receipt; undefined for one that this desk did not sign, or whose file may be gone. */
export const readReceipt = (receipt: string, keys: readonly LinkKey[], now: Instant): Attachment | undefined => {
  const read = readCapability(receipt, 'upload', keys, now);
  return read.ok ? attachmentOf(JSON.parse(read.value.subject)) : undefined;
};

const attachmentOf = (value: unknown): Attachment | undefined => {
  if (!Array.isArray(value)) return undefined;
  const [key, name, type, bytes]: unknown[] = value;
  if (typeof key !== 'string' || typeof name !== 'string' || typeof type !== 'string' || typeof bytes !== 'number')
    return undefined;
  return { key, name, type, bytes };
};

/** Types that a browser may be told of; a file of any other is bytes. All are saved, never shown in place. */
const SERVED = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'application/pdf', 'text/plain']);

/** The type a file is handed out as: what could run or be read as a page is only bytes. */
export const servedType = (type: string): string => (SERVED.has(type) ? type : 'application/octet-stream');

/** `Content-Disposition` of a file that is saved under its name (RFC 6266, with RFC 8187 for other scripts). */
export const savedAs = (name: string): string => {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const coded = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${coded}`;
};
