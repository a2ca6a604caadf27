import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Agent } from '../../domain/policy.ts';
import type { Team } from '../../domain/ports.ts';
import { keyOf } from './item.ts';
import { readAgent } from './items/agent.ts';
import { agentKey } from './keys.ts';
import { getItems } from './read.ts';
import type { Table } from './table.ts';

/**
 * The agents of team.yaml as they are now. Until somebody says otherwise, an agent is present and has nothing to do.
 */
export const teamIn = (table: Table, agents: readonly Agent[]): Team => ({
  now: async () => {
    const items = await getItems(
      table,
      agents.map(({ id }) => agentKey(id)),
    );
    const states = new Map(items.map(readAgent).map((state) => [state.PK, state]));
    return agents.map((agent) => {
      const state = states.get(agentKey(agent.id).PK);
      return {
        ...agent,
        present: state?.present ?? true,
        load: state?.load ?? 0,
        ...(state?.lastAssignedAt !== undefined && { lastAssignedAt: state.lastAssignedAt }),
      };
    });
  },
  setPresent: async (agent, present, at) => {
    await table.client.send(
      new UpdateItemCommand({
        TableName: table.name,
        Key: keyOf(agentKey(agent)),
        UpdateExpression: 'SET v = :v, present = :present, presentSince = :at',
        ExpressionAttributeValues: marshall({ ':v': 1, ':present': present, ':at': at }),
      }),
    );
  },
});
