import * as z from 'zod/mini';
import { eventShape } from '../../../adapters/dynamo/items/event.ts';
import { count, instant, maybe, promiseKind, text } from '../../../adapters/dynamo/items/parts.ts';
import type { Explained } from '../../../domain/explain/explain.ts';
import { WHY_CANCELLED } from '../../../domain/report/clock-note.ts';
import { named } from './named.ts';

const eventType = named('EventType', z.enum(eventShape.def.options.flatMap(({ shape }) => shape.type.def.values)));

const promise = z.object({
  promise: promiseKind,
  cycle: count,
  state: z.enum(['running', 'paused', 'met', 'breached']),
  calledOff: maybe(z.enum(WHY_CANCELLED)),
  as: maybe(promiseKind),
  target: text,
  calendar: text,
  zone: maybe(text),
  row: text,
  policy: text,
  startedAt: instant,
  startedBy: z.union([eventType, z.literal('unknown')]),
  startedByEvent: text,
  dueAt: instant,
  used: text,
  left: text,
  pausedSpans: z.array(z.object({ from: instant, to: maybe(instant) })),
  closures: z.array(z.object({ date: text, hours: z.array(text) })),
  closuresNote: maybe(text),
  endedAt: maybe(instant),
  endedBy: maybe(eventType),
  endedByEvent: maybe(text),
  renewedUntil: maybe(instant),
  why: text,
});

const act = z.object({
  at: instant,
  type: z.union([eventType, z.literal('masked')]),
  rule: text,
  policy: text,
  inputs: z.record(text, z.union([text, z.number(), z.boolean(), z.array(text)])),
  reason: text,
  event: text,
});

export const explained: z.ZodMiniType<Explained> = named(
  'Explained',
  z.object({
    ticket: z.object({ id: text, version: count }),
    promises: z.array(promise),
    acts: z.array(act),
    next: z.array(z.object({ at: instant, what: text, rule: text })),
  }),
  'Why a ticket stands where it stands: every promise, every automatic act with its rule, and what comes next if nobody acts. Durations are ISO 8601.',
);
