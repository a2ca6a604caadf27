import { type Standing, type StandingPromise, standing } from '../clock/standing.ts';
import type { Policy } from '../policy.ts';
import type { Instant } from '../support/time.ts';
import type { EventType, TicketEvent } from '../ticket/event.ts';
import { isPlaced, PROMISE_KINDS, type PromiseKind, type Ticket } from '../ticket/ticket.ts';
import type { ClockNote, WhyCancelled } from './clock-note.ts';

/** A change of a ticket as far as its promises go. */
export interface Turn {
  earlier: readonly TicketEvent[];
  added: readonly TicketEvent[];
  /** Whose it is; undefined before triage, when nobody knows yet. */
  holder: Holder | undefined;
}

export type Holder = Pick<ClockNote, 'group' | 'agent' | 'priority' | 'channel'>;

/** Where it was decided: a move that follows a breach does not pass the breach on to the group it goes to. */
export const holderOf = (before: Ticket | undefined, after: Ticket): Holder | undefined => {
  if (!isPlaced(after)) return undefined;
  const { group, assignee } = before !== undefined && isPlaced(before) ? before : after;
  const { priority, channel } = after;
  return { group, ...(assignee === undefined ? {} : { agent: assignee }), priority, channel };
};

/**
 * What a change decides about the ticket's promises: which began, which were kept, broken or called off, and which broken
 * one was answered after all, or is waited for no more. Each is told once, at the change that decided it; nothing before triage, when nobody knows
 * yet whose it is. A promise that broke before the change broke at its due instant, however late that was noticed; one
 * that broke by the change, because a higher priority asks for more, broke with it.
 */
export const noteClocks = ({ earlier, added, holder }: Turn, policy: Policy, now: Instant): ClockNote[] => {
  const last = added.at(-1);
  if (holder === undefined || last === undefined) return [];
  const known = lastNotes(earlier);
  const noted = new Map<string, ClockNote>();
  const note = (clock: ClockNote): void => {
    known.set(clock.clock, clock);
    noted.set(clock.clock, clock);
  };
  const facts = { ...holder, high: wasUrgent([...earlier, ...added]) };
  const stood = earlier.length === 0 ? undefined : standing(earlier, policy, now);
  let stands: Standing['promises'] = {};
  for (const [index, event] of added.entries()) {
    if (event.type === 'reopened') undo(known, event, note);
    stands = standing([...earlier, ...added.slice(0, index + 1)], policy, now).promises;
    for (const kind of PROMISE_KINDS) {
      const promise = stands[kind];
      if (promise === undefined) continue;
      const clock = clockOf(kind, event.cycle, promise);
      const outcome = promise.state === 'paused' ? 'paused' : 'running';
      const base: Base = { ...facts, ...clock, outcome };
      const stoodThen = stood?.promises[kind];
      // Broken before this change: at its due instant, else by it.
      const wasBroken = stoodThen?.startedAt === promise.startedAt && stoodThen.state === 'breached';
      const next = nextNote(base, promise, known.get(clock.clock), wasBroken ? stoodThen.dueAt : now);
      if (next) note(next);
    }
  }
  const there = new Set(PROMISE_KINDS.flatMap((kind) => (stands[kind] ? [idOf(kind, last.cycle, stands[kind])] : [])));
  for (const clock of [...known.values()]) {
    if (isUndecided(clock) && !there.has(clock.clock))
      note({ ...clock, ...facts, outcome: 'cancelled', why: 'replaced', decidedAt: now });
  }
  return [...noted.values()];
};

type Base = ClockNote & { outcome: 'running' | 'paused' };

const isUndecided = ({ outcome }: ClockNote): boolean => outcome === 'running' || outcome === 'paused';

const lastNotes = (events: readonly TicketEvent[]): Map<string, ClockNote> =>
  new Map(events.flatMap(({ clocks = [] }) => clocks.map((clock) => [clock.clock, clock] as const)));

const wasUrgent = (events: readonly TicketEvent[]): boolean =>
  events.some(
    (event) =>
      (event.type === 'triaged' || event.type === 'reprioritised') &&
      (event.priority === 'P1' || event.priority === 'P2'),
  );

