import type { Context } from '../../context.ts';
import type { Ledger } from '../../ports.ts';
import { type Decision, decided, refused } from '../../support/decision.ts';
import { asReopened } from '../as-status.ts';
import type { Change } from '../change.ts';
import type { Actor, EventOf } from '../event.ts';
import type { ClosedTicket, ResolvedTicket } from '../ticket.ts';
import { makeChange, type Noted } from './make-change.ts';
import { allowed, type Refusal } from './refusal.ts';
import { mayReopenUntil } from './reopen-window.ts';

export interface ReopenInput {
  by: Actor;
  cause: EventOf<'reopened'>['cause'];
}

const REASONS = {
  customer: 'The customer says it is not solved.',
  agent: 'The desk takes it up again.',
  remediation: 'A bad rating is put right.',
} as const;

export const reopenedNote = ({ by, cause }: ReopenInput, cycle: number): Noted => ({
  type: 'reopened',
  by,
  reason: REASONS[cause],
  cause,
  cycle,
});

/**
 * Begins the next cycle: a first reply and a resolution are owed anew. A customer may do so within the window of the
 * policy (`window-over` after it: a linked follow-up ticket is opened instead); the desk may at any time.
 */
export const reopen = (ledger: Ledger, input: ReopenInput, ctx: Context): Decision<Change, Refusal> => {
  const may = allowed(ledger, 'reopen');
  if (!may.ok) return may;
  const { ticket } = may;
  if (!hasEnded(ticket)) throw new Error(`The transitions let a ticket reopen while it is ${ticket.status}.`);
  const until = mayReopenUntil(ticket, ctx.policy);
  if (input.cause === 'customer' && ctx.now > until)
    return refused('window-over', `Ticket ${ticket.id} could be reopened by the customer until ${until}.`);
  const after = asReopened(ticket);
  return decided(makeChange(ledger, after, [reopenedNote(input, after.cycle)], ctx));
};

const hasEnded = (ticket: { status: string }): ticket is ResolvedTicket | ClosedTicket =>
  ticket.status === 'resolved' || ticket.status === 'closed';
