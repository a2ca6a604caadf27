import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { ConcurrentChange, RequestAlreadyTaken } from '../../../domain/errors.ts';
import type { Ledger, Tickets } from '../../../domain/ports.ts';
import { DAY, type Instant, plus } from '../../../domain/support/time.ts';
import type { RequestRecord } from '../../../domain/ticket/change.ts';
import { json } from '../http/json-response.ts';
import type { Links } from '../links/links.ts';
import { Problem } from '../problem.ts';
import { untilStored } from '../until-stored.ts';

/** A conversation may go on for as long as its ticket's link lasts; until then its id is known. */
const KNOWN_FOR = 365 * DAY;

/** What was answered to the first post of something: enough to answer it again, without the signed link. */
const answer = z.object({ ticketId: z.string(), createdAt: z.string(), customerId: z.string(), told: z.string() });
export type ChannelAnswer = z.infer<typeof answer>;

/** `chat#5f…`: a conversation, mention, call or text message, by the id that its channel gave it. */
export const channelKey = (channel: string, ...ids: string[]): string =>
  [channel, ...ids.map((id) => createHash('sha256').update(id).digest('hex'))].join('#');

export const answerFor = (
  { id, createdAt, customer }: Pick<Ledger['ticket'], 'id' | 'createdAt' | 'customer'>,
  now: Instant,
): ChannelAnswer => ({ ticketId: id, createdAt, customerId: customer.id, told: now });

export const channelRecord = (key: string, content: unknown, told: ChannelAnswer, now: Instant): RequestRecord => ({
  key,
  bodyHash: hashOf(content),
  answer: told,
  expiresAt: plus(now, KNOWN_FOR),
});

/** What was answered when this was posted before; undefined when it was not. */
export const answeredBefore = async (
  tickets: Pick<Tickets, 'request'>,
  key: string,
  now: Instant,
): Promise<{ answer: ChannelAnswer; is(content: unknown): boolean } | undefined> => {
  const taken = await tickets.request(key);
  if (!taken || taken.expiresAt <= now) return undefined;
  return { answer: answer.parse(taken.answer), is: (content) => taken.bodyHash === hashOf(content) };
};

/** Somebody else wrote the same ticket, or posted the same thing, at the same moment. */
const isOvertaken = (error: unknown): boolean =>
  error instanceof ConcurrentChange || error instanceof RequestAlreadyTaken;

/** Keeps a post; tells the ticket it became part of, and the customer's link to it. Told again, it is the same answer. */
export const keptAndTold = async (links: Pick<Links, 'ticket'>, keep: () => Promise<ChannelAnswer>) => {
  const { ticketId, createdAt, customerId, told } = await untilStored(keep, isOvertaken);
  const link = await links.ticket({ id: ticketId, customer: { id: customerId } }, told);
  return json({ ticket: { id: ticketId, createdAt }, links: { ticket: link } }, 201);
};

export const otherContent = (): Problem => new Problem(409, 'This was sent before, with other content.');

const hashOf = (content: unknown): string => createHash('sha256').update(JSON.stringify(content)).digest('hex');
