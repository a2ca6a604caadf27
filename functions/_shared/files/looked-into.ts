import type { Uploads } from '../../../adapters/s3/uploads.ts';
import { safeFileName } from '../../../domain/contact/file-name.ts';
import type { Instant } from '../../../domain/support/time.ts';
import type { Attachment } from '../../../domain/ticket/message.ts';
import { SNIFFED_BYTES, sniffedType } from './sniff.ts';

/** A stored file as a message names it; undefined when nobody uploaded it. `storedAt` says how long its receipt lasts. */
export const lookedInto = async (
  uploads: Pick<Uploads, 'look'>,
  key: string,
): Promise<{ file: Attachment; storedAt: Instant } | undefined> => {
  const found = await uploads.look(key, SNIFFED_BYTES);
  if (!found) return undefined;
  const { name, bytes, head, at } = found;
  return { file: { key, name: safeFileName(name), type: await sniffedType(head), bytes }, storedAt: at };
};
