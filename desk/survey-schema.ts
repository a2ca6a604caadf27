import { z } from 'zod';
import { CHANNELS } from '../domain/ticket/ticket.ts';
import { id } from './schema.ts';

const step = z.number().int('write a whole number');

/** Answers in words, worst first; or numbers, of which the two ends are named. */
const scale = z.union(
  [
    z.array(id).min(2, 'a scale has two options or more'),
    z.strictObject({ from: step, to: step, ends: z.tuple([id, id]) }),
  ],
  'write a list of names, worst first, or numbers like { from: 0, to: 10, ends: [not-likely, very-likely] }',
);

const percent = z.coerce
  .string()
  .regex(/^(100|\d{1,2}(\.\d{1,2})?)%$/, 'write a share like 20%')
  .transform((text) => Number(text.slice(0, -1)));

const row = z.strictObject({
  id: id.optional(),
  channels: z.array(z.enum(CHANNELS)).min(1, 'name a channel, or leave the list out').optional(),
  categories: z.array(z.string()).min(1, 'name a category, or leave the list out').optional(),
  types: z.array(id).min(1, 'name a customer type, or leave the list out').optional(),
  survey: z.string().optional(),
  variants: z
    .array(z.strictObject({ name: id, survey: z.string(), share: percent }))
    .min(2, 'one alone is no variant; write "survey" instead')
    .optional(),
  sample: percent.optional(),
});
const rows = z.array(row).min(1, 'name a survey');

export const surveysFile = z.strictObject({
  scales: z.record(id, scale),
  send: z.strictObject({ csat: rows, 'follow-up': rows, nps: rows, feedback: rows }),
  'hold-out': percent,
  'reply-rating': z.strictObject({ scale: z.string(), 'low-at-most': z.number().int().positive() }),
  surveys: z.array(
    z.strictObject({
      id,
      version: z.number().int().positive(),
      kind: z.enum(['csat', 'follow-up', 'nps', 'feedback']),
      measure: z.enum(['csat', 'nps', 'ces']).optional(),
      polarity: z.enum(['high-is-easy', 'low-is-easy']).optional(),
      scored: z.string(),
      'low-at-most': step.optional(),
      'low-from': step.optional(),
      questions: z.array(
        z.strictObject({
          id,
          kind: z.enum(['scale', 'choice', 'yes-no', 'text']),
          required: z.boolean().default(false),
          scale: z.string().optional(),
          choices: z.array(id).min(2, 'a choice has two answers or more').optional(),
          when: z
            .strictObject({
              question: z.string(),
              in: z.array(z.union([z.string(), step], 'write an answer')).min(1, 'name an answer'),
            })
            .optional(),
        }),
      ),
    }),
  ),
});
export type SurveysFile = z.output<typeof surveysFile>;

const words = z.record(z.string(), z.string());

/** desk/versions/survey-<id>-<version>.yaml: what a version asked, with its words, and how its answers count. */
export const keptSurvey = z.strictObject({
  id,
  version: z.number().int().positive(),
  kind: z.enum(['csat', 'follow-up', 'nps', 'feedback']),
  measure: z.enum(['csat', 'nps', 'ces']),
  polarity: z.enum(['high-is-good', 'low-is-good']),
  series: z.string(),
  scored: z.string(),
  scale: z.string(),
  lowAtMost: step.optional(),
  lowFrom: step.optional(),
  questions: z.array(
    z.strictObject({
      id,
      kind: z.enum(['scale', 'choice', 'yes-no', 'text']),
      required: z.boolean(),
      options: z.array(z.strictObject({ value: step, label: z.string() })).optional(),
      ends: z.tuple([z.string(), z.string()]).optional(),
      choices: z.array(id).optional(),
      when: z.strictObject({ question: z.string(), in: z.array(z.string()) }).optional(),
      text: words,
      labels: z.record(z.string(), words).optional(),
    }),
  ),
});
