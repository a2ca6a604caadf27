import { TicketNotFound } from '../../../domain/errors.ts';
import type { Ledger, Tickets } from '../../../domain/ports.ts';

/** A part of a part of a part: nobody merges deeper, and a loop cannot arise (a part is merged no further). */
const DEEPEST = 50;

/**
 * The ticket in which one is worked on: itself, or the one it became a part of. What a customer writes for a merged ticket
 * is kept there; whether they may write is still asked of the ticket they wrote for.
 */
export const survivorOf = async (tickets: Pick<Tickets, 'ledger'>, ledger: Ledger): Promise<Ledger> => {
  let found = ledger;
  for (let depth = 0; found.ticket.mergedInto !== undefined; depth += 1) {
    const next = await tickets.ledger(found.ticket.mergedInto);
    if (!next || depth === DEEPEST) throw new TicketNotFound(found.ticket.mergedInto);
    found = next;
  }
  return found;
};
