import type { AgentId, PlacedTicket, Tier } from '../ticket.ts';

export interface Place {
  group: string;
  tier: Tier;
  agent?: AgentId;
}

/** The owner moves with the ticket; where nobody could take it, it has none. Each change of group is counted. */
export const moveTo = (ticket: PlacedTicket, { group, tier, agent }: Place): PlacedTicket => {
  const { assignee, ...rest } = ticket;
  const counted = group === ticket.group ? {} : { moves: (ticket.moves ?? 0) + 1 };
  return { ...rest, ...counted, group, tier, ...(agent === undefined ? {} : { assignee: agent }) };
};
