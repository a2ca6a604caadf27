import * as z from 'zod/mini';
import type { NpsAsk } from '../../../domain/feedback/nps-ask.ts';
import { WHY_NOT } from '../../../domain/survey/why-not.ts';
import { type Item, itemOf, readItem } from '../item.ts';
import { lookupSk, npsAskKey, npsAsksPk } from '../keys.ts';
import { count, instant, maybe, text } from './parts.ts';
import { requester } from './ticket.ts';

const facts = { person: text, day: text, at: instant, version: count };

// `expiresAt` is the table's time to live: the end of the link is stored as `linkEndsAt`.
const issued = { survey: text, variant: maybe(text), customer: requester, linkEndsAt: instant, mail: text };

const answer = z.object({
  at: instant,
  score: z.number(),
  scale: text,
  label: text,
  low: z.boolean(),
  answers: z.record(text, text),
});

const reasons = ['asked-lately', ...Object.keys(WHY_NOT)];
const whyNot = z.custom<Extract<NpsAsk, { status: 'skipped' }>['why']>(
  (value) => typeof value === 'string' && reasons.includes(value),
  'is no reason of this version',
);

/** A periodic question as it is stored. */
export const npsAskShape = z.discriminatedUnion('status', [
  z.object({ ...facts, status: z.literal('skipped'), why: whyNot }),
  z.object({ ...facts, ...issued, status: z.literal('asked') }),
  z.object({ ...facts, ...issued, status: z.literal('answered'), feedback: text, answer, earlier: z.array(answer) }),
]);

/** In the list of its month under the time it was asked, or passed over. */
export const npsAskItem = (value: NpsAsk): Item => {
  const key = npsAskKey(value.person, value.day);
  const place = { lookupPk: npsAsksPk(value.at.slice(0, 7)), lookupSk: lookupSk(value.at, value.person) };
  if (value.status === 'skipped') return itemOf(key, value, place);
  const { expiresAt, ...rest } = value;
  return itemOf(key, { ...rest, linkEndsAt: expiresAt }, place);
};

export const readNpsAsk = (item: Item): NpsAsk => {
  const read = readItem(npsAskShape, item);
  if (read.status === 'skipped') return read;
  const { linkEndsAt, ...rest } = read;
  return { ...rest, expiresAt: linkEndsAt };
};
