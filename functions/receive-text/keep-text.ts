import { subjectFrom } from '../../domain/channels/plain.ts';
import type { Ledger } from '../../domain/ports.ts';
import { isThanks } from '../../domain/ticket/acts/thanks.ts';
import { isLive } from '../../domain/ticket/ticket.ts';
import { type ChannelDeps, ownTicketNamed } from '../_shared/channels/channel-deps.ts';
import { answeredBefore, type ChannelAnswer, channelKey, otherContent } from '../_shared/channels/channel-once.ts';
import { addPost, openPost } from '../_shared/channels/keep-post.ts';
import { contextNow } from '../_shared/desk.ts';
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
  const words = { text, channel: 'sms' as const };
  const added = ledger && (await addPost(deps, { key, content }, ledger, words, ctx));
  if (added) return added;
  return openPost(
    deps,
    { key, content },
    {
      ...words,
      subject: subjectFrom(text),
      customer,
      ...(ledger && { followUpOf: ledger.ticket.id }),
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
