import * as z from 'zod/mini';
import { FEEDBACK_KINDS, type Feedback } from '../../../domain/feedback/feedback.ts';
import { MEASURES } from '../../../domain/survey/measure.ts';
import { type Item, itemOf, readItem } from '../item.ts';
import { feedbackKey, saidPk } from '../keys.ts';
import { count, instant, maybe, text } from './parts.ts';

/** Feedback as it is stored. */
export const feedbackShape = z.object({
  id: text,
  at: instant,
  kind: z.enum(FEEDBACK_KINDS),
  survey: maybe(text),
  series: maybe(text),
  measure: maybe(z.enum(MEASURES)),
  score: maybe(z.number()),
  scale: maybe(text),
  label: maybe(text),
  low: maybe(z.boolean()),
  answers: z.record(text, text),
  text: maybe(text),
  locale: text,
  customerId: maybe(text),
  ticketId: maybe(text),
  version: count,
});

export const feedbackItem = (value: Feedback): Item =>
  itemOf(
    feedbackKey(value.id),
    value,
    value.customerId === undefined ? {} : { lookupPk: saidPk(value.customerId), lookupSk: value.id },
  );

export const readFeedback = (item: Item): Feedback => readItem(feedbackShape, item);
