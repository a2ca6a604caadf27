import type { LinkKeys } from '../../../adapters/secrets/link-keys.ts';
import { MOST_FILES, readReceipt } from '../../../domain/contact/upload.ts';
import type { Instant } from '../../../domain/support/time.ts';
import type { Attachment } from '../../../domain/ticket/message.ts';
import { Problem } from '../problem.ts';

/**
 * The files that a message brings, by the receipts of `POST /uploads/{id}/done`; the same receipt twice is one file.
 * No file is asked for: a receipt is signed, and ends before its file does. Throws 422 at `path` for a receipt that is
 * not of this desk or has ended, and for more files than a message takes.
 */
export const attachmentsFrom = (
  receipts: readonly string[],
  keys: LinkKeys,
  now: Instant,
  path = 'attachments',
): Attachment[] => {
  const files = new Map<string, Attachment>();
  const errors = receipts.flatMap((receipt, index) => {
    const file = readReceipt(receipt, keys, now);
    if (file) files.set(file.key, file);
    return file ? [] : [{ path: `${path}.${index}`, message: 'This is no receipt of a file, or it has ended.' }];
  });
  if (files.size > MOST_FILES) errors.push({ path, message: `A message has at most ${MOST_FILES} files.` });
  if (errors.length > 0) throw new Problem(422, 'These files cannot be attached.', { errors });
  return [...files.values()];
};
