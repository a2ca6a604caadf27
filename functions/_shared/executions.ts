import type { Machines } from '../../adapters/stepfunctions/machines.ts';
import type { Tickets } from '../../domain/ports.ts';
import type { Ticket } from '../../domain/ticket/ticket.ts';
import { executionName } from '../../workflows/contracts.ts';

/**
 * Whether an escalation watches a ticket's cycle; if none does, the number of the next one and how many have broken.
 */
export type Watch = { kind: 'watched' } | { kind: 'unwatched'; nth: number; broken: number };

/**
 * Looks for a running escalation of a ticket's cycle, beginning with the one that stored its token last: those before
 * it have ended, and AWS forgets them after 90 days. They follow one another, so that the first unknown name is the
 * next one to take.
 */
export const watchOf = async (
  { id, cycle }: Ticket,
  { tickets, machines, escalation }: { tickets: Pick<Tickets, 'wait'>; machines: Machines; escalation: string },
): Promise<Watch> => {
  const wait = await tickets.wait(id, 'escalation');
  let broken = 0;
  for (let nth = wait?.cycle === cycle ? (wait.nth ?? 1) : 1; ; nth += 1) {
    const state = await machines.stateOf(escalation, executionName('escalation', id, cycle, nth));
    if (state === 'running') return { kind: 'watched' };
    if (state === 'unknown') return { kind: 'unwatched', nth, broken };
    if (state === 'broken') broken += 1;
  }
};
