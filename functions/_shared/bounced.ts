import type { Tickets } from '../../domain/ports.ts';
import { type Bounced, mailBounced } from '../../domain/ticket/acts/mail-bounced.ts';
import { contextNow, type Rules } from './desk.ts';

/** Tells the agents of a ticket, once, that a mail of it did not arrive or was not wanted. */
export const tellTheAgent = async (
  { mail, ticketId }: { mail: string; ticketId: string },
  { permanent, why }: { permanent: boolean; why: Bounced },
  deps: Rules & { tickets: Tickets },
): Promise<void> => {
  const ledger = await deps.tickets.ledger(ticketId);
  if (!ledger) return;
  const decision = mailBounced(ledger, { mail, permanent, why }, contextNow(deps));
  if (decision.ok) await deps.tickets.record(decision.value);
};
