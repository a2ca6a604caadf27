import { openSpans } from '../clock/open-spans.ts';
import { calendarOf } from '../clock/targets.ts';
import type { Group, Policy } from '../policy.ts';
import { DAY, type Instant, millis } from '../support/time.ts';

/** Whether a group works at that time, by the calendar the policy gives it; one without works always. */
export const isAtWork = ({ id, hours }: Group, policy: Policy, now: Instant): boolean => {
  if (hours === undefined) return true;
  const calendar = calendarOf(policy, { id: `group ${id}`, calendar: hours });
  if (calendar === 'always') return true;
  const at = millis(now);
  const today = Math.floor(at / DAY);
  // The local date of an instant is at most one day away from its date in UTC.
  return [today - 1, today, today + 1].some((day) =>
    openSpans(calendar, day).some(([from, to]) => from <= at && at < to),
  );
};
