import type { Machines } from '../../adapters/stepfunctions/machines.ts';
import { durationMs } from '../../domain/clock/duration.ts';
import type { Tickets } from '../../domain/ports.ts';
import type { LowAnswer } from '../../domain/remediation/low-answer.ts';
import { SECOND } from '../../domain/support/time.ts';
import type { TicketEvent } from '../../domain/ticket/event.ts';
import type { Command } from '../../domain/ticket/reactions.ts';
import { machines as contracts, executionName } from '../../workflows/contracts.ts';
import type { Rules } from '../_shared/desk.ts';

export interface StartRemediationDeps extends Rules {
  tickets: Tickets;
  machines: Machines;
  arns: { remediation: string };
}

/** Low answers about one cycle of a ticket: its survey, each reply in it, feedback. More than this are not looked at. */
const MOST = 20;

/**
 * Starts the remediation of a low answer. Another low answer about the same cycle finds the name taken, and is looked at
 * under the next: it joins what is under way, or the lead is asked to call. One that is told on the timeline already starts
 * nothing, unless it was found good then and is low again.
 */
export const startRemediation = async (
  { do: _, ...input }: Extract<Command, { do: 'start-remediation' }>,
  { tickets, machines, arns, policy }: StartRemediationDeps,
): Promise<void> => {
  const { ticketId, cycle } = input;
  const answerWithinSeconds = durationMs(policy.remediation.answerWithin) / SECOND;
  const given = contracts.remediation.parse({ ...input, answerWithinSeconds });
  for (let nth = 1; nth <= MOST; nth += 1) {
    const name = executionName('remediation', ticketId, cycle, nth);
    if ((await machines.start(arns.remediation, name, given)) === 'started') return;
    const ledger = await tickets.ledger(ticketId);
    if (ledger === undefined || isTold(ledger.events, input)) return;
  }
};

const isTold = (events: readonly TicketEvent[], { about }: LowAnswer): boolean => {
  const told = events.findLast(
    (event) => (event.type === 'remediation-opened' || event.type === 'remediation-skipped') && event.about === about,
  );
  return told !== undefined && (told.type !== 'remediation-skipped' || told.why !== 'not-low-any-more');
};
