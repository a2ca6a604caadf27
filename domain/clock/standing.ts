import type { Policy, Rung } from '../policy.ts';
import { type Instant, instant, millis } from '../support/time.ts';
import type { Actor, EventType, TicketEvent } from '../ticket/event.ts';
import type { AgentId, PromiseKind, PromiseState, TicketClock } from '../ticket/ticket.ts';
import { fold } from './fold.ts';
import type { History, Slot } from './history.ts';
import { closesAt, nextLook, waitEnds } from './look-again.ts';
import { type Reckoned, reckon } from './reckon.ts';
import { type OpenRung, openNotices, openRungs } from './rungs.ts';
import { type OpenSlip, type SlipCause, slipsOf } from './slip.ts';

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
  /** The version of the policy whose row and calendar these are. */
  version: string;
  /** What was promised, where it came from another ticket. */
  as?: PromiseKind;
  startedAt: Instant;
  /** Id of the event it counts from. */
  startedByEvent: string;
  /** While the promise is paused: as if the pause had taken no time. It moves when the pause ends. */
  dueAt: Instant;
  state: PromiseState;
  /** Working time from the start to its end or to now, less pauses. */
  usedMs: number;
  pausedSpans: PausedSpan[];
  /** When the promise ended, and by what: a reply, resolving, closing. Absent while somebody still waits. */
  endedAt?: Instant;
  endedBy?: EventType;
  endedByEvent?: string;
  /** Late, and the customer was told that they hear from the desk by then. */
  renewedUntil?: Instant;
  /** By when a mail said that they hear; it need not be when it is due by now. */
  saidBy?: Instant;
  /** A mail had named this time, which passed; the customer was told that it takes longer, and when it is due instead. */
  longerThan?: Instant;
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
  /** It came before its time, as nobody acknowledged this rung below it. */
  unacknowledged?: string;
  /** It came after its time, as somebody had acknowledged a rung below it. */
  rested?: true;
  /** A person gave the ticket its place since this promise was in danger. */
  placedByHand?: { at: Instant; by: Actor };
  /** It moves tickets, and another rung has placed this one, or will first, for all that was due by then. */
  placedAlready?: true;
}

/** Somebody who was left alone in their quiet hours, and can be told now. */
export interface DueNotice {
  promise: PromiseKind;
  rung: string;
  agent: AgentId;
  at: Instant;
  dueAt: Instant;
}

/** A time the customer was given that has passed, or will if nothing happens, with what they are told at that moment. */
export interface Slip {
  promise: PromiseKind;
  /** The time that passes; not always the one at which the promise is due by now. */
  dueAt: Instant;
  cause: SlipCause;
  /** By when they hear instead; on hold: when somebody looks again. Absent where nothing is promised any more. */
  until?: Instant;
  /** A mail named the time; else it stood on the page alone. */
  byMail: boolean;
}

/** A wait for a customer who stays silent. */
export interface Silent {
  reminders: number;
  /** How many reminders they get before the ticket is closed. */
  most: number;
  /** When it is closed if they are reminded now. */
  closesAt: Instant;
}

export interface Standing {
  promises: { [kind in PromiseKind]?: StandingPromise };
  /** While the ticket is pending. */
  silent?: Silent;
  /** What the customer has to be told now of times that were not kept, those that a mail had named first. */
  slips: Slip[];
  /** What they will have to be told at its time, if nothing happens meanwhile. */
  slipsAhead: Slip[];
  /** When the wait for the customer or a third party ends by itself; nothing that is due meanwhile moves it. */
  waitEndsAt?: Instant;
  /** When somebody has to look again: see look-again.ts. Absent when nothing is owed (resolved, closed). */
  lookAgainAt?: Instant;
  /** In the order in which they came due. */
  due: DueRung[];
  /** Rungs that lie ahead, if nothing happens meanwhile; the next one first. */
  ahead: DueRung[];
  /** What quiet hours held back and is to be told now. */
  notices: DueNotice[];
}

/**
 * Where a ticket's promises stand, computed from what happened and the policy, never patched: the same events, policy
 * and time always give the same answer. Only the present cycle is answered for.
 */
