import type { AgentId, PlacedTicket, Tier } from '../ticket.ts';

export interface Place {
  group: string;
  tier: Tier;
  agent?: AgentId;
}

/** The owner moves with the ticket; where nobody could take it, it has none. */
export const moveTo = (ticket: PlacedTicket, { group, tier, agent }: Place): PlacedTicket => {
  const { assignee, ...rest } = ticket;
  return { ...rest, group, tier, ...(agent === undefined ? {} : { assignee: agent }) };
};
