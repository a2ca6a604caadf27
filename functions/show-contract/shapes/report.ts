import * as z from 'zod/mini';
import { count, instant, maybe, text } from '../../../adapters/dynamo/items/parts.ts';
import type { AgentsReport } from '../../../domain/report/agents.ts';
import type { Figure } from '../../../domain/report/figure.ts';
import type { RecoveryReport } from '../../../domain/report/recovery.ts';
import type { SlaReport } from '../../../domain/report/sla.ts';
import type { SurveysReport } from '../../../domain/report/surveys.ts';
import { MEASURES } from '../../../domain/survey/measure.ts';
import { named } from './named.ts';

const tickets = z.array(text);
const n = z.number();
const part = z.object({ n, tickets });
const range = z.tuple([z.number(), z.number()]);

const scale = z.object({ name: text, ends: z.tuple([text, text]), polarity: z.enum(['high-is-good', 'low-is-good']) });

export const figure: z.ZodMiniType<Figure> = named(
  'Figure',
  z.object({
    name: text,
    of: maybe(z.record(text, text)),
    value: maybe(z.number()),
    unit: z.enum(['share', 'seconds', 'points', 'score', 'count', 'ratio']),
    n,
    numerator: maybe(z.number()),
    interval: maybe(range),
    formula: text,
    target: maybe(z.number()),
    scale: maybe(scale),
    small: z.boolean(),
    tickets,
    parts: z.record(text, part),
    median: maybe(z.number()),
    p90: maybe(z.number()),
  }),
  'One number with everything needed to check it: what it is of, its denominator `n`, its 95 % interval, its formula and the tickets it rests on. Without a value there is nothing to count.',
);

/** What every report has. */
const report = {
  from: instant,
  to: instant,
  zone: text,
  calendar: text,
  by: maybe(text),
  figures: z.array(figure),
};

const burn = { window: text, rate: maybe(z.number()) };
const leftOut = z.object({ staff: part, merged: part, 'unknown-scale': part });

export const slaReport: z.ZodMiniType<SlaReport> = named(
  'SlaReport',
  z.object({
    ...report,
    unanswered: z.array(z.object({ ticket: text, since: instant, ageSeconds: z.number() })),
    objective: z.object({
      target: z.number(),
      budget: z.object({ allowed: z.number(), used: z.number(), left: z.number() }),
      burn: z.array(z.object({ ...burn, decided: count, late: count })),
      endsAt: maybe(z.number()),
      affordable: z.number(),
      sentence: text,
      formula: text,
    }),
  }),
);

export const agentsReport: z.ZodMiniType<AgentsReport> = named(
  'AgentsReport',
  z.object({
    ...report,
    by: z.literal('agent'),
    series: z.array(z.object({ month: text, figures: z.array(figure) })),
    leftOut,
  }),
);

export const recoveryReport: z.ZodMiniType<RecoveryReport> = named(
  'RecoveryReport',
  z.object({
    ...report,
    reasons: z.array(z.object({ reason: text, n, recovered: count, tickets })),
    skipped: z.array(z.object({ why: text, n, tickets })),
    leftOut: z.object({ staff: part }),
  }),
);

export const surveysReport: z.ZodMiniType<SurveysReport> = named(
  'SurveysReport',
  z.object({
    ...report,
    series: z.array(
      z.object({
        series: text,
        measure: z.enum(MEASURES),
        scale,
        surveys: z.array(text),
        n,
        firstAt: instant,
        lastAt: instant,
      }),
    ),
    budgets: z.array(
      z.object({
        series: text,
        quarter: z.object({ from: instant, to: instant }),
        target: z.number(),
        answers: z.number(),
        good: z.number(),
        bad: z.number(),
        expected: z.number(),
        left: z.number(),
        endsAt: z.number(),
        burn: z.array(z.object({ ...burn, answers: z.number(), bad: z.number() })),
        sentence: text,
      }),
    ),
    comparisons: z.array(
      z.object({
        name: text,
        variants: z.tuple([text, text]),
        difference: z.number(),
        interval: range,
        apart: z.boolean(),
      }),
    ),
    skipped: z.array(z.object({ why: text, n, tickets })),
    leftOut,
  }),
);
