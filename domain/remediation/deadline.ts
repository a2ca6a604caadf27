import { addWorkingTime } from '../clock/calendar.ts';
import { durationMs } from '../clock/duration.ts';
import { calendarOf } from '../clock/targets.ts';
import type { Policy } from '../policy.ts';
import { type Instant, instant, millis } from '../support/time.ts';

type Rules = Pick<Policy, 'remediation' | 'calendars'>;

/** So much working time after `from`, in the calendar the policy names for recoveries. */
const after = (from: Instant, duration: string, policy: Rules): Instant =>
  instant(
    addWorkingTime(
      millis(from),
      durationMs(duration),
      calendarOf(policy, { id: 'remediation', calendar: policy.remediation.calendar }),
    ),
  );

/** By when a low answer is to be put right. */
export const recoveryDeadline = (from: Instant, policy: Rules): Instant =>
  after(from, policy.remediation.deadline, policy);

/** When somebody is called again who has not put it right. */
export const nextCallAt = (from: Instant, policy: Rules): Instant =>
  after(from, policy.remediation.callAgainAfter, policy);
