import * as z from 'zod/mini';
import { CLOCK_OUTCOMES, type ClockFact, WHY_CANCELLED } from '../../../domain/report/clock-note.ts';
import { type Item, itemOf, readItem } from '../item.ts';
import { factKey } from '../keys.ts';
import { channel, count, instant, maybe, priority, promiseKind, text } from './parts.ts';

/** What was decided about a promise, as it stands on the event. */
export const clockNote = z.object({
  clock: text,
  promise: promiseKind,
  cycle: count,
  startedAt: instant,
  dueAt: instant,
  target: text,
  calendar: text,
  row: text,
  outcome: z.enum(CLOCK_OUTCOMES),
  decidedAt: maybe(instant),
  why: maybe(z.enum(WHY_CANCELLED)),
  endedAt: maybe(instant),
  calledOffAt: maybe(instant),
  usedMs: z.number(),
  group: text,
  agent: maybe(text),
  priority,
  channel,
  high: z.boolean(),
  reopenedAt: maybe(instant),
});

const clockFact = z.extend(clockNote, {
  type: z.literal('clock'),
  ticketId: text,
  version: count,
  leftOut: maybe(z.literal('staff')),
});

/** Kept under one of its times: see `keptUnder`. */
export const clockFactItem = (fact: ClockFact, at: string): Item =>
  itemOf(factKey({ at, ticketId: fact.ticketId, id: fact.clock }), { type: 'clock', ...fact });

export const readClockFact = (item: Item): ClockFact => {
  const { type, ...fact } = readItem(clockFact, item);
  return fact;
};
