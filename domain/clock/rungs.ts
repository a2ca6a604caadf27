import type { Policy, Rung } from '../policy.ts';
import type { PromiseKind } from '../ticket/ticket.ts';
import { durationMs } from './duration.ts';
import type { History, Slot } from './history.ts';
import { type Reckoned, reach } from './reckon.ts';

/** A rung nobody has climbed, with its time in milliseconds; it may lie ahead. */
export interface OpenRung {
  promise: PromiseKind;
  rung: Rung;
  at: number;
  dueAt: number;
}

/**
 * The rungs still to climb for one promise, in the order of the ladder. Both kinds of rung count working time without pauses: a
 * share of the target, or the target and the time after it. So "two hours late" on a Friday evening is Monday morning.
 * Nothing is climbed for a promise that has ended, nor while the ticket waits for the customer or a third party.
 */
export const openRungs = (
  slot: Slot,
  { dueAt, targetMs, allowedMs, pauses, calendar }: Reckoned,
  history: History,
  policy: Policy,
): OpenRung[] => {
  if (slot.endedAt !== undefined || (history.status !== 'new' && history.status !== 'open')) return [];
  return policy.ladder
    .filter(({ id, priorities }) => !slot.climbed.has(id) && (priorities?.includes(history.priority) ?? true))
    .map((rung) => ({
      promise: slot.kind,
      rung,
      dueAt,
      at: reach(slot.startedAt, allowedMs + workingTimeTo(rung, targetMs), pauses, calendar).at,
    }));
};

const workingTimeTo = ({ at }: Rung, targetMs: number): number =>
  'share' in at ? Math.round(targetMs * at.share) : targetMs + durationMs(at.after);
