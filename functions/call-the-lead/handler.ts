import agents from '#desk/team.json' with { type: 'json' };
import { deskTable } from '../../adapters/dynamo/table.ts';
import { teamIn } from '../../adapters/dynamo/team.ts';
import { ticketsIn } from '../../adapters/dynamo/tickets.ts';
import type { Team, Tickets } from '../../domain/ports.ts';
import { callTheLead } from '../../domain/remediation/call-the-lead.ts';
import type { TaskInput, TaskOutput } from '../../workflows/contracts.ts';
import { contextNow, houseRules, ledgerOf, type Rules } from '../_shared/desk.ts';
import { readEnv } from '../_shared/env.ts';
import { taskHandler } from '../_shared/middleware.ts';
import { remediationOf } from '../_shared/remediations.ts';
import { hostOf } from '../_shared/tickets/survivor.ts';
import { env } from './env.ts';

interface Deps extends Rules {
  tickets: Tickets;
  team: Team;
}

/** A recovery is overdue: calls the lead, then the manager, and gives up when everybody was called. */
export const build =
  (deps: Deps) =>
  async ({ ticketId, cycle }: TaskInput<'call-the-lead'>): Promise<TaskOutput<'call-the-lead'>> => {
    const ledger = await ledgerOf(deps.tickets, ticketId);
    const remediation = await remediationOf(deps.tickets, ticketId, cycle);
    const { outcome, lookAgainAt, change } = callTheLead(
      ledger,
      { remediation, host: await hostOf(deps.tickets, ledger), team: await deps.team.now() },
      contextNow(deps),
    );
    if (change) await deps.tickets.record(change);
    return { outcome, lookAgainAt };
  };

export const handler = taskHandler('call-the-lead', () => {
  const table = deskTable(readEnv(env).TABLE_NAME);
  return build({ ...houseRules(), tickets: ticketsIn(table), team: teamIn(table, agents) });
});