export const standing = (events: readonly TicketEvent[], policy: Policy, now: Instant): Standing => {
  const history = fold(events, policy);
  const at = millis(now);
  const reckoned = history.slots.map((slot) => reckon(slot, history, at));
  const promises: Standing['promises'] = {};
  for (const [index, slot] of history.slots.entries()) {
    const promise = reckoned[index]?.promise;
    if (promise !== undefined) promises[slot.kind] = promise;
  }
  const rungs = history.slots
    .flatMap((slot, index) => {
      const open = reckoned[index];
      return open === undefined
        ? []
        : openRungs(slot, open, history).map((rung) => ({ ...rung, ...byHand(slot, rung, history) }));
    })
    .sort((a, b) => a.at - b.at)
    .map(placedOnce(history, at));
  const notices = history.slots.flatMap((slot, index) => {
    const open = reckoned[index];
    return open === undefined ? [] : openNotices(slot, open, history);
  });
  const slips = slipsOf(history, reckoned, policy).sort((a, b) => Number(b.byMail) - Number(a.byMail) || a.at - b.at);
  const dates = [...rungs, ...notices, ...runningOut(reckoned), ...slips];
  const look = nextLook(history, dates, policy, at);
  const { waiting, status } = history;
  const ends = waitEnds(history);
  return {
    promises,
    ...(status === 'pending' && waiting !== undefined
      ? {
          silent: {
            reminders: waiting.reminders,
            most: waiting.silence.reminders,
            closesAt: instant(closesAt(waiting, at)),
          },
        }
      : {}),
    slips: slips.filter((slip) => slip.at <= at).map((slip) => slipAt(slip, at)),
    slipsAhead: slips.filter((slip) => slip.at > at).map((slip) => slipAt(slip, slip.at)),
    ...(ends === undefined ? {} : { waitEndsAt: instant(ends) }),
    ...(look === undefined ? {} : { lookAgainAt: instant(look) }),
    due: rungs.filter((rung) => rung.at <= at).map(told),
    ahead: rungs.filter((rung) => rung.at > at).map(told),
    notices: notices
      .filter((notice) => notice.at <= at)
      .map(({ until, ...notice }) => ({ ...notice, at: instant(until), dueAt: instant(notice.dueAt) })),
  };
};

const slipAt = ({ promise, at, byMail, tell }: OpenSlip, now: number): Slip => {
  const { cause, until } = tell(now);
  return { promise, dueAt: instant(at), cause, byMail, ...(until === undefined ? {} : { until: instant(until) }) };
};

type Told = OpenRung & Pick<DueRung, 'placedByHand' | 'placedAlready'>;

const told = ({ at, dueAt, ...rung }: Told): DueRung => ({ ...rung, at: instant(at), dueAt: instant(dueAt) });

/** Since the first rung of the promise was climbed, or since it is due: a person saw the danger and chose the place. */
const byHand = (
  { firstClimbedAt = Infinity }: Slot,
  { dueAt }: OpenRung,
  { placedByHand }: History,
): Pick<DueRung, 'placedByHand'> =>
  placedByHand === undefined || placedByHand.at < Math.min(firstClimbedAt, dueAt)
    ? {}
    : { placedByHand: { at: instant(placedByHand.at), by: placedByHand.by } };

/**
 * Two promises that break at one moment, or a ladder that is late as a whole, move a ticket once: the group that has just
 * got it has had no time to fail.
 */
const placedOnce = ({ placedByLadderAt }: History, now: number): ((rung: Told) => Told) => {
  let placedAt = placedByLadderAt ?? Number.NEGATIVE_INFINITY;
  return (rung) => {
    if (rung.rung.act.kind !== 'move' || rung.placedByHand !== undefined) return rung;
    if (rung.at <= placedAt) return { ...rung, placedAlready: true };
    placedAt = Math.max(rung.at, now);
    return rung;
  };
};

/** A promise without a rung at its due time is looked at then all the same, so that its breach is told. */
const runningOut = (reckoned: ReadonlyArray<Reckoned | undefined>): Array<{ at: number }> =>
  reckoned.flatMap((one) => (one?.promise.state === 'running' ? [{ at: one.dueAt }] : []));

/** The part that a ticket carries as a cache. */
export const clockOf = ({ promises }: Standing): TicketClock =>
  Object.fromEntries(
    Object.entries(promises).map(([kind, { target, calendar, dueAt, state }]) => [
      kind,
      { target, calendar, dueAt, state },
    ]),
  );
