import { LANGUAGES } from './phrases.ts';

/** What a message is made of, if it is made of nothing but thanks, well-being and politeness. */
export interface ThanksRead {
  /** Somebody says thanks. */
  thanks: boolean;
  /** Somebody says that all is well, which may be an answer to what the desk has asked. */
  well: boolean;
}

const THANKS = 1;
const WELL = 2;

interface Phrase {
  words: readonly string[];
  says: number;
}

/**
 * Reads a message for thanks: every word of it has to belong to a known phrase, in whatever language. So a question, a
 * "but", a number, a link or a single word more makes it a message like any other. Undefined when it is one; the readings
 * otherwise, as a word may say one thing or the other.
 *
 * @param names words that are names here: the customer's and those of the agents they wrote with
 */
export const readThanks = (
  text: string,
  { mostWords, names }: { mostWords: number; names: readonly string[] },
): ThanksRead[] => {
  const words = wordsOf(text);
  if (words === undefined || words.length === 0 || words.length > mostWords) return [];
  const known = new Set(names.flatMap((name) => wordsOf(name) ?? []));
  // By the number of words read: what the ways of reading them say.
  const readings: Array<Set<number>> = [new Set([0]), ...words.map(() => new Set<number>())];
  for (const [at, word] of words.entries()) {
    const so = readings[at] ?? new Set();
    if (so.size === 0) continue;
    for (const { words: phrase, says } of [
      ...(phrases().get(word) ?? []),
      ...(known.has(word) ? [nameOf(word)] : []),
    ]) {
      if (!phrase.every((each, offset) => words[at + offset] === each)) continue;
      for (const said of so) readings[at + phrase.length]?.add(said | says);
    }
  }
  return [...(readings[words.length] ?? [])].map((said) => ({
    thanks: (said & THANKS) !== 0,
    well: (said & WELL) !== 0,
  }));
};

const nameOf = (word: string): Phrase => ({ words: [word], says: 0 });

/** By their first word. */
let table: Map<string, Phrase[]> | undefined;
const phrases = (): Map<string, Phrase[]> => {
  if (table !== undefined) return table;
  table = new Map();
  const add = (text: string, says: number): void => {
    const words = wordsOf(text) ?? [];
    const [first] = words;
    if (first !== undefined) table?.set(first, [...(table.get(first) ?? []), { words, says }]);
  };
  for (const { thanks, well, polite } of Object.values(LANGUAGES)) {
    for (const text of thanks.split('|')) add(text, THANKS);
    for (const text of well.split('|')) add(text, WELL);
    for (const text of polite.split('|')) add(text, 0);
  }
  for (const sign of '🙏') add(sign, THANKS);
  for (const sign of '👍👌✅💯') add(sign, WELL);
  for (const sign of KIND_SIGNS) add(sign, 0);
  return table;
};

const KIND_SIGNS = '👏🙌😊☺😀😃😄😁🙂😉😍🥰😘🤗💪❤💙💚💛💜🧡🤍💕💖🌹🌷🌸💐🎉🥳✨⭐🌟🍀☀😇🤩😎🤝✌🎊';

const EMOTICONS = /(?<![\p{L}\p{N}])(?:[:;=]-?[)D]+|<3|\^\^)(?![\p{L}\p{N}])/gu;
/** Accents, points of Arabic and Hebrew vowels, the joiner within Persian words, variants and skins of signs. */
const UNSAID =
  /[\u0300-\u036f\u064b-\u065f\u0670\u0591-\u05c7\u200b-\u200f\u2066-\u2069'’ʼ`´]|\ufe0e|\ufe0f|[\u{1f3fb}-\u{1f3ff}]/gu;
/** One word, one letter of a script that sets no spaces, or one sign. */
const WORD =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}ー]|[\p{L}\p{Mn}\p{Mc}]+|\p{Extended_Pictographic}/gu;
/** What may stand between words. A question mark may not, nor the sign that is one in Greek. */
const BETWEEN = /^[\s.,!¡،。、！…~*_\-–—:()"“”„«»/&+·]*$/u;

/** The words of a text as phrases are compared; undefined when something in it is neither word nor plain punctuation. */
const wordsOf = (text: string): string[] | undefined => {
  const plain = text
    .replace(EMOTICONS, ' ')
    .normalize('NFKD')
    .toLowerCase()
    .replace(UNSAID, '')
    .replaceAll('ß', 'ss')
    .replaceAll('ı', 'i')
    .replaceAll('ي', 'ی')
    .replaceAll('ك', 'ک')
    .normalize('NFC');
  return BETWEEN.test(plain.replace(WORD, '')) ? (plain.match(WORD) ?? []) : undefined;
};