/** Cycle, kind and start: see `ClockNote.clock`. */
export const idOf = (kind: PromiseKind, cycle: number, { startedAt }: StandingPromise): string =>
  `${cycle}.${kind}.${startedAt}`;

const clockOf = (promise: PromiseKind, cycle: number, stands: StandingPromise) => {
  const { startedAt, dueAt, target, calendar, row, usedMs } = stands;
  return { clock: idOf(promise, cycle, stands), promise, cycle, startedAt, dueAt, target, calendar, row, usedMs };
};

/** Undefined when nothing new was decided. */
const nextNote = (
  base: Base,
  promise: StandingPromise,
  last: ClockNote | undefined,
  brokeAt: Instant,
): ClockNote | undefined => {
  const { endedAt, state } = promise;
  const answered = endedAt !== undefined && keeps(base.promise, promise.endedBy);
  if (last?.outcome === 'met') return undefined;
  if (last?.outcome === 'breached') return brokenSince(last, base, promise);
  if (state === 'breached') {
    // It was broken, and counted, on the ticket it came from.
    if (promise.as !== undefined && last === undefined) return undefined;
    const broken: ClockNote = { ...base, outcome: 'breached', decidedAt: brokeAt };
    return brokenSince(broken, base, promise) ?? broken;
  }
  if (endedAt === undefined) return last?.outcome === base.outcome ? undefined : base;
  if (answered) return { ...base, outcome: 'met', decidedAt: endedAt, endedAt };
  if (last?.outcome === 'cancelled') return undefined;
  return { ...base, outcome: 'cancelled', why: whyCancelled(promise.endedBy), decidedAt: endedAt };
};

/**
 * What came of a broken promise: answered late; of a first reply, that the ticket ended without it, until that is undone.
 * The report of those who wait looks at no other broken promise, and each note costs writes.
 */
const brokenSince = (
  broken: ClockNote,
  { promise, usedMs }: Base,
  { endedAt, endedBy }: StandingPromise,
): ClockNote | undefined => {
  if (broken.endedAt !== undefined) return undefined;
  const { calledOffAt, why, ...waitedFor } = broken;
  if (endedAt !== undefined && keeps(promise, endedBy)) return { ...waitedFor, endedAt, usedMs };
  if (promise !== 'firstReply' || (calledOffAt === undefined) === (endedAt === undefined)) return undefined;
  return endedAt === undefined
    ? { ...waitedFor, usedMs }
    : { ...broken, calledOffAt: endedAt, why: whyCancelled(endedBy), usedMs };
};

/** What counts as keeping it: a person's reply, or for a resolution that somebody resolved it. */
const keeps = (promise: PromiseKind, by: EventType | undefined): boolean =>
  promise === 'resolution' ? by === 'resolved' : by === 'replied' || by === 'transcribed' || by === 'opened';

const whyCancelled = (by: EventType | undefined): WhyCancelled => {
  if (by === 'merged') return 'merged';
  return by === 'resolved' ? 'resolved-without-reply' : 'withdrawn';
};

/** The ticket came back: its last resolution, if it was in time, says so from now on. */
const undo = (known: Map<string, ClockNote>, { cycle, at }: TicketEvent, note: (clock: ClockNote) => void): void => {
  const last = [...known.values()].findLast((each) => each.promise === 'resolution' && each.cycle === cycle - 1);
  if (last?.outcome === 'met' && last.reopenedAt === undefined) note({ ...last, reopenedAt: at });
};

/** Broken promises of which no event tells yet. */
export const untoldBreaches = (
  events: readonly TicketEvent[],
  cycle: number,
  { promises }: Standing,
): Array<{ promise: PromiseKind; dueAt: Instant }> => {
  const known = lastNotes(events);
  return PROMISE_KINDS.flatMap((promise) => {
    const stands = promises[promise];
    if (stands === undefined || stands.state !== 'breached' || stands.endedAt !== undefined) return [];
    if (known.get(idOf(promise, cycle, stands))?.outcome === 'breached') return [];
    return [{ promise, dueAt: stands.dueAt }];
  });
};
