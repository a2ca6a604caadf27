import type { Policy } from '../policy.ts';
import type { Requester, Sentiment } from '../ticket/ticket.ts';
import { detectLanguage, type LanguageRule } from './language.ts';
import { feel } from './sentiment.ts';
import { holds, wordsOf } from './words.ts';

/** What a text says beside what it is about. */
export interface Reading {
  /** A language the desk writes, or `other`; absent when it could not be told. */
  language?: string;
  /** The locale all mail about the ticket is written in, where that is another than it was. */
  locale?: string;
  sentiment?: Sentiment;
  urgentWord?: string | undefined;
  unhappy: boolean;
  rules: LanguageRule[];
  reason: string;
  inputs: Record<string, string | number>;
}

/**
 * Language and sentiment of a text. The language counts from the policy's confidence on, and never goes before the one
 * the customer chose: then it only says what an agent has to read.
 *
 * @param languages those the desk writes; without them only urgent words are looked for
 */
export const readText = (
  text: string,
  { locale, localeChosen = false }: Pick<Requester, 'locale' | 'localeChosen'>,
  languages: readonly string[] | undefined,
  { triage }: Policy,
): Reading => {
  const words = wordsOf(text);
  const urgentWord = triage.urgentWords.find((word) => holds(words, word));
  if (languages === undefined) return { urgentWord, unhappy: false, rules: [], reason: '', inputs: {} };
  const { language, confidence, rule } = detectLanguage(text, languages);
  const sure = confidence >= triage.languageConfidence && rule !== 'language.unknown';
  const felt = feel(text, sure ? language : locale);
  const follows = sure && !localeChosen && language !== 'other' && language !== locale.split('-')[0];
  return {
    ...(sure ? { language } : {}),
    ...(follows ? { locale: language } : {}),
    sentiment: felt.sentiment,
    urgentWord,
    unhappy: felt.sentiment === 'negative',
    rules: sure ? [rule] : [],
    reason: sure
      ? `Written in ${language === 'other' ? 'a language the desk does not write' : language} (${confidence}).`
      : '',
    inputs: { ...(sure ? { languageConfidence: confidence } : {}), sentimentScore: felt.score },
  };
};
