import type { Context } from '../context.ts';
import type { AgentNow, Group, Policy } from '../policy.ts';
import type { AgentId, Tier, WhyNobody } from '../ticket/ticket.ts';
import { type Choice, type Wanted, weighAgents } from './choose-agent.ts';
import { explainChoice } from './explain-choice.ts';
import { isAtWork } from './hours.ts';

export type RoutingRule = 'routing.least-loaded' | 'routing.senior' | 'routing.answered' | 'routing.nobody';

export interface PlaceWanted {
  group: string;
  /** Absent when nobody of the desk speaks it: then language decides nothing. */
  locale?: string;
  skills: readonly string[];
  /** The first senior along the group's path who is there (critical tickets go to senior operators). */
  critical?: boolean;
  /** A senior or lead of the group before anybody else. */
  seniors?: 'first';
  /** Who has it in hand already, if they are of the group. */
  prefer?: AgentId;
  /** Not these. */
  except?: readonly AgentId[];
  /** See `Wanted.lot`. */
  lot?: string;
}

export interface Placement {
  group: string;
  tier: Tier;
  agent?: AgentId;
  /** The load they were chosen by: the store gives them the ticket only if it still holds. */
  takes?: { agent: AgentId; load: number };
  /** Why nobody could take it. */
  nobody?: WhyNobody;
  rule: RoutingRule;
  reason: string;
}

/** Where a ticket goes and who owns it. When nobody can take it, it waits in its group's queue and the reason says so. */
export const placeTicket = (
  wanted: PlaceWanted,
  team: readonly AgentNow[],
  ctx: Pick<Context, 'policy' | 'now'>,
): Placement => {
  const home = groupOf(wanted.group, ctx.policy);
  const at = ({ id, tier }: Group) => ({ group: id, tier });
  const { group: _, critical, prefer, ...who } = wanted;
  const given = (group: Group, choice: Choice, rule: RoutingRule, words: string): Placement | undefined =>
    choice.agent && {
      ...at(group),
      agent: choice.agent.id,
      takes: { agent: choice.agent.id, load: choice.agent.load },
      rule,
      reason: `${words} of ${group.id}: ${explainChoice(choice)}`,
    };
  if (prefer !== undefined) {
    const had = team.find(({ id, groups }) => id === prefer && groups.includes(home.id));
    if (had !== undefined)
      return { ...at(home), agent: had.id, rule: 'routing.answered', reason: `${had.id} answered it already.` };
  }
  if (critical === true) {
    for (const group of pathFrom(home, ctx.policy)) {
      const place = given(group, choiceOf(group, { ...who, seniors: 'only' }, team, ctx), 'routing.senior', 'A senior');
      if (place !== undefined) return place;
    }
  }
  const missed = critical === true ? 'No senior is there with room. ' : '';
  const choice = choiceOf(home, who, team, ctx);
  const words = `${missed}${wanted.seniors === 'first' ? 'Seniors first, then least loaded' : 'Least loaded'}`;
  const place = given(home, choice, 'routing.least-loaded', words);
  if (place !== undefined) return place;
  const nobody = whyNobody(home, choice, ctx);
  return { ...at(home), nobody, rule: 'routing.nobody', reason: `${missed}${nobodyWords(home, nobody, choice)}` };
};

/** Who of a group could take a ticket now; outside the group's hours nobody. */
export const choiceOf = (
  group: Group,
  wanted: Omit<Wanted, 'group'>,
  team: readonly AgentNow[],
  { policy, now }: Pick<Context, 'policy' | 'now'>,
): Choice => (isAtWork(group, policy, now) ? weighAgents(team, { ...wanted, group: group.id }) : { others: [] });

const whyNobody = (group: Group, { others }: Choice, { policy, now }: Pick<Context, 'policy' | 'now'>): WhyNobody => {
  if (!isAtWork(group, policy, now)) return 'closed';
  return others.some(({ why }) => why === 'full') ? 'full' : 'away';
};

const nobodyWords = ({ id, hours }: Group, why: WhyNobody, choice: Choice): string =>
  why === 'closed'
    ? `Outside the hours of ${id} (${hours}): it waits in the queue until they begin.`
    : `Nobody of ${id} is present with room: it waits in the queue. ${explainChoice(choice)}`.trimEnd();

/** A group of the policy; an unknown one is a mistake in desk/, never a group made up. */
export const groupOf = (id: string, { groups }: Policy): Group => {
  const group = groups[id];
  if (group === undefined) throw new Error(`The policy has no group "${id}".`);
  return group;
};

/** The group and those that `move` leads to; a path that comes back to one of them ends there. */
export const pathFrom = (start: Group, policy: Policy): Group[] => {
  const path = [start];
  for (let next = start.next; next !== undefined; next = groupOf(next, policy).next) {
    if (path.some(({ id }) => id === next)) break;
    path.push(groupOf(next, policy));
  }
  return path;
};
