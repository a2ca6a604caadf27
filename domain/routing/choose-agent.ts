import type { AgentNow } from '../policy.ts';
import type { AgentId } from '../ticket/ticket.ts';
import { draw } from './draw.ts';

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
  /**
   * Set when many choose at once: each draws one of the least loaded by this word, so that they do not all take the
   * same.
   */
  lot?: string;
}

/** Why somebody of the group was not chosen. */
export type WhyNot = 'away' | 'full' | 'excepted' | 'no-senior' | 'language' | 'skill' | 'busier' | 'later-turn';

/** Who was chosen from a group, and why each of the others was not. */
export interface Choice {
  agent?: AgentNow;
  others: Array<{ agent: AgentNow; why: WhyNot }>;
}

export const isSenior = ({ role }: AgentNow): boolean => role !== 'agent';

/**
 * The least loaded of a group's agents who are present and have room. Seniority, language and skill narrow the choice,
 * in this order, as long as somebody is left. Equal load: whose last work lies longest back, then by id. Nobody when
 * none can take it: never somebody absent or full.
 */
export const weighAgents = (team: readonly AgentNow[], wanted: Wanted): Choice => {
  const { locale, skills = [], seniors, except = [], lot } = wanted;
  const others: Choice['others'] = [];
  let left = team.filter(({ groups }) => groups.includes(wanted.group));
  const keep = (why: WhyNot, wish: (agent: AgentNow) => boolean): void => {
    others.push(...left.filter((agent) => !wish(agent)).map((agent) => ({ agent, why })));
    left = left.filter(wish);
  };
  const prefer = (why: WhyNot, wish: (agent: AgentNow) => boolean): void => {
    if (left.some(wish)) keep(why, wish);
  };
  keep('away', ({ present }) => present);
  keep('full', ({ load, capacity }) => load < capacity);
  keep('excepted', ({ id }) => !except.includes(id));
  if (seniors === 'only') keep('no-senior', isSenior);
  if (seniors === 'first') prefer('no-senior', isSenior);
  if (locale !== undefined)
    prefer('language', ({ languages }) => languages.some((each) => language(each) === language(locale)));
  prefer('skill', (agent) => agent.skills.some((skill) => skills.includes(skill)));
  const least = Math.min(...left.map(({ load }) => load));
  keep('busier', ({ load }) => load === least);
  const agent = lot === undefined ? left.toSorted(byTurn)[0] : draw(left.toSorted(byTurn), lot);
  keep('later-turn', ({ id }) => id === agent?.id);
  return { ...(agent === undefined ? {} : { agent }), others };
};

const language = (tag: string): string => tag.toLowerCase().split('-')[0] ?? tag;

const byTurn = (a: AgentNow, b: AgentNow): number =>
  text(a.lastAssignedAt ?? '', b.lastAssignedAt ?? '') || text(a.id, b.id);

const text = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
