import type { AgentNow } from '../policy.ts';
import type { Change } from '../ticket/change.ts';
import { isPlaced, type Ticket } from '../ticket/ticket.ts';

/** What a rule that gave the ticket to somebody else relied on: their load then. Nothing when it stayed with whoever had it. */
export const takesOf = (before: Ticket, after: Ticket, team: readonly AgentNow[]): Pick<Change, 'takes'> => {
  const from = isPlaced(before) ? before.assignee : undefined;
  const to = isPlaced(after) ? after.assignee : undefined;
  const agent = to === from ? undefined : team.find(({ id }) => id === to);
  return agent === undefined ? {} : { takes: { agent: agent.id, load: agent.load } };
};
