import { durationMs } from '../../clock/duration.ts';
import type { Policy } from '../../policy.ts';
import { type Instant, plus } from '../../support/time.ts';
import type { ClosedTicket, ResolvedTicket, Status, Ticket } from '../ticket.ts';

/** Until when (inclusive) the customer's message continues the ticket; later ones open a linked follow-up ticket. */
export const mayReopenUntil = (ticket: ResolvedTicket | ClosedTicket, { reopenWithin }: Policy): Instant =>
  plus(ticket.resolvedAt, durationMs(reopenWithin));

/**
 * The status as it is shown: a resolved ticket counts as closed once its customer can no longer reopen it. Nothing is
 * stored for that.
 */
export const shownStatus = (ticket: Ticket, policy: Policy, now: Instant): Status =>
  ticket.status === 'resolved' && now > mayReopenUntil(ticket, policy) ? 'closed' : ticket.status;
