import type { Uploads } from '../../adapters/s3/uploads.ts';
import { safeFileName } from '../../domain/contact/file-name.ts';
import { MOST_FILES } from '../../domain/contact/upload.ts';
import type { Attachment } from '../../domain/ticket/message.ts';
import { boxPrefix } from './chance.ts';
import { Problem } from './problem.ts';
import { SNIFFED_BYTES, sniffedType } from './sniff.ts';

/** A stored file as a message names it; undefined when nobody uploaded it. `storedAt` says how long its receipt lasts. */
export const lookedInto = async (
  uploads: Pick<Uploads, 'look'>,
  key: string,
): Promise<{ file: Attachment; storedAt: string } | undefined> => {
  const found = await uploads.look(key, SNIFFED_BYTES);
  if (!found) return undefined;
  const { name, bytes, head, at } = found;
  return { file: { key, name: safeFileName(name), type: await sniffedType(head), bytes }, storedAt: at };
};

/**
 * The files that were gathered for a form where no script runs, oldest first. Throws 422 for more than a message takes:
 * the page that gathers them offers no room for more.
 */
export const filesInBox = async (uploads: Pick<Uploads, 'look' | 'list'>, box: string): Promise<Attachment[]> => {
  const listed = await uploads.list(boxPrefix(box));
  if (listed.length > MOST_FILES) throw new Problem(422, `A message has at most ${MOST_FILES} files.`);
  const looked = await Promise.all(listed.map(({ key }) => lookedInto(uploads, key)));
  return looked.flatMap((each) => each?.file ?? []);
};
