import {
  type Ask,
  type BudgetFacts,
  budgetFacts,
  type ContactSheet,
  freeAgainAt,
  mayAsk,
} from '../contact/governor.ts';
import type { Context } from '../context.ts';
import type { Change } from '../ticket/change.ts';
import type { WhyNot } from './why-not.ts';

export type Governed =
  | { ask: true; contacts: NonNullable<Change['contacts']>; budget: BudgetFacts }
  | { ask: false; why: WhyNot; budget: BudgetFacts };

/** Whether the person has room for this ask, with what was weighed; the sheet is stored with what is asked. */
export const governed = (before: ContactSheet, ask: Pick<Ask, 'key' | 'kind'>, { now, policy }: Context): Governed => {
  const may = mayAsk(before, ask, now, policy);
  const budget = budgetFacts(before, ask.kind, now, policy);
  if (may.ask) return { ask: true, contacts: { before, after: may.after }, budget };
  const freeFrom = freeAgainAt(before, ask.kind, now, policy);
  return { ask: false, why: may.why, budget: { ...budget, ...(freeFrom !== undefined && { freeFrom }) } };
};
