import type { Policy } from '../../policy.ts';
import { refused } from '../../support/decision.ts';
import type { AgentId } from '../ticket.ts';
import type { Noted } from './make-change.ts';

/** What was wrong, what was done, and how it was checked. */
export interface ResolveNotes {
  cause?: string;
  solution?: string;
  check?: string;
}

/** A refusal that names what the policy wants and the agent left out; undefined when nothing is missing. */
export const missingNeeds = (given: ResolveNotes, { resolveNeeds }: Policy) => {
  const missing = resolveNeeds.filter((need) => (given[need] ?? '').trim() === '');
  if (missing.length === 0) return undefined;
  return refused('needs-missing', `Resolving needs ${resolveNeeds.join(', ')}; missing: ${missing.join(', ')}.`);
};

export const resolvedNote = ({ agent, cause, solution, check }: ResolveNotes & { agent: AgentId }): Noted => ({
  type: 'resolved',
  by: `agent:${agent}`,
  reason: 'The agent says it is solved.',
  agent,
  ...(cause === undefined ? {} : { cause }),
  ...(solution === undefined ? {} : { solution }),
  ...(check === undefined ? {} : { check }),
});
