import { subjectFrom } from '../../domain/channels/plain.ts';
import type { Ledger } from '../../domain/ports.ts';
import { customerReply } from '../../domain/ticket/acts/customer-reply.ts';
import { isThanks } from '../../domain/ticket/acts/thanks.ts';
import { isLive } from '../../domain/ticket/ticket.ts';
import { type ChannelDeps, ownTicketNamed, refuseFlood } from '../_shared/channels/channel-deps.ts';
import {
  answeredBefore,
  answerFor,
  type ChannelAnswer,
  channelKey,
  channelRecord,
  otherContent,
} from '../_shared/channels/channel-once.ts';
import { contextNow } from '../_shared/desk.ts';
import { openNewTicket } from '../_shared/tickets/open-new-ticket.ts';
import { survivorOf } from '../_shared/tickets/survivor.ts';
import type { TextPost } from './shape.ts';

/** The text goes to the ticket it names, else to the one its number is talking on, else to a new one. */
export const keepText = async (deps: ChannelDeps, { messageId, from, text }: TextPost): Promise<ChannelAnswer> => {
  const ctx = contextNow(deps);
  const key = channelKey('sms', messageId);
  const content = { from, text };
  const before = await answeredBefore(deps.tickets, key, ctx.now);
  if (before?.is(content)) return before.answer;
  if (before) throw otherContent();
  const customer = await deps.customers.byIdentity({ kind: 'phone', value: from }, {}, ctx.now, ctx.ids.ulid(), true);
  const line = await deps.tickets.line(customer.id);
  const ledger = (await ownTicketNamed(deps, text, customer.id)) ?? (await talkingOn(deps, line, text));
  if (ledger) {
    const told = answerFor(ledger.ticket, ctx.now);
    const request = channelRecord(key, content, told, ctx.now);
    const input = { text, channel: 'sms' as const, customer: ledger.ticket.customer, attachments: [], request };
    const decision = customerReply(await survivorOf(deps.tickets, ledger), input, ctx);
    if (decision.ok) {
      await deps.tickets.record(decision.value);
      return told;
    }
  }
  await refuseFlood(deps, customer.id);
  const answer = (id: string) => answerFor({ id, createdAt: ctx.now, customer }, ctx.now);
  const { id } = await openNewTicket(
    deps,
    {
      subject: subjectFrom(text),
      text,
      channel: 'sms',
      customer,
      report: {},
      attachments: [],
      deskDomain: deps.deskDomain,
      ...(ledger && { followUpOf: ledger.ticket.id }),
      request: (ticketId) => channelRecord(key, content, answer(ticketId), ctx.now),
      further: async (ticketId) => ({
        messages: [],
        notes: [],
        mails: [],
        // Two texts at once: the second finds the line taken and joins the ticket of the first.
        line: { customerId: customer.id, ticketId, ...(line !== undefined && { before: line }) },
      }),
    },
    ctx,
  );
  return answer(id);
};

/** The ticket its number is talking on: one that is worked on, or one that has ended and is thanked for. */
const talkingOn = async (
  { tickets, policy }: ChannelDeps,
  id: string | undefined,
  text: string,
): Promise<Ledger | undefined> => {
  const ledger = id === undefined ? undefined : await tickets.ledger(id);
  if (!ledger) return undefined;
  const { ticket } = await survivorOf(tickets, ledger);
  return isLive(ticket) || isThanks(ticket, { text, attachments: [] }, { policy }) ? ledger : undefined;
};
