import type { Agent, Policy } from '../policy.ts';
import { pathFrom } from './place-ticket.ts';

/**
 * The groups whose waiting tickets an agent may be given: their own and, for a senior, those whose path leads to them,
 * since critical tickets go to the first senior on it.
 */
export const servedBy = (agent: Agent, policy: Policy): string[] =>
  Object.values(policy.groups)
    .filter((group) => {
      if (agent.groups.includes(group.id)) return true;
      return agent.role !== 'agent' && pathFrom(group, policy).some(({ id }) => agent.groups.includes(id));
    })
    .map(({ id }) => id);
