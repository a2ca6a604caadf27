import type { Policy } from '../policy.ts';
import { durationMs } from './duration.ts';
import type { History } from './history.ts';
import type { OpenRung } from './rungs.ts';

/**
 * When somebody has to look at the ticket again, in milliseconds:
 * - new, open: the earliest rung nobody has climbed, at the latest `lookAgainAtLeast` from now;
 * - pending: the reminder (`remindAfter` from the pause, or the time the wait was set to), then the quiet closing
 *   (`closeAfter` from the reminder, so that the customer always has that long to answer it);
 * - on hold: the time the hold was set to, else its review (`reviewHoldAfter`);
 * - resolved, closed: never, nothing is owed.
 * Silence is counted in wall time. Promises that stand still call for nothing.
 */
export const nextLook = (
  history: History,
  rungs: readonly OpenRung[],
  policy: Policy,
  now: number,
): number | undefined => {
  switch (history.status) {
    case 'new':
    case 'open':
      return Math.min(...rungs.map(({ at }) => at), now + durationMs(policy.lookAgainAtLeast));
    case 'pending':
      return pendingLook(history, policy);
    case 'on-hold':
      return history.waiting?.until ?? since(history) + durationMs(policy.silence.reviewHoldAfter);
    case 'resolved':
    case 'closed':
      return undefined;
  }
};

const pendingLook = (history: History, { silence }: Policy): number => {
  const reminded = history.waiting?.remindedAt;
  if (reminded !== undefined) return reminded + durationMs(silence.closeAfter);
  return history.waiting?.until ?? since(history) + durationMs(silence.remindAfter);
};

const since = (history: History): number => {
  if (history.waiting === undefined) throw new Error(`A ticket is ${history.status} without an event that paused it.`);
  return history.waiting.since;
};
