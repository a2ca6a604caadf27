import type { TicketEvent } from '../ticket/event.ts';
import type { CustomerId, TicketId } from '../ticket/ticket.ts';

/** A customer who wrote, with the ticket they wrote on last. */
export interface Writer {
  customerId: CustomerId;
  ticketId: TicketId;
}

/** Everybody who wrote to the desk themselves, each once. Who only called, and was written down by an agent, is not among them. */
export const whoWrote = (events: readonly TicketEvent[]): Writer[] => {
  const last = new Map<CustomerId, TicketId>();
  const inTime = events.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  for (const { by, ticketId } of inTime)
    if (by.startsWith('customer:')) last.set(by.slice('customer:'.length), ticketId);
  return [...last].map(([customerId, ticketId]) => ({ customerId, ticketId }));
};
