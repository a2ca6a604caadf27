import * as z from 'zod/mini';
import type { EventFact, FactAbout } from '../../../domain/report/event-facts.ts';
import { type Actor, LOW_CAUSES, SKIPPED_BECAUSE, STAYS, type TicketEvent } from '../../../domain/ticket/event.ts';
import { CONSENT_SOURCES, LINK_KINDS, SENTIMENTS, type Ticket, WHY_NOBODY } from '../../../domain/ticket/ticket.ts';
import { type Item, itemOf, readItem } from '../item.ts';
import { categoryPk, eventKey, factKey, lookupSk } from '../keys.ts';
import { clockNote } from './clock-fact.ts';
import { creditedEvent } from './credit.ts';
import { channel, count, instant, maybe, outcome, priority, promiseKind, surveyKind, text, tier } from './parts.ts';

const texts = z.array(text);
const sentiment = z.enum(SENTIMENTS);

export const actor = z.custom<Actor>(
  (value) => typeof value === 'string' && /^(agent|customer|rule):/.test(value),
  'is neither an agent, a customer nor a rule',
);

const common = {
  id: text,
  ticketId: text,
  at: instant,
  by: actor,
  reason: text,
  policy: text,
  cycle: count,
  version: count,
  clocks: maybe(z.array(clockNote)),
  mails: maybe(texts),
};

const happened = <T extends string, S extends z.core.$ZodShape>(type: T, shape: S) =>
  z.object({ ...common, type: z.literal(type), ...shape });

const rung = { promise: promiseKind, rung: text, dueAt: instant, told: texts };
const telling = {
  ...rung,
  held: maybe(z.array(z.object({ agent: text, until: instant }))),
  acknowledge: maybe(z.object({ from: instant, within: text })),
};
const carries = maybe(
  z.array(
    z.object({
      as: promiseKind,
      row: maybe(text),
      since: instant,
      pausedMs: z.number(),
      policy: maybe(text),
      saidBy: maybe(instant),
    }),
  ),
);
/** What an ask was weighed by; events stored before there was a budget have none. */
const budget = maybe(z.object({ lately: count, upTo: count, within: text, freeFrom: maybe(instant) }));
const surveyed = { survey: text, kind: surveyKind, ratedCycle: maybe(count) };

/** Events stored before the other fields existed have `ratedCycle` and `score` alone. */
const unhappy = {
  ratedCycle: count,
  score: z.number(),
  scale: maybe(text),
  cause: maybe(z.enum(LOW_CAUSES)),
  about: maybe(text),
  group: maybe(text),
  category: maybe(text),
  ratedAgent: maybe(text),
  choice: maybe(text),
};

