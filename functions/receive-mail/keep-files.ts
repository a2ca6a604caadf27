import { fileTypeFromBuffer } from 'file-type';
import type { MailStore } from '../../adapters/s3/mail-store.ts';
import type { IncomingFile } from '../../domain/mail/incoming.ts';
import type { Attachment } from '../../domain/ticket/message.ts';
import { wholeMail } from './read-mail.ts';

/** Files of one message; a mail with more is kept as one file behind them. */
const MOST_ATTACHED = 100;
const AT_ONCE = 8;
/** A type shows in the first bytes: what stands further on, packed or not, is never opened. */
const SNIFFED = 4100;

interface Kept {
  files: readonly IncomingFile[];
  /** The mail they came with. */
  raw: Uint8Array;
  /** Identifies the mail: delivered again, it writes its files under the same keys. */
  id: string;
  whole?: string;
}

/** Keeps what a message names, before it is named: files for good, beside the raw mail that expires. */
export const keepFiles = async (
  { files, raw, id, whole }: Kept,
  store: MailStore,
): Promise<{ attachments: Attachment[]; whole?: string }> => {
  const folder = `attachments/${id}`;
  const shown = files.length <= MOST_ATTACHED ? files : [...files.slice(0, MOST_ATTACHED - 1), wholeMail(raw)];
  const attachments: Attachment[] = [];
  for (let from = 0; from < shown.length; from += AT_ONCE) {
    const batch = shown.slice(from, from + AT_ONCE).map(async ({ name, claimed, content }, index) => {
      const key = `${folder}/${from + index + 1}`;
      await store.keep(key, content);
      return { name, type: await typeOf(content, claimed), bytes: content.byteLength, key };
    });
    attachments.push(...(await Promise.all(batch)));
  }
  if (whole === undefined) return { attachments };
  const key = `${folder}/text`;
  await store.keep(key, Buffer.from(whole));
  return { attachments, whole: key };
};

/** The type that the bytes show, else the one it came with, if it is one. */
const typeOf = async (content: Uint8Array, claimed: string): Promise<string> => {
  const seen = await fileTypeFromBuffer(content.subarray(0, SNIFFED)).catch(() => undefined);
  if (seen) return seen.mime;
  return /^[a-z0-9][a-z0-9!#$&^_.+-]{0,60}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,60}$/.test(claimed)
    ? claimed
    : 'application/octet-stream';
};
