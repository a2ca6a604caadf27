import type { Policy } from '../policy.ts';
import { addWorkingTime } from './calendar.ts';
import type { History } from './history.ts';
import type { Reckoned } from './reckon.ts';
import { isUrged } from './rungs.ts';

/** A first reply whose customer is told, once, that it is late. */
export interface Slip {
  /** When it is due: they hear it then. */
  at: number;
  /** What they are told at `now`: the promise's own length times `renewedPromise`, from then, in its calendar. */
  until(now: number): number;
}

/**
 * The first reply of this cycle, if it is owed still, its customer is to be told (`tellCustomerWhenLate`) and has not
 * been. Nobody is told while the ticket waits for them, or for a third party for which the clock stands still.
 */
export const slipOf = (
  history: History,
  reckoned: ReadonlyArray<Reckoned | undefined>,
  { tellCustomerWhenLate, renewedPromise }: Policy,
): Slip | undefined => {
  const { slots, status } = history;
  if (!tellCustomerWhenLate || status === 'new' || !isUrged(history)) return undefined;
  const index = slots.findIndex(({ kind }) => kind === 'firstReply');
  const [slot, promise] = [slots[index], reckoned[index]];
  if (slot === undefined || promise === undefined) return undefined;
  if (slot.endedAt !== undefined || slot.renewedUntil !== undefined) return undefined;
  const { dueAt, targetMs, calendar } = promise;
  return { at: dueAt, until: (now) => addWorkingTime(now, Math.round(targetMs * renewedPromise), calendar) };
};
