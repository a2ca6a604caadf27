import { asPhrase } from '../lines.ts';
import { arabic, chinese, hebrew, japanese, korean, persian, vietnamese } from './asian.ts';
import { czech, finnish, polish, russian, turkish, ukrainian } from './eastern.ts';
import { danish, dutch, english, german, norwegian, swedish } from './germanic.ts';
import type { Phrases } from './language.ts';
import { french, italian, portuguese, spanish } from './romance.ts';

/** Scripts that put no space between words. */
const SPACELESS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

const languages: readonly Phrases[] = [
  ...[english, german, dutch, swedish, danish, norwegian],
  ...[french, spanish, portuguese, italian],
  ...[polish, russian, ukrainian, czech, turkish, finnish],
  ...[arabic, persian, hebrew, chinese, japanese, korean, vietnamese],
];

export type Label = keyof Phrases['labels'];

/** Every language at once: `De:` is French, Spanish and Portuguese, and nobody need know which. */
export const labels: ReadonlyMap<string, ReadonlySet<Label>> = (() => {
  const found = new Map<string, Set<Label>>();
  for (const language of languages) {
    for (const kind of ['from', 'date', 'to', 'subject'] as const) {
      for (const label of language.labels[kind]) {
        const word = asPhrase(label);
        found.set(word, (found.get(word) ?? new Set<Label>()).add(kind));
      }
    }
  }
  return found;
})();

const all = (pick: (language: Phrases) => readonly string[]): string[] => [
  ...new Set(languages.flatMap(pick).map(asPhrase)),
];

export const originals: ReadonlySet<string> = new Set(all((language) => language.original));
export const forwards: readonly string[] = all((language) => language.forwarded);
export const opensWith = startsWithAny(all((language) => language.opens));
export const saysWrote = containsAny(all((language) => language.wrote));
/** Begin and end of "Sent from …". */
export const sentFrom: ReadonlyArray<{ begin: string; end: string }> = all((language) => language.sentFrom).map(
  (phrase) => {
    const [begin = '', end = ''] = phrase.split('…');
    return { begin, end };
  },
);
export const saysFarewell = startsWithAny(all((language) => language.farewell));
export const legalCore: readonly string[] = all((language) => language.legal.core);
export const legalWords: readonly string[] = all((language) => [...language.legal.core, ...language.legal.more]);
export const saysBelow = containsAny(all((language) => language.below));

/**
 * Chinese, Japanese and Korean put no space after a word, so only words of other scripts must end where they end. The
 * looks to both sides stand outside the alternatives: compiled once each, not once a word.
 */
function startsWithAny(words: string[]): (line: string) => boolean {
  const { spaced, spaceless } = byScript(words);
  const pattern = new RegExp(`^(?:(?:${spaced})(?!\\p{L})|${spaceless})`, 'u');
  return (line) => pattern.test(line);
}

function containsAny(words: string[]): (line: string) => boolean {
  const { spaced, spaceless } = byScript(words);
  const pattern = new RegExp(`(?<!\\p{L})(?:${spaced})(?!\\p{L})|${spaceless}`, 'u');
  return (line) => pattern.test(line);
}

function byScript(words: string[]): { spaced: string; spaceless: string } {
  const alternatives = (part: string[]): string =>
    part
      .toSorted((a, b) => b.length - a.length)
      .map((word) => word.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&'))
      .join('|');
  return {
    spaced: alternatives(words.filter((word) => !SPACELESS.test(word))),
    spaceless: alternatives(words.filter((word) => SPACELESS.test(word))),
  };
}
