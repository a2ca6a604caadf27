import type { Context } from '../../context.ts';
import type { AgentNow } from '../../policy.ts';
import type { Ledger } from '../../ports.ts';
import { type Decision, decided, refused } from '../../support/decision.ts';
import type { Change } from '../change.ts';
import type { Actor } from '../event.ts';
import type { AgentId } from '../ticket.ts';
import { makeChange } from './make-change.ts';
import { allowed, type Refusal } from './refusal.ts';

export interface AssignInput {
  to: AgentId;
  by: Actor;
  team: AgentNow[];
}

/** Gives the ticket to an agent within its group's queue. A person may give it to somebody away; the event says so. */
export const assign = (ledger: Ledger, { to, by, team }: AssignInput, ctx: Context): Decision<Change, Refusal> => {
  const may = allowed(ledger, 'assign');
  if (!may.ok) return may;
  const { ticket } = may;
  const agent = team.find(({ id }) => id === to);
  if (agent === undefined) return refused('unknown-agent', `There is no agent ${to}.`);
  if (ticket.assignee === to) return refused('already-there', `Ticket ${ticket.id} is with ${to}.`);
  const assigned = {
    type: 'assigned' as const,
    by,
    reason: agent.present ? 'Given by hand.' : `Given by hand, although ${to} is away.`,
    agent: to,
    group: ticket.group,
    ...(ticket.assignee === undefined ? {} : { from: ticket.assignee }),
  };
  return decided(makeChange(ledger, { ...ticket, assignee: to }, [assigned], ctx));
};
