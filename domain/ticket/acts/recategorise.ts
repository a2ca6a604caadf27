import type { Context } from '../../context.ts';
import type { Category } from '../../policy.ts';
import type { Ledger } from '../../ports.ts';
import { type Decision, decided, refused } from '../../support/decision.ts';
import type { Change } from '../change.ts';
import type { Actor } from '../event.ts';
import { makeChange } from './make-change.ts';
import { allowed, type Refusal } from './refusal.ts';

export interface RecategoriseInput {
  category: string;
  by: Actor;
  categories: readonly Category[];
}

/**
 * A person says what the ticket is about. It stays with its group and its owner, who have it in hand; the classifier
 * learns from it.
 */
export const recategorise = (
  ledger: Ledger,
  { category, by, categories }: RecategoriseInput,
  ctx: Context,
): Decision<Change, Refusal> => {
  const may = allowed(ledger, 'sort');
  if (!may.ok) return may;
  const { ticket } = may;
  if (!categories.some(({ id }) => id === category))
    return refused('unknown-category', `The desk has no category ${category}.`);
  if (ticket.category === category) return refused('already-there', `Ticket ${ticket.id} is ${category}.`);
  const note = {
    type: 'recategorised' as const,
    by,
    reason: `From ${ticket.category} to ${category} by hand.`,
    category,
    from: ticket.category,
  };
  return decided(makeChange(ledger, { ...ticket, category }, [note], ctx));
};
