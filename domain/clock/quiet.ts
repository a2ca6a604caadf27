import type { Calendar } from '../policy.ts';
import { DAY, type Instant, instant, millis } from '../support/time.ts';
import { openSpans } from './open-spans.ts';

/** A week without a moment in which somebody may be told something is refused when the desk's files are compiled. */
const FAR = 14;

/** Until when somebody is left alone, if `now` lies in their quiet hours; spans that touch are one. */
export const quietUntil = (quiet: Calendar | undefined, now: Instant): Instant | undefined => {
  if (quiet === undefined) return undefined;
  const start = millis(now);
  let until = start;
  const first = Math.floor(start / DAY) - 2;
  for (let day = first; day < first + FAR; day++)
    for (const [from, to] of openSpans(quiet, day)) if (from <= until && until < to) until = to;
  return until === start ? undefined : instant(until);
};
