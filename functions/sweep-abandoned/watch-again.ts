import type { Machines } from '../../adapters/stepfunctions/machines.ts';
import type { Queues, Tickets } from '../../domain/ports.ts';
import { abandonedBy } from '../../domain/ticket/abandoned.ts';
import { askAHuman } from '../../domain/ticket/acts/ask-a-human.ts';
import { machines as contracts, executionName } from '../../workflows/contracts.ts';
import { contextNow, ledgerOf, type Rules } from '../_shared/desk.ts';
import { watchOf } from '../_shared/executions.ts';
import { type Count, logger } from '../_shared/telemetry.ts';

export interface Deps extends Rules {
  tickets: Tickets;
  queues: Queues;
  machines: Machines;
  intake: string;
  escalation: string;
  count: Count;
}

/** An escalation that broke so often in one cycle will not do better the next time. */
const MOST_BROKEN = 5;

/**
 * Starts the escalation of a cycle again, under the first name that is free: names stay taken for 90 days. One that still
 * runs is only slow and left alone. Answers how many it started.
 */
export const watchAgain = async (ticketId: string, deps: Deps): Promise<number> => {
  const { machines, escalation, clock, count } = deps;
  // The index that found the ticket lags behind it.
  const ticket = await deps.tickets.ticket(ticketId);
  if (!ticket || abandonedBy(ticket, clock.now()) !== 'escalation') return 0;
  const { cycle, lookAgainAt } = ticket;
  const watch = await watchOf(ticket, deps);
  if (watch.kind === 'watched') {
    logger.warn('An escalation is late and still runs.', { ticketId });
    return 0;
  }
  const { nth, broken } = watch;
  if (broken >= MOST_BROKEN) {
    const stopped = { machine: 'escalation', error: 'EscalationKeepsEnding' };
    await deps.tickets.record(askAHuman(await ledgerOf(deps.tickets, ticketId), stopped, contextNow(deps)));
    logger.error('An escalation ended again and again: the ticket is marked for a person.', { ticketId });
    return 0;
  }
  const name = executionName('escalation', ticketId, cycle, nth);
  await machines.start(escalation, name, contracts.escalation.parse({ ticketId, cycle, nth, lookAgainAt }));
  logger.warn('An abandoned escalation was started again.', { ticketId });
  count('EscalationsStartedAgain');
  return 1;
};
