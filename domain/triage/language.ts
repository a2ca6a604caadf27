import { detectAll } from 'tinyld/light';
import { MOST_WEIGHED, wordList } from './words.ts';

export type LanguageRule = 'language.script' | 'language.words' | 'language.letters' | 'language.unknown';

export interface Detected {
  /** A language the desk writes, as in brand.yaml, or `other`. */
  language: string;
  /** 0 to 1; how much of what was seen speaks for it. */
  confidence: number;
  rule: LanguageRule;
}

/** Words that every text of a language is full of, and that its neighbours do not write. */
const STOP_WORDS: Record<string, readonly string[]> = {
  en: words(
    'the and is are was not my you your with have has this that for from can cannot it of to i please when what why how but been does would help hello',
  ),
  de: words(
    'der die das und ist sind nicht mein meine meinem meinen ich sie wir ihr mit haben habe hat dieser diese für von kann kein keine es zu bitte wenn warum wie aber auf beim seit wird noch geht hallo hilfe guten vergessen',
  ),
  fr: words(
    'le les des est pas mon mes vous nous avec une sur dans pour je ne que qui mais depuis votre bonjour merci',
  ),
  es: words('el los las es no mi mis usted con una para por que pero desde hola gracias puedo está'),
  it: words('il gli è non mio mia con una per che ma da ciao grazie posso sono'),
  nl: words('het een niet mijn ik wij jullie met heb heeft voor van kan geen maar sinds graag'),
  pt: words('os não meu minha você com uma para por que mas desde olá obrigado posso está'),
  tr: words('bir ve bu için ile değil benim ben siz ama lütfen merhaba çok'),
  pl: words('nie jest się na do mój moja ale proszę dzień dobry mam'),
};

/** Scripts that are written in one language of the desk at most, or in none of them. */
const SCRIPTS: ReadonlyArray<[language: string, script: RegExp]> = [
  ['ar', /\p{Script=Arabic}/gu],
  ['ru', /\p{Script=Cyrillic}/gu],
  ['el', /\p{Script=Greek}/gu],
  ['he', /\p{Script=Hebrew}/gu],
  ['zh', /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ['ko', /\p{Script=Hangul}/gu],
  ['th', /\p{Script=Thai}/gu],
  ['hi', /\p{Script=Devanagari}/gu],
];

/** Fewer letters than this are too few for their frequencies to mean anything. */
const FEW_LETTERS = 25;

const OTHER = 'other';

/**
 * The language of a text among those the desk writes. By its script where that decides (Persian and Arabic are told
 * apart by the letters that only one of them has); else by stop words and by the frequencies of letters (tinyld), which
 * have to agree or one of them be sure. Short texts have stop words alone.
 */
export const detectLanguage = (text: string, speaks: readonly string[]): Detected => {
  const seen = withoutMachinery(text.slice(0, MOST_WEIGHED));
  const letters = seen.match(/\p{L}/gu)?.length ?? 0;
  if (letters === 0) return { language: OTHER, confidence: 0, rule: 'language.unknown' };
  const script = SCRIPTS.map(([language, pattern]) => ({
    language,
    share: (seen.match(pattern)?.length ?? 0) / letters,
  }))
    .filter(({ share }) => share > 0.5)
    .at(0);
  if (script !== undefined) {
    // A script has marks that are no letters: of a text full of them it has more than all letters.
    const language = script.language === 'ar' ? persianOrArabic(seen) : script.language;
    return { language: among(language, speaks), confidence: round(Math.min(1, script.share)), rule: 'language.script' };
  }
  const byWords = stopWordsOf(seen);
  const [byLetters] = letters < FEW_LETTERS ? [] : detectAll(seen.slice(0, 2000));
  if (byWords !== undefined && (byLetters === undefined || byLetters.lang === byWords.language))
    return {
      language: among(byWords.language, speaks),
      confidence: byLetters === undefined ? byWords.confidence : round(Math.max(byWords.confidence, 0.9)),
      rule: 'language.words',
    };
  if (byLetters !== undefined && byLetters.accuracy >= (byWords === undefined ? 0.2 : 0.6))
    return {
      language: among(byLetters.lang, speaks),
      confidence: round(Math.min(1, 0.5 + byLetters.accuracy / 2)),
      rule: 'language.letters',
    };
  if (byWords !== undefined)
    return { language: among(byWords.language, speaks), confidence: byWords.confidence, rule: 'language.words' };
  return { language: OTHER, confidence: 0, rule: 'language.unknown' };
};

/** Addresses, links and codes are in no language. */
const withoutMachinery = (text: string): string =>
  text
    .replace(/https?:\/\/\S{1,500}/g, ' ')
    .replace(/\S{1,200}@\S{1,200}/g, ' ')
    .replace(/\S*\d\S*/g, ' ');

/** Letters and marks of which each language has its own; Persian when there is no sign of Arabic. */
const persianOrArabic = (text: string): 'fa' | 'ar' => {
  const persian = text.match(/[پچژگکی\u200c]|\b(?:است|نمی|می|را|برای|این|من)\b/gu)?.length ?? 0;
  const arabic = text.match(/[ةىأإؤئيك]|(?<!\p{L})ال\p{L}/gu)?.length ?? 0;
  return arabic > persian ? 'ar' : 'fa';
};

/** The language most of whose stop words stand in the text; its share of all that were found. */
const stopWordsOf = (text: string): { language: string; confidence: number } | undefined => {
  const written = wordList(text).slice(0, 400);
  const counts = Object.entries(STOP_WORDS)
    .map(([language, list]) => ({ language, found: written.filter((word) => list.includes(word)).length }))
    .sort((a, b) => b.found - a.found);
  const sum = counts.reduce((all, { found }) => all + found, 0);
  const [first, second] = counts;
  if (first === undefined || first.found === 0 || first.found === second?.found) return undefined;
  // One word alone may be anybody's; each further one makes it surer.
  return { language: first.language, confidence: round((first.found / sum) * (1 - 0.5 ** first.found)) };
};

const among = (language: string, speaks: readonly string[]): string =>
  speaks.find((each) => each.toLowerCase().split('-')[0] === language) ?? OTHER;

const round = (share: number): number => Math.round(share * 100) / 100;

/** As `wordList` reads them, so that umlauts and accents compare. */
function words(list: string): readonly string[] {
  return wordList(list);
}
