import type { Retrier } from './definition.ts';

/**
 * The wait before retry number `attempt` (from 1), in ms. Step Functions guide, "Retrying after an error":
 * IntervalSeconds (1) times BackoffRate (2) for each further attempt, at most MaxDelaySeconds; FULL jitter draws from
 * zero up to that.
 */
export const backoffMs = (retrier: Retrier, attempt: number, random: () => number): number => {
  const grown = (retrier.IntervalSeconds ?? 1) * (retrier.BackoffRate ?? 2) ** (attempt - 1);
  const delay = Math.min(grown, retrier.MaxDelaySeconds ?? Number.POSITIVE_INFINITY) * 1000;
  return Math.round(retrier.JitterStrategy === 'FULL' ? delay * random() : delay);
};
