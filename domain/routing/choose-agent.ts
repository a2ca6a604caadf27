import type { AgentNow } from '../policy.ts';
import type { AgentId } from '../ticket/ticket.ts';

export interface Wanted {
  group: string;
  /** BCP 47: an agent who has the language goes before one who has not. */
  locale?: string;
  /** Category and product: an agent skilled in one goes before one who is not. */
  skills?: readonly string[];
  /** `first`: a senior or lead if one is free. `only`: nobody else. */
  seniors?: 'first' | 'only';
  /** Not these, e.g. the agent whose answer was rated badly. */
  except?: readonly AgentId[];
}

export const isSenior = ({ role }: AgentNow): boolean => role !== 'agent';

/**
 * The least loaded of a group's agents who are present and have room. Seniority, language and skill narrow the choice,
 * in this order, as long as somebody is left. Equal load: whose last work lies longest back, then by id. Undefined when
 * nobody can take it: never somebody absent or full (FIELD.md pitfall 25).
 */
export const chooseAgent = (team: readonly AgentNow[], wanted: Wanted): AgentNow | undefined => {
  const { group, locale, skills = [], seniors, except = [] } = wanted;
  let free = team.filter(
    (agent) =>
      agent.present && agent.groups.includes(group) && agent.load < agent.capacity && !except.includes(agent.id),
  );
  if (seniors === 'only') free = free.filter(isSenior);
  if (seniors === 'first') free = preferring(free, isSenior);
  if (locale !== undefined)
    free = preferring(free, ({ languages }) => languages.some((each) => language(each) === language(locale)));
  free = preferring(free, (agent) => agent.skills.some((skill) => skills.includes(skill)));
  return free.toSorted(byLoad)[0];
};

const preferring = (agents: AgentNow[], wish: (agent: AgentNow) => boolean): AgentNow[] => {
  const wished = agents.filter(wish);
  return wished.length > 0 ? wished : agents;
};

const language = (tag: string): string => tag.toLowerCase().split('-')[0] ?? tag;

const byLoad = (a: AgentNow, b: AgentNow): number =>
  a.load - b.load || text(a.lastAssignedAt ?? '', b.lastAssignedAt ?? '') || text(a.id, b.id);

const text = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
