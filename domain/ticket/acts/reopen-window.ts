import { durationMs } from '../../clock/duration.ts';
import type { Policy } from '../../policy.ts';
import { type Instant, plus } from '../../support/time.ts';
import type { ClosedTicket, ResolvedTicket } from '../ticket.ts';

/** Until when (inclusive) the customer's message continues the ticket; later ones open a linked follow-up ticket. */
export const mayReopenUntil = (ticket: ResolvedTicket | ClosedTicket, { reopenWithin }: Policy): Instant =>
  plus(ticket.resolvedAt, durationMs(reopenWithin));
