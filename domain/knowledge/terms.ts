import { STOP_WORDS } from './stop-words.ts';

/**
 * How words become search terms, the same for articles and for what people type: letters that look alike are one letter,
 * marks are dropped, digits are Latin, and common endings fall away, so that a word is found in whichever form.
 */

/** Arabic letters as Persian keyboards, phones and old programs write them (Unicode, Arabic block). */
const LETTERS: Record<string, string> = {
  ي: 'ی',
  ى: 'ی',
  ئ: 'ی',
  ك: 'ک',
  ة: 'ه',
  ۀ: 'ه',
  أ: 'ا',
  إ: 'ا',
  آ: 'ا',
  ٱ: 'ا',
  ؤ: 'و',
};

/** Fathatan to wavy hamza, superscript alef, Quranic signs, tatweel; and the joiners and directions that nobody sees. */
const UNSEEN = /[\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\u00ad]/g;

/** Text with one spelling for each letter and digit, in small letters. */
export const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[يىئكةۀأإآٱؤ]/g, (letter) => LETTERS[letter] ?? letter)
    .replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(UNSEEN, '')
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '');

/** The words of a text, in order. */
export const wordsOf = (text: string): string[] => plain(text).match(/[\p{L}\p{N}]+/gu) ?? [];

const PERSIAN = /[\u0600-\u06ff]/;

/** The stem of a plain word; short words have none. */
const stem = (word: string, locale: string): string => {
  if (PERSIAN.test(word)) return persianStem(word);
  return locale === 'de' ? germanStem(word) : englishStem(word);
};

/** `می‌شود`, `میشود` and `شود` are one word, and so are `کارت‌های`, `کارتها` and `کارت`. */
const persianStem = (word: string): string => {
  const verb = word.replace(/^(?:نمی|می)(?=.{3})/, '');
  return verb.replace(/(?<=.{3})(?:هایمان|هایتان|هایشان|هایی|هایم|هایت|هایش|های|ها|ترین|تر|مان|تان|شان|ام|ات|اش)$/, '');
};

/** `ä` may be typed as `ae`; both are `a` here. Endings of cases and plurals fall away. */
const germanStem = (word: string): string =>
  word.replace(/ae|oe|ue/g, (pair) => pair.charAt(0)).replace(/(?<=.{4})(?:ern|em|en|er|es|e|n|(?<!s)s)$/, '');

const englishStem = (word: string): string => word.replace(/(?<=.{3})(?:ies|es|s|ing|ed)$/, '');

/** The search term of one word, or nothing for a word that says nothing by itself (`the`, `und`, `از`). */
export const termOf = (word: string, locale: string): string | undefined => {
  if (word.length > LONGEST || STOP_WORDS[locale]?.has(word)) return undefined;
  const term = stem(word, locale);
  return term.length > 1 || /\p{N}/u.test(term) ? term : undefined;
};

/** Longer ones are no words: keys, codes, somebody leaning on the keyboard. */
const LONGEST = 40;
