import { asText } from '../contact/phrase.ts';
import type { Brand, Locale } from '../contact/words.ts';
import type { Block } from '../mail/content.ts';
import type { OwedMail } from '../mail/owed.ts';
import { bodyOf } from '../mail/render.ts';
import { voiceOf } from '../mail/voice.ts';
import { assertNever } from '../support/exhaustive.ts';
import { lengthOf } from './segments.ts';

/** A text message is not a letter: what does not fit into so many parts is read behind its link. */
export const MOST_SEGMENTS = 6;

/**
 * An owed mail as a text message, made of the same content: the desk and the ticket, what is to be said, and the link.
 * Words are shortened, the link never.
 */
export const renderText = (mail: OwedMail, locale: Locale, brand: Brand): string => {
  const { blocks } = bodyOf(mail, voiceOf(mail, locale, brand));
  const link = blocks.flatMap((block) => linkOf(block))[0];
  // The first block greets by name: a text message comes to the point.
  const words = blocks.flatMap((block, index) =>
    index === 0 && block.kind === 'paragraph' ? [] : wordsOf(block, locale),
  );
  const head = `${brand.name} ${mail.ticketId}: `;
  const tail = link === undefined ? '' : `\n${link}`;
  const whole = `${head}${words.join('\n')}${tail}`;
  if (lengthOf(whole).segments <= MOST_SEGMENTS) return whole;
  const said = [...words.join('\n')];
  let [fits, most] = [0, said.length];
  while (fits < most) {
    const middle = Math.ceil((fits + most) / 2);
    const cut = `${head}${said.slice(0, middle).join('')}…${tail}`;
    if (lengthOf(cut).segments <= MOST_SEGMENTS) fits = middle;
    else most = middle - 1;
  }
  return `${head}${said.slice(0, fits).join('').trimEnd()}…${tail}`;
};

const linkOf = (block: Block): string[] => {
  if (block.kind === 'button') return [block.href];
  // The lowest answer stands first; the page behind it shows them all.
  return block.kind === 'scale' ? block.options.slice(0, 1).map(({ href }) => href.replace(/\?.*$/, '')) : [];
};

/** What belongs to a letter alone, such as its footer, is left out. */
const wordsOf = (block: Block, locale: Locale): string[] => {
  switch (block.kind) {
    case 'paragraph':
      return block.letter ? [] : [asText(block.inlines, locale.dir)];
    case 'message':
    case 'quote':
      return [block.text.trim()];
    case 'facts':
      return block.rows.map(({ name, value }) => `${name}: ${asText(value, locale.dir)}`);
    case 'scale':
      return [block.question];
    case 'note':
    case 'link':
    case 'button':
    case 'signature':
      return [];
    default:
      return assertNever(block);
  }
};
