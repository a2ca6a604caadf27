import type { Sentiment } from '../ticket/ticket.ts';
import { SENTIMENT_WORDS, type SentimentWords } from './sentiment-words.ts';
import { MOST_WEIGHED, wordList } from './words.ts';

export interface Felt {
  sentiment: Sentiment;
  /** Above 0 content, below 0 not; of no unit. */
  score: number;
}

/** So many words after a negation are turned round. */
const NEGATION_REACHES = 3;

/** One word alone may be a courtesy or an accident; two, or a strong one, are a mood. */
const MOOD = 2;

const NEUTRAL: Felt = { sentiment: 'neutral', score: 0 };

/**
 * How a text sounds, by words of the language (English, German and Persian; any other is neutral): each counts 1, a
 * strong one 2, one in a negation the other way round, and shouting makes bad words worse. A text of thanks and
 * complaints is what outweighs.
 */
export const feel = (text: string, language: string): Felt => {
  const words = SENTIMENT_WORDS[language.split('-')[0] ?? ''];
  if (words === undefined) return NEUTRAL;
  const weighed = text.slice(0, MOST_WEIGHED);
  const joined = weighed.replaceAll('\u200c', '');
  const score = scoreOf(wordList(joined), words);
  const total = score < 0 && isShouted(weighed) ? score - 1 : score;
  if (total >= MOOD) return { sentiment: 'positive', score: total };
  return { sentiment: total <= -MOOD ? 'negative' : 'neutral', score: total };
};

const scoreOf = (text: readonly string[], words: SentimentWords): number => {
  let score = 0;
  let turnedUntil = -1;
  for (const [place, word] of text.entries()) {
    if (words.negations.includes(word)) {
      turnedUntil = place + NEGATION_REACHES;
      continue;
    }
    const weight = weightOf(word, words);
    if (weight === 0) continue;
    // "Not good" is bad, "not bad" is merely not bad; what is said after that is meant as it stands.
    score += place > turnedUntil ? weight : Math.min(0, -weight);
    turnedUntil = -1;
  }
  return score;
};

const weightOf = (word: string, { positive, negative, furious }: SentimentWords): number => {
  if (isAmong(furious, word)) return -2;
  if (isAmong(negative, word)) return -1;
  return isAmong(positive, word) ? 1 : 0;
};

const isAmong = (list: readonly string[], word: string): boolean =>
  list.some((each) => (each.endsWith('*') ? word.startsWith(each.slice(0, -1)) : word === each));

/** Several exclamation marks in a row, or whole sentences in capitals. */
const isShouted = (text: string): boolean => /[!؟?]{3,}/.test(text) || /(?:\p{Lu}{3,}[\s,.!]{1,5}){3}/u.test(text);
