import type { Context } from '../../../domain/context.ts';
import type { Ledger } from '../../../domain/ports.ts';
import { type CustomerReplyInput, customerReply } from '../../../domain/ticket/acts/customer-reply.ts';
import { type NewTicketInput, openNewTicket } from '../tickets/open-new-ticket.ts';
import { survivorOf } from '../tickets/survivor.ts';
import { type ChannelDeps, refuseFlood } from './channel-deps.ts';
import { answerFor, type ChannelAnswer, channelRecord } from './channel-once.ts';

/** What a channel posted: the key it is known by, and what has to be the same when it is sent again. */
export interface Post {
  key: string;
  content: unknown;
}

/** Adds what a customer wrote to their ticket. Undefined when it came too late for that one. */
export const addPost = async (
  deps: ChannelDeps,
  { key, content }: Post,
  ledger: Ledger,
  words: Pick<CustomerReplyInput, 'text' | 'channel' | 'said'>,
  ctx: Context,
): Promise<ChannelAnswer | undefined> => {
  const told = answerFor(ledger.ticket, ctx.now);
  const request = channelRecord(key, content, told, ctx.now);
  const input = { ...words, customer: ledger.ticket.customer, attachments: [], request };
  const decision = customerReply(await survivorOf(deps.tickets, ledger), input, ctx);
  if (!decision.ok) return undefined;
  await deps.tickets.record(decision.value);
  return told;
};

/** Opens a ticket for it. Throws 429 when its customer has brought enough for a day. */
export const openPost = async (
  deps: ChannelDeps,
  { key, content }: Post,
  input: Omit<NewTicketInput, 'report' | 'attachments' | 'deskDomain' | 'request'>,
  ctx: Context,
): Promise<ChannelAnswer> => {
  const { customer } = input;
  await refuseFlood(deps, customer.id);
  const answer = (id: string) => answerFor({ id, createdAt: ctx.now, customer }, ctx.now);
  const request = (id: string) => channelRecord(key, content, answer(id), ctx.now);
  const { id } = await openNewTicket(
    deps,
    { ...input, report: {}, attachments: [], deskDomain: deps.deskDomain, request },
    ctx,
  );
  return answer(id);
};
