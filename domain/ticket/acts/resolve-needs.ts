import { maskSecrets } from '../../masking/mask-secrets.ts';
import type { Policy, ResolutionNote } from '../../policy.ts';
import { refused } from '../../support/decision.ts';
import type { AgentId, PlacedTicket, ResolutionNotes } from '../ticket.ts';
import type { Noted } from './make-change.ts';

export type ResolveNotes = ResolutionNotes;

/** What an agent has to note to resolve a ticket of this category. */
export const needsOf = (category: string, { resolveNeeds, resolveNeedsOf }: Policy): ResolutionNote[] =>
  Object.hasOwn(resolveNeedsOf, category) ? (resolveNeedsOf[category] ?? []) : resolveNeeds;

/** A refusal that names what the policy wants and the agent left out; undefined when nothing is missing. */
export const missingNeeds = (given: ResolveNotes, category: string, policy: Policy) => {
  const needs = needsOf(category, policy);
  const missing = needs.filter((need) => (given[need] ?? '').trim() === '');
  if (missing.length === 0) return undefined;
  return refused('needs-missing', `Resolving needs ${needs.join(', ')}; missing: ${missing.join(', ')}.`);
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

/** The ticket with what was noted; what nobody noted this time is not kept from the last. */
export const withNotes = (ticket: PlacedTicket, { cause, solution, check }: ResolveNotes): PlacedTicket => {
  const resolution: ResolutionNotes = {
    ...(cause === undefined ? {} : { cause: maskSecrets(cause).text }),
    ...(solution === undefined ? {} : { solution: maskSecrets(solution).text }),
    ...(check === undefined ? {} : { check: maskSecrets(check).text }),
  };
  const nothing = Object.keys(resolution).length === 0 && ticket.resolution === undefined;
  return nothing ? ticket : { ...ticket, resolution };
};
