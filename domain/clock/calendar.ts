import type { Calendar } from '../policy.ts';
import { DAY } from '../support/time.ts';
import { openSpans } from './open-spans.ts';

/** `always` is wall time: every moment counts. */
export type WorkingCalendar = Calendar | 'always';

/** Ten years: a calendar without an open moment for so long is a mistake in policy.yaml. */
const FAR = 3660;

// The local date of an instant is at most one day away from its date in UTC (offsets run from -12:00 to +14:00), and a
// night may have begun on the date before.
const dayBefore = (ms: number): number => Math.floor(ms / DAY) - 2;

/**
 * The first moment at which `duration` of working time has passed since `start` (both in milliseconds). It is the end
 * of a working day rather than the beginning of the next, and `start` itself when the duration is 0.
 */
export const addWorkingTime = (start: number, duration: number, calendar: WorkingCalendar): number => {
  if (calendar === 'always' || duration <= 0) return start + Math.max(duration, 0);
  let left = duration;
  const first = dayBefore(start);
  for (let day = first; day < first + FAR; day++) {
    for (const [from, to] of openSpans(calendar, day)) {
      const length = to - Math.max(from, start);
      if (length <= 0) continue;
      if (length >= left) return Math.max(from, start) + left;
      left -= length;
    }
  }
  throw new Error(`The calendar in ${calendar.zone} has too little working time within ten years.`);
};

/** Working time within `from` ≤ t < `to`, in milliseconds; 0 when `to` is not after `from`. */
export const workingTimeBetween = (from: number, to: number, calendar: WorkingCalendar): number => {
  if (to <= from) return 0;
  if (calendar === 'always') return to - from;
  let sum = 0;
  const last = Math.floor(to / DAY) + 1;
  for (let day = dayBefore(from); day <= last; day++) {
    for (const [opens, closes] of openSpans(calendar, day)) {
      sum += Math.max(0, Math.min(closes, to) - Math.max(opens, from));
    }
  }
  return sum;
};
