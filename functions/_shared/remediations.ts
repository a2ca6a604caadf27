import { TicketNotFound } from '../../domain/errors.ts';
import type { Ledger, Tickets } from '../../domain/ports.ts';
import type { Host } from '../../domain/remediation/open-recovery.ts';
import type { Remediation } from '../../domain/remediation/remediation.ts';

/** A task of the remediation came before its recovery was opened. */
class RemediationNotFound extends Error {
  override readonly name = 'RemediationNotFound';
}

/** The remediation a workflow works on; it cannot be missing. */
export const remediationOf = async (
  tickets: Pick<Tickets, 'remediation'>,
  ticketId: string,
  cycle: number,
): Promise<Remediation> => {
  const remediation = await tickets.remediation(ticketId, cycle);
  if (!remediation) throw new RemediationNotFound(`Ticket ${ticketId} has no remediation of cycle ${cycle}.`);
  return remediation;
};

/** A part of a part of a part: nobody merges deeper, and a loop cannot arise (a part is merged no further). */
const DEEPEST = 50;

/** Where the work on a ticket is done, if it became a part of another; undefined if it is done on the ticket itself. */
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
