import { deskTable } from '../../adapters/dynamo/table.ts';
import { ticketsIn } from '../../adapters/dynamo/tickets.ts';
import type { Tickets } from '../../domain/ports.ts';
import { remindCustomer } from '../../domain/ticket/acts/remind-customer.ts';
import type { TaskInput, TaskOutput } from '../../workflows/contracts.ts';
import { houseRules, ledgerOf, type Rules } from '../_shared/desk.ts';
import { readEnv } from '../_shared/env.ts';
import { type Links, linksIn } from '../_shared/links/links.ts';
import { taskHandler } from '../_shared/middleware.ts';
import { contextOfTimer } from '../_shared/timer.ts';
import { env } from './env.ts';

interface Deps extends Rules {
  tickets: Tickets;
  links: Links;
}

/** Asks a silent customer once more, if they are silent still. */
export const build =
  (deps: Deps) =>
  async ({ ticketId, cycle, at }: TaskInput<'remind-customer'>): Promise<TaskOutput<'remind-customer'>> => {
    const ledger = await ledgerOf(deps.tickets, ticketId);
    const ctx = contextOfTimer(deps, ledger.ticket, at);
    if (ledger.ticket.cycle > cycle) return { outcome: 'not-silent', owed: 'nothing', lookAgainAt: ctx.now };
    const letterhead = await deps.links.letterhead(ledger.ticket, ctx.now);
    const { change, outcome, owed, lookAgainAt } = remindCustomer(ledger, letterhead, ctx);
    if (change) await deps.tickets.record(change);
    return { outcome, owed, lookAgainAt };
  };

export const handler = taskHandler('remind-customer', () => {
  const given = readEnv(env);
  return build({ ...houseRules(), tickets: ticketsIn(deskTable(given.TABLE_NAME)), links: linksIn(given) });
});
