import type { Policy } from '../policy.ts';
import { durationMs } from './duration.ts';
import type { History, Waiting } from './history.ts';
import type { OpenRung } from './rungs.ts';

/**
 * When somebody has to look at the ticket again, in milliseconds:
 * - new, open: the earliest rung nobody has climbed or promise that runs out, at the latest `lookAgainAtLeast` from now;
 * - pending: the reminder (`remindAfter` from the pause or the reminder before it, or the time the wait was set to), and
 *   after the last one the quiet closing, at the time it named: the customer always has that long to answer it; sooner, if
 *   the clock runs on and a rung comes;
 * - on hold: the time the hold was set to, else its review (`reviewHoldAfter`); sooner, if the clock runs on and a rung comes;
 * - resolved, closed: never, nothing is owed.
 * Silence is counted in wall time. Promises that stand still call for nothing.
 */
export const nextLook = (
  history: History,
  rungs: ReadonlyArray<Pick<OpenRung, 'at'>>,
  policy: Policy,
  now: number,
): number | undefined => {
  switch (history.status) {
    case 'new':
    case 'open':
      return Math.min(...rungs.map(({ at }) => at), now + durationMs(policy.lookAgainAtLeast));
    case 'pending':
    case 'on-hold':
      return Math.min(...rungs.map(({ at }) => at), waitEnds(history) ?? Infinity);
    case 'resolved':
    case 'closed':
      return undefined;
  }
};

/** When a wait ends by itself: with a reminder, the quiet closing, or the end of a hold. */
export const waitEnds = (history: History): number | undefined => {
  if (history.status === 'pending') return pendingLook(history);
  return history.status === 'on-hold' ? holdLook(history) : undefined;
};

const pendingLook = (history: History): number => {
  const { silence, since, until, reminders, remindedAt = since, closesAt } = waitOf(history);
  if (closesAt !== undefined && reminders >= silence.reminders) return closesAt;
  return (reminders === 0 ? until : undefined) ?? remindedAt + durationMs(silence.remindAfter);
};

const holdLook = (history: History): number => {
  const { silence, since, until } = waitOf(history);
  return until ?? since + durationMs(silence.reviewHoldAfter);
};

/** What a reminder that goes out at `now` tells: when the ticket is closed, if the customer stays silent. */
export const closesAt = ({ silence, reminders }: Waiting, now: number): number =>
  now +
  Math.max(0, silence.reminders - reminders - 1) * durationMs(silence.remindAfter) +
  durationMs(silence.closeAfter);

const waitOf = ({ waiting, status }: History): Waiting => {
  if (waiting === undefined) throw new Error(`A ticket is ${status} without an event that paused it.`);
  return waiting;
};
