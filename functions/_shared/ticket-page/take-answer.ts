import { createHash } from 'node:crypto';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import { domainOf } from '../../../domain/contact/desk-address.ts';
import { ConcurrentChange, RequestAlreadyTaken } from '../../../domain/errors.ts';
import { DAY, plus } from '../../../domain/support/time.ts';
import { customerReply } from '../../../domain/ticket/acts/customer-reply.ts';
import type { RequestRecord } from '../../../domain/ticket/change.ts';
import type { Attachment } from '../../../domain/ticket/message.ts';
import { STATUSES } from '../../../domain/ticket/ticket.ts';
import { contextNow } from '../desk.ts';
import { idempotencyKeyIn, usedBefore } from '../http/idempotency.ts';
import { type Links, linksIn } from '../links/links.ts';
import { type LinkedTicket, type TicketLinkDeps, ticketLinkWith, ticketOfLink } from '../links/ticket-link.ts';
import { type Count, count, logger } from '../telemetry.ts';
import { openNewTicket } from '../tickets/open-new-ticket.ts';
import { untilStored } from '../until-stored.ts';

export interface AnswerDeps extends TicketLinkDeps {
  links: Links;
  deskDomain: string;
  count: Count;
}

export const answerDepsWith = (
  env: Parameters<typeof ticketLinkWith>[0] & Parameters<typeof linksIn>[0],
): AnswerDeps => ({
  ...ticketLinkWith(env),
  links: linksIn(env),
  deskDomain: domainOf(env.DESK_ADDRESS),
  count,
});

/** What a customer wrote on the page of their ticket. */
export interface Answer {
  text: string;
  attachments: Attachment[];
  /** Makes it once: the request's `Idempotency-Key`, or the key of the form together with its words. */
  once: { key: string; bodyHash: string } | undefined;
}

/** What the first request was told, and every one like it. `messageId` is absent when a linked ticket was opened. */
const told = z.object({
  ticketId: z.string(),
  customerId: z.string(),
  status: z.enum(STATUSES),
  at: z.string(),
  messageId: z.exactOptional(z.string()),
  followUpOf: z.exactOptional(z.string()),
});
export type Told = z.infer<typeof told>;

/** How long a request is known. */
const KEPT = DAY;

/**
 * Keeps what the customer wrote: on the ticket, which goes on or reopens, or, once its window for reopening is over, as
 * a linked ticket of its own. The same request twice is one message and one answer; throws 409 for another body under
 * its key. Decided again when the ticket changes at the same moment.
 */
export const takeAnswer = async (
  event: APIGatewayProxyEventV2,
  found: LinkedTicket,
  answer: Answer,
  deps: AnswerDeps,
): Promise<Told> => {
  try {
    return await untilStored(async (attempt) =>
      keep(attempt === 1 ? found : await ticketOfLink(event, deps), answer, deps),
    );
  } catch (error) {
    if (error instanceof RequestAlreadyTaken) return sameAnswer(error, answer, deps);
    throw error;
  }
};

const keep = async (
  { ledger, keeps }: LinkedTicket,
  { text, attachments, once }: Answer,
  deps: AnswerDeps,
): Promise<Told> => {
  const ctx = contextNow(deps);
  const { id, customer, subject } = ledger.ticket;
  const words = { text, attachments, channel: 'web' as const, customer };
  const requestOf = (answer: Told): RequestRecord | undefined =>
    once && { ...once, answer, expiresAt: plus(ctx.now, KEPT) };

  const decision = customerReply(keeps, words, ctx);
  if (decision.ok) {
    const change = decision.value;
    const messageId = change.messages?.[0]?.id;
    if (messageId === undefined) throw new Error('A message of the customer was decided on, and there is none.');
    const { status } = ledger === keeps ? change.after : ledger.ticket;
    const answer: Told = { ticketId: id, customerId: customer.id, status, at: ctx.now, messageId };
    const request = requestOf(answer);
    await deps.tickets.record({ ...change, ...(request && { request }) });
    return answer;
  }
  if (decision.refusal === 'merged') throw new ConcurrentChange(id);
  const answer = { customerId: customer.id, status: 'new' as const, at: ctx.now, followUpOf: id };
  const opened = await openNewTicket(
    deps,
    {
      ...words,
      subject,
      report: {},
      deskDomain: deps.deskDomain,
      followUpOf: id,
      ...(once && {
        request: (ticketId) => ({ ...once, answer: { ...answer, ticketId }, expiresAt: plus(ctx.now, KEPT) }),
      }),
    },
    ctx,
  );
  logger.info('A follow-up ticket was opened.', { ticketId: opened.id });
  return { ...answer, ticketId: opened.id };
};

const sameAnswer = async ({ key }: RequestAlreadyTaken, { once }: Answer, { tickets }: AnswerDeps): Promise<Told> => {
  const record = await tickets.request(key);
  if (!record) throw new RequestAlreadyTaken(key);
  if (record.bodyHash !== once?.bodyHash) throw usedBefore();
  return told.parse(record.answer);
};

const sha256 = (...parts: string[]): string => createHash('sha256').update(parts.join('\0')).digest('hex');

/** By the `Idempotency-Key` of a program: the key alone counts. Throws 400 for one that cannot be kept. */
export const onceByHeader = (event: APIGatewayProxyEventV2, body: unknown): Answer['once'] => {
  const key = idempotencyKeyIn(event);
  if (key === undefined) return undefined;
  return { key: `http#${sha256(event.pathParameters?.token ?? '', key)}`, bodyHash: sha256(JSON.stringify(body)) };
};

/** By the key of a form: with its words, since somebody who goes back and writes more has more to say. */
export const onceByForm = (
  { pathParameters }: APIGatewayProxyEventV2,
  once: string | undefined,
  text: string,
): Answer['once'] => {
  if (once === undefined || once === '') return undefined;
  const bodyHash = sha256(text);
  return { key: `page#${sha256(pathParameters?.token ?? '', once, bodyHash)}`, bodyHash };
};
