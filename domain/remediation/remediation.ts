import type { Instant } from '../support/time.ts';
import type { LowCause } from '../ticket/event.ts';
import type { AgentId, Outcome, TicketId } from '../ticket/ticket.ts';

/**
 * The work that follows one low answer, from opening to its outcome. Optional fields are absent in remediations stored
 * before the field existed, too.
 */
export interface Remediation {
  ticketId: TicketId;
  /** The cycle whose answer was low. */
  cycle: number;
  /** The cycle in which it is put right, of the ticket; the follow-up survey is about it. */
  recoveryCycle: number;
  openedAt: Instant;
  score: number;
  scale?: string;
  cause?: LowCause;
  /** See `LowAnswer`. */
  about?: string;
  /** Definition and version of the survey that was low, e.g. `after-resolve@1`. */
  survey?: string;
  /** Where the ticket stood when it was rated, and why it was bad, as the customer chose it from a list. */
  group?: string;
  category?: string;
  choice?: string;
  ratedAgent?: AgentId;
  /** Who was given it first. */
  agent?: AgentId;
  deadline: Instant;
  /** How many times the lead, then the manager, were called for this deadline. */
  calls: number;
  /** When the lead or the manager was called last. */
  calledAt?: Instant;
  /** When it was resolved for the customer to judge. */
  solvedAt?: Instant;
  state: 'open' | 'closed';
  outcome?: Outcome;
  closedAt?: Instant;
  version: number;
}
