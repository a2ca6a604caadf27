import type { Context } from '../../context.ts';
import type { Ledger } from '../../ports.ts';
import { type Decision, decided, refused } from '../../support/decision.ts';
import type { Change } from '../change.ts';
import type { Actor } from '../event.ts';
import type { Priority } from '../ticket.ts';
import { makeChange } from './make-change.ts';
import { allowed, type Refusal } from './refusal.ts';

export interface ReprioritiseInput {
  priority: Priority;
  by: Actor;
  /** In the agent's words, for the timeline. */
  reason?: string;
}

/**
 * A person gives the ticket another priority. Every promise that is not decided yet gets the target of the new one, from
 * the same start and with the same pauses; from now on no rule changes the priority.
 */
export const reprioritise = (
  ledger: Ledger,
  { priority, by, reason }: ReprioritiseInput,
  ctx: Context,
): Decision<Change, Refusal> => {
  const may = allowed(ledger, 'sort');
  if (!may.ok) return may;
  const { ticket } = may;
  if (ticket.priority === priority) return refused('already-there', `Ticket ${ticket.id} is ${priority}.`);
  const note = {
    type: 'reprioritised' as const,
    by,
    reason: reason ?? `From ${ticket.priority} to ${priority} by hand.`,
    priority,
    from: ticket.priority,
  };
  return decided(makeChange(ledger, { ...ticket, priority }, [note], ctx));
};

/** What an agent set, no rule changes. */
export const isSetByAgent = ({ events }: Ledger, type: 'reprioritised' | 'recategorised'): boolean =>
  events.some((event) => event.type === type && event.by.startsWith('agent:'));
