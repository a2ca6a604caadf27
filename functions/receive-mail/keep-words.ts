import type { IncomingMail } from '../../domain/mail/incoming.ts';
import { readWords } from '../../domain/mail/reply-text/read-words.ts';
import { maskSecrets } from '../../domain/masking/mask-secrets.ts';
import type { Message } from '../../domain/ticket/message.ts';

/** UTF-8 bytes of one text in an item of the table, which holds 400 KB with everything else. */
const MOST_BYTES = 100_000;
/** Characters in which history is looked for; nobody types more. */
const MOST_READ = 1_000_000;

export type Words = Pick<Message, 'text' | 'html' | 'quoted'> & {
  /** The whole text, where a part of it had to be cut; secrets are masked, since it does not expire. */
  whole?: string;
};

/** What a mail answers, so that history is folded away. */
export interface Answered {
  /** What the desk wrote on the ticket before: recognised when it comes back without a mark. */
  ours: readonly string[];
}

/** What a mail says, as the ticket keeps it. `answers`: what it answers, if it answers a mail of the desk. */
export const wordsOf = ({ text, html, subject }: IncomingMail, answers?: Answered): Words => {
  const read = readWords({
    ...(text !== undefined && { text: text.slice(0, MOST_READ).toWellFormed() }),
    ...(html !== undefined && { html: html.slice(0, MOST_READ).toWellFormed() }),
    subject,
    answer: answers !== undefined,
    ...(answers && { ours: answers.ours }),
  });
  const said = beginningOf(read.text);
  const folded = read.quoted === undefined ? undefined : beginningOf(read.quoted);
  const isCut = said !== read.text || folded !== read.quoted || (text ?? html ?? '').length > MOST_READ;
  return {
    text: said === '' ? (folded ?? '(no text)') : said,
    ...(folded !== undefined && said !== '' && { quoted: folded }),
    ...(read.html !== undefined && Buffer.byteLength(read.html) <= MOST_BYTES && { html: read.html }),
    ...(isCut && { whole: maskSecrets(text ?? html ?? '').text }),
  };
};

/** As much of a text as an item takes, with no character cut in half. */
const beginningOf = (text: string): string => {
  if (text.length * 3 <= MOST_BYTES || Buffer.byteLength(text) <= MOST_BYTES) return text;
  const bytes = Buffer.from(text.slice(0, MOST_BYTES));
  let end = Math.min(MOST_BYTES, bytes.length);
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return bytes.subarray(0, end).toString('utf8');
};
