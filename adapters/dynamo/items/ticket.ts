import * as z from 'zod/mini';
import { earliest } from '../../../domain/support/time.ts';
import { MEASURES } from '../../../domain/survey/measure.ts';
import {
  CONSENT_SOURCES,
  isBeingPutRight,
  isLive,
  isPlaced,
  LINK_KINDS,
  SENTIMENTS,
  type Ticket,
} from '../../../domain/ticket/ticket.ts';
import { type Item, itemOf, readItem } from '../item.ts';
import { customerKey, lookupSk, queuePk, queueSk, shardOf, ticketKey, UNTRIAGED } from '../keys.ts';
import { channel, count, instant, maybe, outcome, priority, text, tier } from './parts.ts';

export const requester = z.object({
  id: text,
  email: maybe(text),
  phone: maybe(text),
  handle: maybe(z.object({ network: text, name: text })),
  name: maybe(text),
  locale: text,
  localeChosen: maybe(z.boolean()),
  timeZone: maybe(text),
  type: text,
  textsConsent: maybe(z.object({ at: instant, source: z.enum(CONSENT_SOURCES) })),
  erased: maybe(z.literal(true)),
});

const report = z.object({
  impact: maybe(z.enum(['one', 'team', 'many', 'all'])),
  urgency: maybe(z.enum(['low', 'normal', 'high', 'now'])),
  usersAffected: maybe(count),
  category: maybe(text),
  product: maybe(text),
  context: maybe(z.record(text, text)),
});

const promised = z.object({
  target: text,
  calendar: text,
  dueAt: instant,
  state: z.enum(['running', 'paused', 'met', 'breached']),
});

const satisfaction = z.object({
  score: z.number(),
  scale: text,
  label: text,
  measure: maybe(z.enum(MEASURES)),
  low: z.boolean(),
  agent: maybe(text),
  shares: maybe(z.array(z.object({ agent: text, share: count }))),
  group: text,
  tier,
  cycle: count,
  survey: text,
  at: instant,
});

const recovery = { cycle: count, notTo: maybe(text), answeredAt: maybe(instant), solvedAt: maybe(instant) };

const statusFacts = z.discriminatedUnion('status', [
  z.object({ status: z.literal('open') }),
  z.object({ status: z.literal('pending'), pausedAt: instant }),
  z.object({ status: z.literal('on-hold'), pausedAt: instant, holdUntil: maybe(instant), holdReason: maybe(text) }),
  z.object({ status: z.literal('resolved'), resolvedAt: instant }),
  z.object({ status: z.literal('closed'), resolvedAt: instant, closedAt: instant }),
]);

const facts = {
  id: text,
  subject: text,
  channel,
  customer: requester,
  report,
  createdAt: instant,
  updatedAt: instant,
  cycle: count,
  version: count,
  clock: z.object({ firstReply: maybe(promised), nextReply: maybe(promised), resolution: maybe(promised) }),
  lookAgainAt: maybe(instant),
  needsHuman: maybe(text),
  satisfaction: maybe(satisfaction),
  remediation: maybe(
    z.object({ ...recovery, state: z.enum(['open', 'closed']), recoveryCycle: count, outcome: maybe(outcome) }),
  ),
  putsRight: maybe(z.array(z.object({ ...recovery, ticket: text, through: z.array(text) }))),
  followUpOf: maybe(text),
  splitFrom: maybe(text),
  mergedInto: maybe(text),
  beforeMerge: maybe(statusFacts),
  mergedFrom: maybe(z.array(text)),
  links: maybe(z.array(z.object({ ticket: text, as: z.enum(LINK_KINDS) }))),
  anchor: text,
};

const placed = {
  ...facts,
  priority,
  category: text,
  product: maybe(text),
  group: text,
  tier,
  assignee: maybe(text),
  moves: maybe(count),
  language: maybe(text),
  sentiment: maybe(z.enum(SENTIMENTS)),
  outage: maybe(text),
  firstRepliedAt: maybe(instant),
  lastRepliedBy: maybe(text),
  resolution: maybe(z.object({ cause: maybe(text), solution: maybe(text), check: maybe(text) })),
};

/** A ticket as it is stored. */
export const ticketShape = z.discriminatedUnion('status', [
  z.object({ ...facts, status: z.literal('new') }),
  z.object({ ...placed, status: z.literal('open') }),
  z.object({ ...placed, status: z.literal('pending'), pausedAt: instant }),
  z.object({
    ...placed,
    status: z.literal('on-hold'),
    pausedAt: instant,
    holdUntil: maybe(instant),
    holdReason: maybe(text),
  }),
  z.object({ ...placed, status: z.literal('resolved'), resolvedAt: instant }),
  z.object({ ...placed, status: z.literal('closed'), resolvedAt: instant, closedAt: instant }),
]);

/** A ticket is in its customer's list always, in a queue as long as work may be done on it. */
export const ticketItem = (value: Ticket): Item =>
  itemOf(ticketKey(value.id), value, {
    ...queuePlace(value),
    lookupPk: customerKey(value.customer.id).PK,
    lookupSk: lookupSk(value.createdAt, value.id),
  });

export const readTicket = (item: Item): Ticket => readItem(ticketShape, item);

const queuePlace = (value: Ticket): { queuePk: string; queueSk: string } | Record<string, never> => {
  if (!isLive(value)) return {};
  const group = isPlaced(value) ? value.group : UNTRIAGED;
  return {
    queuePk: queuePk(group, shardOf(value.id)),
    queueSk: workingOrder(value),
  };
};

/** The place of a ticket in any queue it stands in; sorts as text. */
export const workingOrder = (value: Ticket): string => queueSk(rankOf(value), dueOf(value), value.id);

/** Unhappy customers first, then what a machine could not do, then open work, then what waits for somebody else. */
const rankOf = (value: Ticket): number => {
  if (isBeingPutRight(value)) return 0;
  if (value.needsHuman !== undefined) return 1;
  return value.status === 'pending' || value.status === 'on-hold' ? 3 : 2;
};

/** The promise that is due next; a ticket that is owed nothing more stands by its age. */
const dueOf = ({ clock, createdAt }: Ticket): string => {
  const open = Object.values(clock).filter(({ state }) => state !== 'met');
  return earliest(...open.map(({ dueAt }) => dueAt)) ?? createdAt;
};
