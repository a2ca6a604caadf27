import { TicketNotFound } from '../../../domain/errors.ts';
import type { Ledger, Tickets } from '../../../domain/ports.ts';
import type { Host } from '../../../domain/remediation/open-recovery.ts';

/** Merges followed from one ticket to the next. A loop cannot arise, since a merged ticket takes in no other. */
const DEEPEST = 50;

/**
 * Where the work on a merged ticket is done: the ticket that it, or the one it became a part of, was merged into last.
 * Undefined for a ticket that was not merged.
 */
export const hostOf = async (tickets: Pick<Tickets, 'ledger'>, { ticket }: Ledger): Promise<Host | undefined> => {
  const through = [ticket.id];
  for (let into = ticket.mergedInto; into !== undefined; ) {
    const ledger = await tickets.ledger(into);
    if (!ledger || through.length > DEEPEST) throw new TicketNotFound(into);
    if (ledger.ticket.mergedInto === undefined) return { ledger, through };
    through.push(into);
    into = ledger.ticket.mergedInto;
  }
  return undefined;
};

/**
 * The ticket in which one is worked on: itself, or its host. What a customer writes for a merged ticket is kept there;
 * whether they may write is still asked of the ticket they wrote for.
 */
export const survivorOf = async (tickets: Pick<Tickets, 'ledger'>, ledger: Ledger): Promise<Ledger> =>
  (await hostOf(tickets, ledger))?.ledger ?? ledger;
