import { durationMs } from '../clock/duration.ts';
import { type StandingPromise, standing } from '../clock/standing.ts';
import { calendarOf } from '../clock/targets.ts';
import { rulesOf } from '../clock/versions.ts';
import type { Policy } from '../policy.ts';
import type { WhyCancelled } from '../report/clock-note.ts';
import { idOf } from '../report/note-clocks.ts';
import type { Instant } from '../support/time.ts';
import type { EventType, TicketEvent } from '../ticket/event.ts';
import { PROMISE_KINDS, type PromiseKind, type PromiseState } from '../ticket/ticket.ts';
import { type DatedHours, datedHoursWithin, unlistedWithin } from './closures.ts';
import { isoOf } from './words.ts';

/** One promise of the ticket's life with everything it was computed from. */
export interface ExplainedPromise {
  promise: PromiseKind;
  cycle: number;
  state: PromiseState;
  /** It ended without being kept or broken, and counts in no figure. */
  calledOff?: WhyCancelled;
  /** What was promised before it came here, if it came from another ticket. */
  as?: PromiseKind;
  /** ISO 8601 duration, counted in `calendar` (`always`: wall time) of `zone`. */
  target: string;
  calendar: string;
  zone?: string;
  /** `targets` of policy.yaml, and the version of the policy it was made by. */
  row: string;
  policy: string;
  startedAt: Instant;
  startedBy: EventType | 'unknown';
  startedByEvent: string;
  dueAt: Instant;
  /** Working time without pauses. `left` is zero once it is due. */
  used: string;
  left: string;
  pausedSpans: Array<{ from: Instant; to?: Instant }>;
  /** Dates with hours of their own between its start and when it was due or ended. */
  closures: DatedHours[];
  /** What the closures lack, in words: the list of public holidays ends before the promise does. */
  closuresNote?: string;
  endedAt?: Instant;
  endedBy?: EventType;
  endedByEvent?: string;
  /** Late, and the customer was told that they hear from the desk by then. */
  renewedUntil?: Instant;
  why: string;
}

/** Every promise the ticket made in all its cycles, in the order they began: each as it stood last. */
export const explainPromises = (events: readonly TicketEvent[], policy: Policy, now: Instant): ExplainedPromise[] => {
  const found = new Map<string, ExplainedPromise>();
  for (const end of endings(events)) {
    const until = events.slice(0, end);
    const last = until.at(-1);
    if (last === undefined) continue;
    const { promises } = standing(until, policy, end === events.length ? now : last.at);
    for (const kind of PROMISE_KINDS) {
      const promise = promises[kind];
      if (promise)
        found.set(`${last.cycle} ${kind} ${promise.startedAt}`, explained(kind, last.cycle, promise, events, policy));
    }
  }
  return [...found.values()].sort((a, b) => (a.startedAt < b.startedAt ? -1 : a.startedAt > b.startedAt ? 1 : 0));
};

/** A promise is forgotten by the one that follows it: the ledger is asked before each, and at its end. */
const endings = (events: readonly TicketEvent[]): number[] => [
  ...events.flatMap(({ type }, index) =>
    type === 'reopened' || type === 'customer-replied' || type === 'not-thanked' ? [index] : [],
  ),
  events.length,
];

const explained = (
  kind: PromiseKind,
  cycle: number,
  stands: StandingPromise,
  events: readonly TicketEvent[],
  policy: Policy,
): ExplainedPromise => {
  const { state, as, target, calendar, row, startedAt, dueAt, usedMs, pausedSpans, endedAt, endedBy } = stands;
  const noted = events
    .flatMap(({ clocks = [] }) => clocks)
    .findLast(({ clock }) => clock === idOf(kind, cycle, stands));
  const calledOff = noted?.outcome === 'cancelled' ? noted.why : undefined;
  const hours = calendarOf(rulesOf(policy, stands.version), { id: row, calendar });
  const until = later(dueAt, endedAt);
  const note = hours === 'always' ? undefined : unlistedWithin(hours, until);
  return {
    promise: kind,
    cycle,
    state,
    ...(calledOff === undefined ? {} : { calledOff }),
    ...(as === undefined ? {} : { as }),
    target,
    calendar,
    ...(hours === 'always' ? {} : { zone: hours.zone }),
    row,
    policy: stands.version,
    startedAt,
    startedBy: events.find(({ id }) => id === stands.startedByEvent)?.type ?? 'unknown',
    startedByEvent: stands.startedByEvent,
    dueAt,
    used: isoOf(usedMs),
    left: isoOf(durationMs(target) - usedMs),
    pausedSpans,
    closures: hours === 'always' ? [] : datedHoursWithin(hours, startedAt, until),
    ...(note === undefined ? {} : { closuresNote: note }),
    ...(endedAt === undefined ? {} : { endedAt }),
    ...(endedBy === undefined ? {} : { endedBy }),
    ...(stands.endedByEvent === undefined ? {} : { endedByEvent: stands.endedByEvent }),
    ...(stands.renewedUntil === undefined ? {} : { renewedUntil: stands.renewedUntil }),
    why: stands.why,
  };
};

const later = (a: Instant, b: Instant | undefined): Instant => (b !== undefined && b > a ? b : a);
