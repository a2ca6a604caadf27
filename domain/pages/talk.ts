import type { PublicMessage } from './conversation.ts';
import { costUpTo } from './excerpt.ts';

/** How much of one message stands in the list, in bytes; the rest is a page of its own. */
export const MOST_TEXT = 6000;
export const MOST_QUOTED = 2500;
export const MOST_FILES_SHOWN = 10;
/** How much a page of the conversation holds. A page weighs at most 40 KB, with its style and its forms. */
const MOST_MESSAGES = 10;
const MOST_BYTES = 17_000;
/** The frame of a message; the line of a file, most of which is its link. */
const FRAME = 700;
const FILE = 500;

/** A page of the conversation. */
export interface Talk {
  /** Newest first. */
  shown: PublicMessage[];
  /** It begins with the newest message of all. */
  newest: boolean;
  /** The message that the next page begins with. */
  older?: string;
}

/**
 * The page of a conversation (given oldest first) that begins with the newest message, or with `from`; an unknown id
 * begins with the newest. `containing`: unless that message stands on the newest page, the page begins with it.
 */
export const talkOf = (
  messages: readonly PublicMessage[],
  { from, containing }: { from?: string | undefined; containing?: string | undefined } = {},
): Talk => {
  const newestFirst = messages.toReversed();
  const at = (id: string | undefined): number => newestFirst.findIndex((message) => message.id === id);
  const page = pageFrom(newestFirst, Math.max(0, at(from)));
  if (containing === undefined || at(containing) < 0) return page;
  return page.shown.some(({ id }) => id === containing) ? page : pageFrom(newestFirst, at(containing));
};

const pageFrom = (newestFirst: readonly PublicMessage[], start: number): Talk => {
  let end = start;
  let bytes = 0;
  while (end < newestFirst.length && end - start < MOST_MESSAGES) {
    const message = newestFirst[end];
    if (message) bytes += bytesOf(message);
    if (bytes > MOST_BYTES && end > start) break;
    end += 1;
  }
  const older = newestFirst[end]?.id;
  return { shown: newestFirst.slice(start, end), newest: start === 0, ...(older !== undefined && { older }) };
};

const bytesOf = ({ text, quoted = '', files }: PublicMessage): number =>
  FRAME + costUpTo(text, MOST_TEXT) + costUpTo(quoted, MOST_QUOTED) + FILE * Math.min(files.length, MOST_FILES_SHOWN);
