import type { Policy } from '../policy.ts';
import type { PromiseKind } from '../ticket/ticket.ts';
import { addWorkingTime } from './calendar.ts';
import type { History, Slot } from './history.ts';
import { waitEnds } from './look-again.ts';
import type { Reckoned } from './reckon.ts';
import { isUrged } from './rungs.ts';
import { wasSaidLate } from './said.ts';

/**
 * Why a time that passes is not kept. Late: the promise itself is broken. Longer: a mail had named this time, and another
 * one counts by now. On hold: a mail had named it, and a third party is waited for.
 */
export type SlipCause = 'late' | 'longer' | 'on-hold';

/** A time the customer was given that passes, or will pass, without what it was given for. They hear it at that moment. */
export interface OpenSlip {
  promise: PromiseKind;
  at: number;
  /** A mail named this time; else it stood on the page of the ticket alone. */
  byMail: boolean;
  /** What they are told at `now`; without `until`, nothing is promised any more. */
  tell(now: number): { cause: SlipCause; until?: number };
}

/**
 * The next time of each promise that has to be taken back when it passes: what a mail said last, or when the promise is due
 * now, whichever comes first. A promise that is broken is told once, with a time by which they hear instead: the promise's
 * own length times `renewedPromise`, in its calendar. A solution is told only where its time stood on the page when it
 * passed: not while an answer was owed as well. Nobody is told while the ticket waits for them, even if the clock runs on.
 */
export const slipsOf = (
  history: History,
  reckoned: ReadonlyArray<Reckoned | undefined>,
  policy: Policy,
): OpenSlip[] => {
  if (!policy.tellCustomerWhenLate || history.status === 'new' || history.status === 'pending') return [];
  const open = history.slots.map((slot, index) => ({ slot, promise: reckoned[index] })).filter(isUntold);
  if (isUrged(history))
    return open.flatMap(({ slot, promise }) => {
      if (slot.kind === 'resolution' && !stoodOnThePage(promise, history, reckoned)) return [];
      return slipOf(slot, promise, history, policy);
    });
  return history.status === 'on-hold' ? open.flatMap(({ slot }) => heldUp(slot, history)) : [];
};

const isUntold = ({ slot }: { slot: Slot }): boolean => slot.endedAt === undefined && slot.renewedUntil === undefined;

const slipOf = (
  slot: Slot,
  promise: Reckoned | undefined,
  history: History,
  { renewedPromise }: Pick<Policy, 'renewedPromise'>,
): OpenSlip[] => {
  const times = [slot.saidBy, promise?.dueAt].flatMap((time) =>
    time === undefined || wasSaidLate(history, slot.kind, time) ? [] : [time],
  );
  if (times.length === 0) return [];
  const at = Math.min(...times);
  return [
    {
      promise: slot.kind,
      at,
      byMail: at === slot.saidBy,
      tell: (now) => {
        if (promise === undefined) return { cause: 'longer' };
        const { dueAt, targetMs, calendar } = promise;
        return dueAt > now
          ? { cause: 'longer', until: dueAt }
          : { cause: 'late', until: addWorkingTime(now, Math.round(targetMs * renewedPromise), calendar) };
      },
    },
  ];
};

/** While the clock stands still for a third party, what a mail said is all that can slip; the page says why it waits. */
const heldUp = ({ kind, saidBy }: Slot, history: History): OpenSlip[] => {
  const until = waitEnds(history);
  return saidBy === undefined || until === undefined
    ? []
    : [{ promise: kind, at: saidBy, byMail: true, tell: () => ({ cause: 'on-hold', until }) }];
};

const stoodOnThePage = (
  promise: Reckoned | undefined,
  { slots }: History,
  reckoned: ReadonlyArray<Reckoned | undefined>,
): boolean =>
  promise !== undefined &&
  slots.every(
    ({ kind, endedAt = Infinity }, index) =>
      kind === 'resolution' || reckoned[index] === undefined || endedAt <= promise.dueAt,
  );
