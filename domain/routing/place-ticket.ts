import type { AgentNow, Group, Policy } from '../policy.ts';
import type { AgentId, Tier } from '../ticket/ticket.ts';
import { chooseAgent } from './choose-agent.ts';

export type RoutingRule = 'routing.least-loaded' | 'routing.senior' | 'routing.answered' | 'routing.nobody';

export interface PlaceWanted {
  group: string;
  locale: string;
  skills: readonly string[];
  /** The first senior along the group's path who is there (FIELD.md TR-2: critical tickets go to senior operators). */
  critical?: boolean;
  /** Who has it in hand already, if they are of the group. */
  prefer?: AgentId;
}

export interface Placement {
  group: string;
  tier: Tier;
  agent?: AgentId;
  rule: RoutingRule;
  reason: string;
}

/** Where a ticket goes and who owns it. When nobody can take it, it waits in its group's queue and the reason says so. */
export const placeTicket = (wanted: PlaceWanted, team: readonly AgentNow[], policy: Policy): Placement => {
  const home = groupOf(wanted.group, policy);
  const at = ({ id, tier }: Group) => ({ group: id, tier });
  if (wanted.prefer !== undefined) {
    const had = team.find(({ id, groups }) => id === wanted.prefer && groups.includes(home.id));
    if (had !== undefined)
      return { ...at(home), agent: had.id, rule: 'routing.answered', reason: `${had.id} answered it already.` };
  }
  if (wanted.critical === true) {
    for (const group of pathFrom(home, policy)) {
      const senior = chooseAgent(team, { ...wanted, group: group.id, seniors: 'only' });
      if (senior !== undefined)
        return {
          ...at(group),
          agent: senior.id,
          rule: 'routing.senior',
          reason: `A senior of ${group.id}: ${senior.id}.`,
        };
    }
  }
  const missed = wanted.critical === true ? 'No senior is there with room. ' : '';
  const agent = chooseAgent(team, wanted);
  return agent === undefined
    ? {
        ...at(home),
        rule: 'routing.nobody',
        reason: `${missed}Nobody of ${home.id} is present with room: it waits in the queue.`,
      }
    : {
        ...at(home),
        agent: agent.id,
        rule: 'routing.least-loaded',
        reason: `${missed}Least loaded of ${home.id}: ${agent.id}.`,
      };
};

/** A group of the policy; an unknown one is a mistake in desk/, never a group made up. */
export const groupOf = (id: string, { groups }: Policy): Group => {
  const group = groups[id];
  if (group === undefined) throw new Error(`The policy has no group "${id}".`);
  return group;
};

/** The group and those that `move` leads to; a path that bites its own tail ends there. */
const pathFrom = (start: Group, policy: Policy): Group[] => {
  const path = [start];
  for (let next = start.next; next !== undefined; next = groupOf(next, policy).next) {
    if (path.some(({ id }) => id === next)) break;
    path.push(groupOf(next, policy));
  }
  return path;
};
