import type { Instant } from '../support/time.ts';
import type { AgentId, Outcome, TicketId } from '../ticket/ticket.ts';

/** The work that follows one low answer, from opening to its outcome. */
export interface Remediation {
  ticketId: TicketId;
  /** The cycle whose answer was low. */
  cycle: number;
  recoveryCycle: number;
  openedAt: Instant;
  score: number;
  survey: string;
  ratedAgent?: AgentId;
  agent?: AgentId;
  deadline: Instant;
  /** How many times the lead, then the manager, were called. */
  calls: number;
  state: 'open' | 'closed';
  outcome?: Outcome;
  closedAt?: Instant;
  version: number;
}
