import agents from '#desk/team.json' with { type: 'json' };
import { deskTable } from '../../adapters/dynamo/table.ts';
import { teamIn } from '../../adapters/dynamo/team.ts';
import { ticketsIn } from '../../adapters/dynamo/tickets.ts';
import type { Team, Tickets } from '../../domain/ports.ts';
import { climb } from '../../domain/ticket/acts/climb.ts';
import type { TaskInput, TaskOutput } from '../../workflows/contracts.ts';
import { houseRules, ledgerOf, type Rules } from '../_shared/desk.ts';
import { readEnv } from '../_shared/env.ts';
import { type Links, linksIn } from '../_shared/links/links.ts';
import { taskHandler } from '../_shared/middleware.ts';
import { contextOfTimer } from '../_shared/timer.ts';
import { env } from './env.ts';

interface Deps extends Rules {
  tickets: Tickets;
  team: Team;
  links: Pick<Links, 'notices' | 'letterhead'>;
}

/** A timer of the escalation ran out: warns, moves or calls, if that is still due. */
export const build =
  (deps: Deps) =>
  async ({ ticketId, cycle, at }: TaskInput<'climb-the-ladder'>): Promise<TaskOutput<'climb-the-ladder'>> => {
    const ledger = await ledgerOf(deps.tickets, ticketId);
    const ctx = contextOfTimer(deps, ledger.ticket, at);
    if (ledger.ticket.cycle > cycle) return { outcome: 'nothing-owed', owed: 'nothing', lookAgainAt: ctx.now };
    const [team, link, letterhead] = await Promise.all([
      deps.team.now(),
      deps.links.notices(ticketId, cycle, ctx.now),
      deps.links.letterhead(ledger.ticket, ctx.now),
    ]);
    const { change, outcome, owed, lookAgainAt } = climb(ledger, { team, link, letterhead }, ctx);
    if (change) await deps.tickets.record(change);
    return { outcome, owed, lookAgainAt };
  };

export const handler = taskHandler('climb-the-ladder', () => {
  const given = readEnv(env);
  const table = deskTable(given.TABLE_NAME);
  return build({
    ...houseRules(),
    tickets: ticketsIn(table),
    team: teamIn(table, agents),
    links: linksIn(given),
  });
});
