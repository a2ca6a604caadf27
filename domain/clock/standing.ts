import type { Policy, Rung } from '../policy.ts';
import { type Instant, instant, millis } from '../support/time.ts';
import type { EventType, TicketEvent } from '../ticket/event.ts';
import type { PromiseKind, PromiseState, TicketClock } from '../ticket/ticket.ts';
import { fold } from './fold.ts';
import { nextLook } from './look-again.ts';
import { reckon } from './reckon.ts';
import { openRungs } from './rungs.ts';

/** A span in which a promise did not count; open while the pause lasts. */
export interface PausedSpan {
  from: Instant;
  to?: Instant;
}

/** One promise of the present cycle, with all that explains it. */
export interface StandingPromise {
  /** ISO 8601 duration, counted in `calendar`. */
  target: string;
  /** A calendar of policy.yaml, or `always`. */
  calendar: string;
  /** The row of policy.yaml's targets that applied. */
  row: string;
  /** What was promised, where it came from another ticket. */
  as?: PromiseKind;
  startedAt: Instant;
  /** While the promise is paused: as if the pause had taken no time. It moves when the pause ends. */
  dueAt: Instant;
  state: PromiseState;
  /** Working time from the start to its end or to now, less pauses. */
  usedMs: number;
  pausedSpans: PausedSpan[];
  /** When the promise ended, and by what: a reply, resolving, closing. Absent while somebody still waits. */
  endedAt?: Instant;
  endedBy?: EventType;
  /** In words a lead can read. */
  why: string;
}

/** A rung of the ladder whose time has come and that nobody has climbed yet. */
export interface DueRung {
  promise: PromiseKind;
  rung: Rung;
  at: Instant;
  /** When the promise itself is due. */
  dueAt: Instant;
}

export interface Standing {
  promises: { [kind in PromiseKind]?: StandingPromise };
  /** When somebody has to look again: see look-again.ts. Absent when nothing is owed (resolved, closed). */
  lookAgainAt?: Instant;
  /** In the order in which they came due. */
  due: DueRung[];
}

/**
 * Where a ticket's promises stand, computed from what happened and the policy, never patched: the same events, policy
 * and time always give the same answer. Only the present cycle is answered for.
 */
export const standing = (events: readonly TicketEvent[], policy: Policy, now: Instant): Standing => {
  const history = fold(events, policy);
  const at = millis(now);
  const reckoned = history.slots.map((slot) => reckon(slot, history, policy, at));
  const promises: Standing['promises'] = {};
  for (const [index, slot] of history.slots.entries()) {
    const promise = reckoned[index]?.promise;
    if (promise !== undefined) promises[slot.kind] = promise;
  }
  const rungs = history.slots
    .flatMap((slot, index) => {
      const open = reckoned[index];
      return open === undefined ? [] : openRungs(slot, open, history, policy);
    })
    .sort((a, b) => a.at - b.at);
  const look = nextLook(history, rungs, policy, at);
  return {
    promises,
    ...(look === undefined ? {} : { lookAgainAt: instant(look) }),
    due: rungs
      .filter((rung) => rung.at <= at)
      .map(({ promise, rung, at: due, dueAt }) => ({ promise, rung, at: instant(due), dueAt: instant(dueAt) })),
  };
};

/** The part that a ticket carries as a cache. */
export const clockOf = ({ promises }: Standing): TicketClock =>
  Object.fromEntries(
    Object.entries(promises).map(([kind, { target, calendar, dueAt, state }]) => [
      kind,
      { target, calendar, dueAt, state },
    ]),
  );
