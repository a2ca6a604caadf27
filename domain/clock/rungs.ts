import type { ClockRules, Rung } from '../policy.ts';
import type { Priority, PromiseKind } from '../ticket/ticket.ts';
import { durationMs } from './duration.ts';
import type { HeldNotice, History, Slot } from './history.ts';
import { type Reckoned, reach } from './reckon.ts';

/** A rung nobody has climbed, with its time in milliseconds; it may lie ahead. */
export interface OpenRung {
  promise: PromiseKind;
  rung: Rung;
  at: number;
  dueAt: number;
  /** It comes before its time, as nobody acknowledged this rung below it. */
  unacknowledged?: string;
  /** It comes after its time, as somebody acknowledged a rung below it. */
  rested?: true;
}

/** A notice held back by quiet hours, with the promise it is about. */
export interface OpenNotice extends HeldNotice {
  promise: PromiseKind;
  at: number;
  dueAt: number;
}

/** The rungs of policy.yaml for a promise of tickets of this priority, from below. */
const ladderFor = ({ ladder }: Pick<ClockRules, 'ladder'>, promise: PromiseKind, priority: Priority): Rung[] =>
  ladder.filter(
    ({ promises, priorities }) => (promises?.includes(promise) ?? true) && (priorities?.includes(priority) ?? true),
  );

/**
 * The rungs still to climb for one promise, in the order of the ladder. All times count working time of the promise without
 * pauses: a share of the target, the target and the time after it, the time to acknowledge, the rest that an
 * acknowledgement gives. So "two hours late" on a Friday evening is Monday morning.
 *
 * - A rung that asks to be acknowledged and is not pulls the next one to the end of its time.
 * - After an acknowledgement warnings and calls wait until its rest is over. Moves do not: who owns a ticket is the
 *   policy's to say.
 * - Nothing is climbed for a promise that has ended, nor while the ticket waits for the customer or for a third party and
 *   the clock stands still for it. If the policy lets it run on, a promise can break in the wait, and not unheard.
 */
export const openRungs = (slot: Slot, reckoned: Reckoned, history: History): OpenRung[] => {
  if (isOver(slot, history)) return [];
  const { dueAt, targetMs, allowedMs, pauses, calendar } = reckoned;
  const from = (start: number, duration: number): number => reach(start, duration, pauses, calendar).at;
  const askedUntil = slot.asks && from(slot.asks.since, durationMs(slot.asks.within));
  const restsUntil = slot.rests && from(slot.rests.since, durationMs(slot.rests.lasts));
  return ladderFor(slot.rules, slot.kind, history.priority)
    .filter(({ id }) => !slot.climbed.has(id))
    .map((rung, index): OpenRung => {
      const open = { promise: slot.kind, rung, dueAt };
      const at = from(slot.startedAt, allowedMs + workingTimeTo(rung, targetMs));
      if (index === 0 && slot.asks !== undefined && askedUntil !== undefined && askedUntil < at)
        return { ...open, at: askedUntil, unacknowledged: slot.asks.rung };
      if (rung.act.kind !== 'move' && restsUntil !== undefined && restsUntil > at)
        return { ...open, at: restsUntil, rested: true };
      return { ...open, at };
    });
};

/** What quiet hours hold back, as long as it matters. */
export const openNotices = (slot: Slot, { dueAt }: Reckoned, history: History): OpenNotice[] =>
  isOver(slot, history)
    ? []
    : (slot.held ?? []).map((notice) => ({ ...notice, promise: slot.kind, at: notice.until, dueAt }));

const isOver = (slot: Slot, history: History): boolean => slot.endedAt !== undefined || !isUrged(history);

/** Whether the desk is urged: it owes the next step, or somebody else does while the clock runs on. */
export const isUrged = ({ status, pauses }: Pick<History, 'status' | 'pauses'>): boolean => {
  const last = pauses.at(-1);
  const standsStill = last !== undefined && last.to === undefined;
  const isWaiting = status === 'pending' || status === 'on-hold';
  return status === 'new' || status === 'open' || (isWaiting && !standsStill);
};

const workingTimeTo = ({ at }: Rung, targetMs: number): number =>
  'share' in at ? Math.round(targetMs * at.share) : targetMs + durationMs(at.after);
