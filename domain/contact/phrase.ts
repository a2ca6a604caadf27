import { type Html, html } from './html.ts';
import type { Blank, Language, Word } from './words.ts';

/**
 * A piece of a sentence. Ids are left to right and other people's words have a direction of their own: without isolation
 * `T-7K2M9Q` falls apart inside a Persian sentence (Unicode Standard Annex 9, isolates).
 */
export type Inline = string | { kind: 'id' | 'free' | 'strong'; text: string };

export const id = (text: string): Inline => ({ kind: 'id', text });
/** Words of a customer or a name: one line, in whichever direction they run. */
export const free = (text: string): Inline => ({ kind: 'free', text: oneLine(text) });
export const strong = (text: string): Inline => ({ kind: 'strong', text });

/** A language that has this word: one that was not given it does not compile. */
export interface Says<W extends Word> {
  words: Readonly<Record<NoInfer<W>, string>>;
}

/** The words of one sentence with its blanks filled in. */
export const phrase = <W extends Word>(
  { words }: Says<W>,
  word: W,
  ...blanks: Blank<W> extends never ? [] : [Record<Blank<W>, Inline>]
): Inline[] => {
  const given: Record<string, Inline> = blanks[0] ?? {};
  return words[word]
    .split(/(\{[^{}]*\})/)
    .filter((part) => part !== '')
    .map((part) => (part.startsWith('{') ? (given[part.slice(1, -1)] ?? part) : part));
};

const FIRST_STRONG = '\u2068';
const LEFT_TO_RIGHT = '\u2066';
const END = '\u2069';
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/** As plain text; isolated by invisible characters only where directions can meet. */
export const asText = (inlines: readonly Inline[], dir: Language['dir']): string =>
  inlines
    .map((inline) => {
      if (typeof inline === 'string') return inline;
      if (inline.kind === 'strong') return inline.text;
      if (dir === 'ltr' && !RIGHT_TO_LEFT.test(inline.text)) return inline.text;
      return `${inline.kind === 'id' ? LEFT_TO_RIGHT : FIRST_STRONG}${inline.text}${END}`;
    })
    .join('');

export const asHtml = (inlines: readonly Inline[]): Html =>
  html`${inlines.map((inline) => {
    if (typeof inline === 'string') return inline;
    if (inline.kind === 'id') return html`<bdi dir="ltr">${inline.text}</bdi>`;
    if (inline.kind === 'strong') return html`<strong>${inline.text}</strong>`;
    return html`<bdi>${inline.text}</bdi>`;
  })}`;

/**
 * Outside text on one line: breaks and control characters become one space, and what turns the reading order around is
 * taken out, since it would spill into what stands beside it: `\u202e` hides the number behind a subject.
 */
export const oneLine = (text: string): string =>
  text
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, '')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that must not get through
    .replace(/[\s\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')
    .trim();
