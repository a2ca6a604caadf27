import { quietUntil } from '../../clock/quiet.ts';
import type { Context } from '../../context.ts';
import type { AgentNow, Group, Rung } from '../../policy.ts';
import { earliest } from '../../support/time.ts';
import type { Telling } from '../event.ts';
import type { AgentId, PlacedTicket } from '../ticket.ts';

/**
 * Who of these hears of a rung now, and who when their quiet hours are over: nobody is passed over, for the next person in
 * line is told by the next rung anyway. The time to acknowledge begins when the first of them can have read it. Throws for
 * somebody whom the team does not have.
 */
export const telling = (
  ids: readonly AgentId[],
  rung: Rung,
  { priority }: PlacedTicket,
  team: readonly AgentNow[],
  { now }: Context,
): Telling => {
  const wakes = rung.wakes?.includes(priority) ?? false;
  const each = [...new Set(ids)].map((id) => {
    const agent = memberOf(team, id);
    return { agent: agent.id, until: wakes ? undefined : quietUntil(agent.quiet, now) };
  });
  const told = each.filter(({ until }) => until === undefined).map(({ agent }) => agent);
  const held = each.flatMap(({ agent, until }) => (until === undefined ? [] : [{ agent, until }]));
  const within = rung.acknowledgeWithin?.[priority];
  const from = told.length > 0 ? now : (earliest(...held.map(({ until }) => until)) ?? now);
  return {
    told,
    ...(held.length === 0 ? {} : { held }),
    ...(within === undefined ? {} : { acknowledge: { from, within } }),
  };
};

const memberOf = (team: readonly AgentNow[], id: AgentId): AgentNow => {
  const agent = team.find((each) => each.id === id);
  if (agent === undefined) throw new Error(`The policy names ${id}, who is not in the team.`);
  return agent;
};

/** A warning to more feels meant for nobody, and all mails of a change have to fit into one transaction. */
const MOST_OF_A_GROUP = 10;

/** Whoever of a group is there, those with the least to do first; when nobody is, its lead, so that somebody hears of it. */
export const groupNow = (group: Group, team: readonly AgentNow[]): AgentId[] => {
  const there = team
    .filter(({ present, groups }) => present && groups.includes(group.id))
    .toSorted((a, b) => a.load - b.load || (a.id < b.id ? -1 : 1))
    .slice(0, MOST_OF_A_GROUP)
    .map(({ id }) => id);
  return there.length > 0 ? there : [group.lead];
};