/** An event as it is stored, and as an export carries it. */
export const eventShape = z.discriminatedUnion('type', [
  happened('opened', {
    channel,
    message: text,
    noReceipt: maybe(z.boolean()),
    followUpOf: maybe(text),
    answered: maybe(z.boolean()),
    splitFrom: maybe(text),
    since: maybe(instant),
    uploads: maybe(count),
    customerType: maybe(text),
  }),
  happened('triaged', {
    priority,
    category: text,
    product: maybe(text),
    group: text,
    tier,
    rules: texts,
    inputs: maybe(z.record(text, z.union([text, z.number()]))),
    language: maybe(text),
    sentiment: maybe(sentiment),
  }),
  happened('nobody-available', { group: text, why: z.enum(WHY_NOBODY) }),
  happened('reprioritised', { priority, from: priority }),
  happened('recategorised', { category: text, from: text }),
  happened('labelled', { message: text, sentiment, from: maybe(sentiment) }),
  happened('outage-detected', { outage: text, category: text, tickets: count, told: texts }),
  happened('outage-joined', { outage: text, category: text, tickets: count }),
  happened('acknowledged', { mail: text, promised: maybe(instant) }),
  happened('assigned', { agent: maybe(text), group: text, from: maybe(text) }),
  happened('transferred', {
    group: text,
    tier,
    fromGroup: text,
    fromTier: tier,
    agent: maybe(text),
    moves: maybe(count),
  }),
  happened('replied', { agent: text, message: text, group: maybe(text), tier: maybe(tier) }),
  happened('reply-rated', {
    message: text,
    agent: text,
    group: maybe(text),
    tier: maybe(tier),
    ratedCycle: count,
    score: z.number(),
    scale: text,
    label: text,
    low: z.boolean(),
    edit: count,
  }),
  happened('customer-replied', { message: text, channel, uploads: maybe(count) }),
  happened('customer-thanked', { message: text, channel }),
  happened('not-thanked', { message: text, channel, since: instant }),
  happened('noted', { message: text }),
  happened('paused', {
    waitingFor: z.enum(['customer', 'third-party']),
    until: maybe(instant),
    stopsClock: z.boolean(),
  }),
  happened('resumed', {}),
  happened('warned', telling),
  happened('escalated', {
    ...telling,
    toGroup: maybe(text),
    toTier: maybe(tier),
    moves: maybe(count),
    stays: maybe(z.enum(STAYS)),
  }),
  happened('notice-given', rung),
  happened('promise-slipped', {
    promise: promiseKind,
    dueAt: instant,
    until: maybe(instant),
    cause: maybe(z.enum(['longer', 'on-hold'])),
    mail: maybe(text),
  }),
  happened('escalation-acknowledged', {
    agent: text,
    rung: maybe(text),
    promise: maybe(promiseKind),
    dueAt: maybe(instant),
    rests: maybe(text),
  }),
  happened('promises-recounted', {
    promises: z.array(z.object({ promise: promiseKind, was: maybe(instant), dueAt: maybe(instant) })),
    lookAgainAt: maybe(instant),
  }),
  happened('overdue', { promise: promiseKind, dueAt: instant }),
  happened('resolved', { agent: maybe(text), cause: maybe(text), solution: maybe(text), check: maybe(text) }),
  // Its own cycle is the one that begins: the same field as the common one.
  happened('reopened', { cause: z.enum(['customer', 'agent', 'remediation']), since: maybe(instant) }),
  happened('closed', { how: z.enum(['after-resolve', 'customer-silent', 'deflected', 'erased']) }),
  happened('erased', { erasure: text }),
  happened('deflected', { article: text, locale: text }),
  happened('reminded', { mail: maybe(text) }),
  happened('survey-sent', { ...surveyed, ...creditedEvent, mail: text, budget }),
  happened('survey-skipped', { ...surveyed, why: text, budget }),
  happened('survey-reminded', { ...surveyed, mail: text, budget }),
  happened('reminder-skipped', { ...surveyed, why: text, budget }),
  happened('survey-answered', {
    ...surveyed,
    ...creditedEvent,
    score: z.number(),
    scale: text,
    low: z.boolean(),
    edit: count,
  }),
  happened('survey-expired', surveyed),
  happened('feedback-given', {
    feedback: text,
    kind: z.enum(['feedback', 'nps']),
    survey: text,
    score: z.number(),
    scale: text,
    low: z.boolean(),
  }),
  happened('remediation-opened', { ...unhappy, agent: maybe(text), deadline: instant }),
  happened('remediation-skipped', {
    ...unhappy,
    why: z.enum(SKIPPED_BECAUSE),
    told: maybe(texts),
    lately: maybe(count),
    most: maybe(count),
    within: maybe(text),
  }),
  happened('remediation-contacted', { mail: text, way: maybe(z.enum(['mail', 'sms'])), segments: maybe(count) }),
  happened('remediation-called', { told: texts, attempt: count }),
  happened('remediation-resumed', { ratedCycle: count, deadline: instant }),
  happened('remediation-closed', {
    ...unhappy,
    score: maybe(z.number()),
    outcome,
    agent: maybe(text),
    recoveryMs: maybe(z.number()),
  }),
  happened('merged', { into: maybe(text), from: maybe(text), carries }),
  happened('unmerged', { into: maybe(text), from: maybe(text) }),
  happened('split', { messages: texts, to: text }),
  happened('message-moved', { message: text, to: maybe(text), from: maybe(text), carries }),
  happened('linked', { to: text, as: z.enum(LINK_KINDS) }),
  happened('unlinked', { to: text, as: z.enum(LINK_KINDS) }),
  happened('contact-chosen', { way: z.enum(['mail', 'sms']), source: z.enum(CONSENT_SOURCES) }),
  happened('mail-bounced', { mail: text, permanent: z.boolean() }),
  happened('transcribed', { message: text, agent: maybe(text) }),
  happened('not-sent', {
    what: text,
    why: z.enum(['no-address', 'handed-to-channel', 'texts-refused', 'not-taken', 'address-suppressed']),
    mail: maybe(text),
  }),
  happened('identity-asked', { kind: z.enum(['email', 'phone']), mail: text }),
  happened('identity-linked', { customer: text, with: text }),
  happened('identity-unlinked', { customer: text, from: text }),
  happened('quarantined', { message: text, why: text }),
  happened('quarantine-accepted', { message: text }),
  happened('quarantine-declined', { message: text }),
  happened('needs-human', { machine: text, error: text }),
]);

/** What gave the ticket its category stands in the list of that category too, under the time the ticket was opened. */
export const eventItem = (value: TicketEvent, ticket: Ticket): Item =>
  itemOf(
    eventKey(value.ticketId, value.id),
    value,
    value.type === 'triaged' || value.type === 'recategorised'
      ? {
          lookupPk: categoryPk(value.category, ticket.createdAt),
          lookupSk: lookupSk(ticket.createdAt, ticket.id),
        }
      : {},
  );

export const readEvent = (item: Item): TicketEvent => readItem(eventShape, item);

/** An event kept for reports, by day; what it decided about promises is kept by the days of those. */
export const factItem = ({ clocks, mails, ...value }: TicketEvent, about?: FactAbout): Item =>
  itemOf(factKey(value), about === undefined ? value : { ...value, keptWith: about });

// No event has a field of this name: what an event says itself is not overwritten.
const besideEvent = z.object({
  keptWith: maybe(
    z.object({
      channel: maybe(channel),
      category: maybe(text),
      group: maybe(text),
      leftOut: maybe(z.literal('staff')),
    }),
  ),
});

export const readFact = (item: Item): EventFact => ({
  event: readEvent(item),
  about: readItem(besideEvent, item).keptWith ?? {},
});
