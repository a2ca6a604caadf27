import { deskTable } from '../../adapters/dynamo/table.ts';
import { ticketsIn } from '../../adapters/dynamo/tickets.ts';
import type { Tickets } from '../../domain/ports.ts';
import { recordOutcome } from '../../domain/remediation/record-outcome.ts';
import type { TaskInput, TaskOutput } from '../../workflows/contracts.ts';
import { contextNow, houseRules, ledgerOf, type Rules } from '../_shared/desk.ts';
import { readEnv } from '../_shared/env.ts';
import { taskHandler } from '../_shared/middleware.ts';
import { remediationOf } from '../_shared/remediations.ts';
import { hostOf } from '../_shared/tickets/survivor.ts';
import { env } from './env.ts';

interface Deps extends Rules {
  tickets: Tickets;
}

/** Ends a remediation with its outcome; what was recorded first stands. */
export const build =
  (deps: Deps) =>
  async ({ ticketId, cycle, outcome }: TaskInput<'record-outcome'>): Promise<TaskOutput<'record-outcome'>> => {
    const ledger = await ledgerOf(deps.tickets, ticketId);
    const remediation = await remediationOf(deps.tickets, ticketId, cycle);
    const host = await hostOf(deps.tickets, ledger);
    const decision = recordOutcome(ledger, { remediation, outcome, host }, contextNow(deps));
    if (!decision.ok) return { outcome: remediation.outcome ?? outcome };
    await deps.tickets.record(decision.value);
    return { outcome };
  };

export const handler = taskHandler('record-outcome', () =>
  build({ ...houseRules(), tickets: ticketsIn(deskTable(readEnv(env).TABLE_NAME)) }),
);
