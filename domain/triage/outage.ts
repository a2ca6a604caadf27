import type { Policy } from '../policy.ts';
import { holds, wordsOf } from './words.ts';

/** Whether a text says that the system is down, by the words of the policy. */
export const hasOutage = (text: string, { triage }: Policy): boolean => {
  const words = wordsOf(text);
  return triage.outageWords.some((word) => holds(words, word));
};
