import * as z from 'zod/mini';
import { type PrivacyRequest, STEPS } from '../../../domain/privacy/request.ts';
import type { Instant } from '../../../domain/support/time.ts';
import type { Actor } from '../../../domain/ticket/event.ts';
import { type Item, itemOf, readItem } from '../item.ts';
import { type Key, lookupSk, privacyKey, privacyPk } from '../keys.ts';
import { count, instant, maybe, text } from './parts.ts';

const facts = {
  id: text,
  customers: z.array(text),
  by: z.custom<Actor>((value) => typeof value === 'string' && /^(agent|customer|rule):/.test(value), 'is nobody'),
  at: instant,
  version: count,
};

/** A request about a person's data as it is stored. */
export const privacyShape = z.discriminatedUnion('kind', [
  z.object({ ...facts, kind: z.literal('export') }),
  z.object({
    ...facts,
    kind: z.literal('erasure'),
    identities: z.array(text),
    state: z.enum(['running', 'done']),
    pass: z.union([z.literal(1), z.literal(2)]),
    step: z.enum(STEPS),
    place: maybe(z.object({ customer: count, next: maybe(text) })),
    erased: z.object({ tickets: count, messages: count, files: count, mails: count }),
    doneAt: maybe(instant),
  }),
]);

export const privacyItem = (value: PrivacyRequest): Item =>
  itemOf(privacyKey(value.id), value, {
    lookupPk: privacyPk(value.at),
    lookupSk: lookupSk(value.at, value.id),
  });

export const readPrivacy = (item: Item): PrivacyRequest => readItem(privacyShape, item);

const erased = z.object({ at: instant, erasure: text });

/** All that is left of an identity: that it was erased, under its hash. */
export const erasedItem = (key: Key, value: { at: Instant; erasure: string }): Item => itemOf(key, value);
export const readErased = (item: Item): { at: Instant; erasure: string } => readItem(erased, item);
