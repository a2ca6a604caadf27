/** More of a text is not looked at: what it is about stands at its beginning, and a rule must end in time. */
export const MOST_WEIGHED = 20_000;

/** Zero-width non-joiner: parts a Persian word into pieces that people write together, apart, or with a space. */
const ZWNJ = '\u200c';

/**
 * Spellings that are one to a reader: case and compatibility forms (NFKC), umlauts written out, the Arabic letters that
 * keyboards mix up with the Persian ones, vowel marks, and letters drawn out to fill a line.
 */
const asRead = (text: string): string =>
  text
    .slice(0, MOST_WEIGHED)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u064b-\u065f\u0670\u0640\u00ad]/g, '')
    .replace(/[äöüßيىكةأإآ]/g, (letter) => SAME[letter] ?? letter);

const SAME: Record<string, string> = {
  ä: 'ae',
  ö: 'oe',
  ü: 'ue',
  ß: 'ss',
  ي: 'ی',
  ى: 'ی',
  ك: 'ک',
  ة: 'ه',
  أ: 'ا',
  إ: 'ا',
  آ: 'ا',
};

/** A text as words with one blank around each; what is no letter, mark or digit parts them. */
const parted = (text: string): string => ` ${(text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).join(' ')} `;

/** With its Persian words parted and, if that is another text, joined. */
const forms = (text: string): string[] => {
  const read = asRead(text);
  return read.includes(ZWNJ) ? [parted(read), parted(read.replaceAll(ZWNJ, ''))] : [parted(read)];
};

/** A text ready to look for whole words in. */
export const wordsOf = (text: string): string => forms(text).join('\n');

/** Each word once per time it stands in the text. */
export const wordList = (text: string): string[] =>
  parted(asRead(text))
    .trim()
    .split(' ')
    .filter((word) => word !== '');

/** How many words a phrase has to its reader, who counts a Persian word in pieces as one. */
export const lengthOf = (phrase: string): number => wordList(phrase.replaceAll(ZWNJ, '')).length;

/** Whether `words` (of `wordsOf`) hold a word or a phrase as a whole: `pay` is not in `display`. */
export const holds = (words: string, phrase: string): boolean =>
  forms(phrase).some((wanted) => wanted.trim() !== '' && words.includes(wanted));

/** Endings of Persian nouns: plural, possessive, indefinite. */
const PERSIAN_ENDINGS = ['م', 'ت', 'ش', 'ام', 'ات', 'اش', 'مان', 'تان', 'شان', 'ها', 'های', 'هایم', 'ی', 'ای'];

/**
 * Whether the text speaks of a keyword, in the ways that each script bends a word: as it stands; in the plural in
 * English; with a Persian ending; and inside a German compound, if the keyword is written as German writes nouns
 * (`Rechnung` is in "Rechnungsnummer" and in "Stromrechnung").
 */
export const mentions = (words: string, keyword: string): boolean => {
  if (holds(words, keyword)) return true;
  const [plain = ''] = forms(keyword);
  const word = plain.trim();
  if (/^[a-z ]{3,}$/.test(word) && keyword === keyword.toLowerCase()) return holds(words, `${word}s`);
  if (/^[\p{Script=Arabic} ]{3,}$/u.test(word))
    return PERSIAN_ENDINGS.some((end) => words.includes(` ${word}${end} `) || words.includes(` ${word} ${end} `));
  if (/^\p{Lu}\p{Ll}{4,}$/u.test(keyword)) return compounds(word).test(words);
  return false;
};

const known = new Map<string, RegExp>();

/** Three letters more at least, so that endings of other words do not pass for compounds. */
const compounds = (word: string): RegExp => {
  const pattern = known.get(word) ?? new RegExp(` (?:${word}\\p{L}{3,}|\\p{L}{3,}${word}s?) `, 'u');
  known.set(word, pattern);
  return pattern;
};
