import type { Context } from '../../context.ts';
import type { Ledger } from '../../ports.ts';
import { type Decision, decided, refused } from '../../support/decision.ts';
import type { Change } from '../change.ts';
import type { TicketEvent } from '../event.ts';
import type { AgentId } from '../ticket.ts';
import { makeChange } from './make-change.ts';
import type { Refusal } from './refusal.ts';

/**
 * "I have seen it": once per rung, by whoever is told first. It stands on the timeline and stops nothing; the ladder
 * rests only when the promise is kept. Refused when no escalation of this cycle waits for it.
 */
export const acknowledgeEscalation = (
  ledger: Ledger,
  { agent }: { agent: AgentId },
  ctx: Context,
): Decision<Change, Refusal> => {
  const { ticket, events } = ledger;
  if (!waits(events, ticket.cycle))
    return refused('nothing-to-acknowledge', `No escalation of ${ticket.id} waits to be acknowledged.`);
  const acknowledged = {
    type: 'escalation-acknowledged' as const,
    by: `agent:${agent}` as const,
    reason: 'Seen and taken on.',
    agent,
  };
  return decided(makeChange(ledger, ticket, [acknowledged], ctx));
};

const waits = (events: readonly TicketEvent[], cycle: number): boolean => {
  const mine = events.filter((event) => event.cycle === cycle);
  const rung = mine.findLast(({ type }) => type === 'warned' || type === 'escalated');
  const seen = mine.findLast(({ type }) => type === 'escalation-acknowledged');
  return rung !== undefined && (seen === undefined || rung.version > seen.version);
};
