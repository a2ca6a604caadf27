import type { Brand } from '../contact/brand.ts';
import { asText } from '../contact/phrase.ts';
import type { Language } from '../contact/words.ts';
import type { Block } from '../mail/content.ts';
import type { OwedMail } from '../mail/owed.ts';
import { bodyOf } from '../mail/render.ts';
import { type MailLocale, voiceOf } from '../mail/voice.ts';
import { assertNever } from '../support/exhaustive.ts';
import { lengthOf } from './segments.ts';

/** A text message is not a letter: what does not fit into so many parts is read behind its link. */
export const MOST_SEGMENTS = 6;

/**
 * An owed mail as a text message, made of the same content: the desk and the ticket, what is to be said, and the link.
 * Words are shortened, the link never.
 */
export const renderText = (mail: OwedMail, locale: MailLocale, brand: Brand): string => {
  const { blocks } = bodyOf(mail, voiceOf(mail, locale, brand));
  const [first, ...others] = blocks;
  // The first paragraph greets by name: a text message comes to the point.
  const told = first === undefined || first.kind === 'paragraph' ? others : blocks;
  const words = told.flatMap((block) => wordsOf(block, locale)).join('\n');
  const head = `${brand.name}${mail.ticketId === undefined ? '' : ` ${mail.ticketId}`}: `;
  const tail = 'link' in mail.content && mail.content.link !== undefined ? `\n${mail.content.link}` : '';
  return fitting(plainly(words), head, tail);
};

/** The longest beginning of the words that fits between head and tail. */
const fitting = (words: string, head: string, tail: string): string => {
  const whole = `${head}${words}${tail}`;
  if (lengthOf(whole).segments <= MOST_SEGMENTS) return whole;
  const said = [...words];
  const cutAt = (length: number): string => `${head}${said.slice(0, length).join('').trimEnd()}...${tail}`;
  let [fits, most] = [0, said.length];
  while (fits < most) {
    const middle = Math.ceil((fits + most) / 2);
    if (lengthOf(cutAt(middle)).segments <= MOST_SEGMENTS) fits = middle;
    else most = middle - 1;
  }
  return cutAt(fits);
};

const TYPED: Record<string, string> = {
  '“': '"',
  '”': '"',
  '„': '"',
  '‘': "'",
  '’': "'",
  '‚': "'",
  '–': '-',
  '—': '-',
  '…': '...',
};

/**
 * A single typographic quotation mark would more than double the price of a message: plain ones take its place where
 * all else is plain.
 */
const plainly = (words: string): string => {
  const typed = words.replaceAll(/[“”„‘’‚–—…]/g, (mark) => TYPED[mark] ?? mark);
  return lengthOf(typed).alphabet === 'gsm-7' ? typed : words;
};

/** What belongs to a letter alone, such as its footer, is left out, and so is all that asks a second thing. */
const wordsOf = (block: Block, locale: Language): string[] => {
  switch (block.kind) {
    case 'paragraph':
      return block.letter ? [] : [asText(block.inlines, locale.dir)];
    case 'message':
    case 'quote':
      return [block.text.trim()];
    case 'facts':
      return block.rows.map(({ name, value }) => `${name}: ${asText(value, locale.dir)}`);
    case 'scale':
    case 'numbers':
      return [block.question];
    case 'note':
    case 'link':
    case 'links':
    case 'choices':
    case 'button':
    case 'signature':
      return [];
    default:
      return assertNever(block);
  }
};
