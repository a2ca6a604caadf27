import * as z from 'zod/mini';
import type { Survey } from '../../../domain/survey/survey.ts';
import { type Item, itemOf, readItem } from '../item.ts';
import { surveyKey, surveyLinkKey } from '../keys.ts';
import { timeToLive } from '../time-to-live.ts';
import { askedAs, credit } from './credit.ts';
import { count, instant, maybe, surveyKind, text } from './parts.ts';

const facts = {
  ticketId: text,
  cycle: count,
  kind: surveyKind,
  survey: text,
  credit,
  ...askedAs,
  customer: z.object({ id: text, locale: text }),
  issuedAt: instant,
  version: count,
};

/** What a customer answered. */
export const answerShape = z.object({
  at: instant,
  score: z.number(),
  scale: text,
  label: text,
  low: z.boolean(),
  answers: z.record(text, text),
});

// `expiresAt` is the table's time to live, which would remove the survey with its link: it is stored as `linkEndsAt`.
const linked = { linkEndsAt: instant, mail: text };

/** A survey as it is stored. */
export const surveyShape = z.discriminatedUnion('status', [
  z.object({ ...facts, status: z.literal('skipped'), why: text }),
  z.object({ ...facts, ...linked, status: z.literal('asked'), remindedAt: maybe(instant) }),
  z.object({ ...facts, ...linked, status: z.literal('cancelled'), why: text }),
  z.object({
    ...facts,
    ...linked,
    status: z.literal('answered'),
    remindedAt: maybe(instant),
    answer: answerShape,
    earlier: z.array(answerShape),
  }),
]);

export const surveyItem = (value: Survey): Item => {
  const key = surveyKey(value.ticketId, value.cycle, value.kind);
  if (value.status === 'skipped') return itemOf(key, value);
  const { expiresAt, ...rest } = value;
  return itemOf(key, { ...rest, linkEndsAt: expiresAt });
};

export const readSurvey = (item: Item): Survey => {
  const read = readItem(surveyShape, item);
  if (read.status === 'skipped') return read;
  const { linkEndsAt, ...rest } = read;
  return { ...rest, expiresAt: linkEndsAt };
};

const surveyLink = z.object({ ticketId: text, cycle: count, kind: surveyKind });
export type SurveyLink = z.infer<typeof surveyLink>;

/** Lives as long as the link: its removal by TTL tells the stream that the link has ended. */
export const surveyLinkItem = ({ ticketId, cycle, kind }: SurveyLink, endsAt: string): Item =>
  itemOf(surveyLinkKey(ticketId, cycle, kind), { ticketId, cycle, kind, expiresAt: timeToLive(endsAt) });
export const readSurveyLink = (item: Item): SurveyLink => readItem(surveyLink, item);
