import type { Policy } from '../policy.ts';
import { holds, wordsOf } from './words.ts';

/** The first words of the policy in a text that say that the system is down. */
export const outageWordIn = (text: string, { triage }: Policy): string | undefined => {
  const words = wordsOf(text);
  return triage.outageWords.find((word) => holds(words, word));
};
