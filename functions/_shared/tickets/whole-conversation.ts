import type { Ledger, Tickets } from '../../../domain/ports.ts';
import type { Message } from '../../../domain/ticket/message.ts';
import { inConversationOrder } from './conversation.ts';

/** More tickets than this are never read for one answer: a ticket has at most 50 parts, and parts of parts are rare. */
const MOST_PARTS = 100;

/**
 * All that was said on a ticket and on those that are parts of it, in the order in which it was written. Nothing was copied
 * by merging: each message still names the ticket it came for.
 */
export const wholeConversation = async (
  tickets: Pick<Tickets, 'ledger' | 'messages'>,
  ledger: Ledger,
): Promise<Message[]> => {
  const own = inConversationOrder(await tickets.messages(ledger.ticket.id), ledger.events);
  const parts = await partsOf(tickets, ledger);
  if (parts.length === 0) return own;
  const said = await Promise.all(
    parts.map(async (part) => inConversationOrder(await tickets.messages(part.ticket.id), part.events)),
  );
  // The sort is stable: messages of one ticket and millisecond keep their order.
  return [...own, ...said.flat()].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
};

/** The tickets that are parts of this one, and theirs. */
export const partsOf = async (tickets: Pick<Tickets, 'ledger'>, { ticket }: Ledger): Promise<Ledger[]> => {
  const parts: Ledger[] = [];
  const open = [...(ticket.mergedFrom ?? [])];
  for (let id = open.shift(); id !== undefined && parts.length < MOST_PARTS; id = open.shift()) {
    const part = await tickets.ledger(id);
    if (!part) continue;
    parts.push(part);
    open.push(...(part.ticket.mergedFrom ?? []));
  }
  return parts;
};
