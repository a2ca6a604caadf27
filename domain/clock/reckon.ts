import { instant } from '../support/time.ts';
import type { PromiseState } from '../ticket/ticket.ts';
import { addWorkingTime, type WorkingCalendar, workingTimeBetween } from './calendar.ts';
import { durationMs } from './duration.ts';
import type { History, Pause, Slot } from './history.ts';
import { PROMISE_WORDS } from './promise-words.ts';
import type { StandingPromise } from './standing.ts';
import { calendarOf, targetOf } from './targets.ts';

/** A promise with its times worked out. */
export interface Reckoned {
  promise: StandingPromise;
  dueAt: number;
  targetMs: number;
  /** Working time it had stood still before it came from another ticket. */
  allowedMs: number;
  /** The pauses that count for it. */
  pauses: readonly Pause[];
  calendar: WorkingCalendar;
}

/**
 * When `duration` of working time has passed since `from`, pauses not counted. `paused` says that a pause still lasts
 * and the moment lies behind it: the answer is then as if that pause took no time.
 */
export const reach = (
  from: number,
  duration: number,
  pauses: readonly Pause[],
  calendar: WorkingCalendar,
): { at: number; paused: boolean } => {
  let cursor = from;
  let left = duration;
  for (const pause of pauses) {
    if (pause.to !== undefined && pause.to <= cursor) continue;
    const worked = workingTimeBetween(cursor, pause.from, calendar);
    if (worked >= left) break;
    left -= worked;
    cursor = Math.max(cursor, pause.from);
    if (pause.to === undefined) return { at: addWorkingTime(cursor, left, calendar), paused: true };
    cursor = pause.to;
  }
  return { at: addWorkingTime(cursor, left, calendar), paused: false };
};

/** Works out one promise as it stands at `now`; undefined when its row promises nothing of the kind. */
export const reckon = (slot: Slot, history: History, now: number): Reckoned | undefined => {
  const target = targetOf(slot.row, slot.carried?.as ?? slot.kind);
  if (slot.row === undefined || target === undefined) return undefined;
  const calendar = calendarOf(slot.rules, slot.row);
  const targetMs = durationMs(target);
  const spans = pausesOf(slot, history.pauses);
  const allowedMs = slot.carried?.pausedMs ?? 0;
  const { at: dueAt, paused } = reach(slot.startedAt, targetMs + allowedMs, spans, calendar);
  const state = stateOf(slot, dueAt, paused, now);
  return {
    dueAt,
    targetMs,
    allowedMs,
    pauses: spans,
    calendar,
    promise: {
      target,
      calendar: slot.row.calendar,
      row: slot.row.id,
      version: slot.rules.version,
      startedAt: instant(slot.startedAt),
      startedByEvent: slot.startedByEvent,
      dueAt: instant(dueAt),
      state,
      usedMs: used(slot, spans, calendar, now) - allowedMs,
      pausedSpans: spans.map(({ from, to }) => ({
        from: instant(from),
        ...(to === undefined ? {} : { to: instant(to) }),
      })),
      ...(slot.endedAt === undefined ? {} : { endedAt: instant(slot.endedAt) }),
      ...(slot.endedBy === undefined ? {} : { endedBy: slot.endedBy }),
      ...(slot.endedByEvent === undefined ? {} : { endedByEvent: slot.endedByEvent }),
      ...(slot.renewedUntil === undefined ? {} : { renewedUntil: instant(slot.renewedUntil) }),
      ...(slot.saidBy === undefined ? {} : { saidBy: instant(slot.saidBy) }),
      ...(slot.longerThan === undefined ? {} : { longerThan: instant(slot.longerThan) }),
      ...(slot.carried === undefined ? {} : { as: slot.carried.as }),
      why: inWords(slot, target, state),
    },
  };
};

/** Met at or before the due instant, breached from it on; what is breached stays so, however it ends. */
const stateOf = (slot: Slot, dueAt: number, paused: boolean, now: number): PromiseState => {
  if (slot.endedAt !== undefined) return paused || slot.endedAt <= dueAt ? 'met' : 'breached';
  if (paused) return 'paused';
  return now < dueAt ? 'running' : 'breached';
};

/** From when on the pauses of this ticket count: until it came from another ticket, that one's did. */
const standsFrom = ({ startedAt, carried }: Slot): number => Math.max(startedAt, carried?.until ?? startedAt);

/** A pause that begins after the promise ended does not move it any more. */
const pausesOf = (slot: Slot, pauses: readonly Pause[]): Pause[] =>
  pauses
    .filter(({ from, to }) => (to ?? Infinity) > standsFrom(slot) && from < (slot.endedAt ?? Infinity))
    .map(({ from, to }) => ({ from: Math.max(from, standsFrom(slot)), ...(to === undefined ? {} : { to }) }));

const used = (slot: Slot, spans: readonly Pause[], calendar: WorkingCalendar, now: number): number => {
  const end = slot.endedAt ?? now;
  const paused = spans.reduce(
    (sum, { from, to }) => sum + workingTimeBetween(from, Math.min(to ?? end, end), calendar),
    0,
  );
  return workingTimeBetween(slot.startedAt, end, calendar) - paused;
};

const inWords = (slot: Slot, target: string, state: PromiseState): string => {
  const calendar = slot.row?.calendar === 'always' ? 'around the clock' : `in the hours of "${slot.row?.calendar}"`;
  const promise = `A ${PROMISE_WORDS[slot.kind]} within ${target} ${calendar} (targets row "${slot.row?.id}" of version ${slot.rules.version}), counted from "${slot.startedBy}"`;
  return slot.endedBy === undefined ? `${promise}: ${state}.` : `${promise}: ${state}, ended by "${slot.endedBy}".`;
};
