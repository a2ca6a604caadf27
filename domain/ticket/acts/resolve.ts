import type { Context } from '../../context.ts';
import type { Ledger } from '../../ports.ts';
import { isOwedAnAnswer } from '../../remediation/marks.ts';
import { type Decision, decided, refused } from '../../support/decision.ts';
import { asResolved } from '../as-status.ts';
import type { Change } from '../change.ts';
import type { AgentId } from '../ticket.ts';
import { makeChange } from './make-change.ts';
import { allowed, type Refusal } from './refusal.ts';
import { missingNeeds, type ResolveNotes, resolvedNote, withNotes } from './resolve-needs.ts';

export interface ResolveInput extends ResolveNotes {
  agent: AgentId;
}

/** The problem is solved: every promise of the cycle ends here. The policy may ask for cause, solution and check. */
export const resolve = (ledger: Ledger, input: ResolveInput, ctx: Context): Decision<Change, Refusal> => {
  const may = allowed(ledger, 'resolve');
  if (!may.ok) return may;
  if (isOwedAnAnswer(may.ticket))
    return refused(
      'answer-first',
      `An unhappy customer waits on ticket ${may.ticket.id}: a person has to answer them before it is resolved.`,
    );
  const missing = missingNeeds(input, may.ticket.category, ctx.policy);
  if (missing !== undefined) return missing;
  return decided(makeChange(ledger, asResolved(withNotes(may.ticket, input), ctx.now), [resolvedNote(input)], ctx));
};
