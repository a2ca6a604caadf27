import categories from '#desk/categories.json' with { type: 'json' };
import agents from '#desk/team.json' with { type: 'json' };
import { deskTable } from '../../adapters/dynamo/table.ts';
import { teamIn } from '../../adapters/dynamo/team.ts';
import { ticketsIn } from '../../adapters/dynamo/tickets.ts';
import type { Category } from '../../domain/policy.ts';
import type { Team, Tickets } from '../../domain/ports.ts';
import { triageTicket } from '../../domain/ticket/acts/triage-ticket.ts';
import { owedOn } from '../../domain/ticket/wait.ts';
import type { TaskInput, TaskOutput } from '../../workflows/contracts.ts';
import { inConversationOrder } from '../_shared/conversation.ts';
import { contextNow, houseRules, ledgerOf, type Rules } from '../_shared/desk.ts';
import { readEnv } from '../_shared/env.ts';
import { taskHandler } from '../_shared/middleware.ts';
import { env } from './env.ts';

interface Deps extends Rules {
  tickets: Tickets;
  team: Team;
  categories: Category[];
}

/** Decides category, priority, group and agent of a new ticket; asked again, it says where the ticket stands. */
export const build =
  (deps: Deps) =>
  async ({ ticketId }: TaskInput<'triage-ticket'>): Promise<TaskOutput<'triage-ticket'>> => {
    const ledger = await ledgerOf(deps.tickets, ticketId);
    const [first] = inConversationOrder(await deps.tickets.messages(ticketId), ledger.events);
    const ctx = contextNow(deps);
    const input = { text: first?.text ?? '', categories: deps.categories, team: await deps.team.now() };
    const decision = triageTicket(ledger, input, ctx);
    if (decision.ok) await deps.tickets.record(decision.value);
    const ticket = decision.ok ? decision.value.after : ledger.ticket;
    return {
      outcome: decision.ok ? 'triaged' : 'already-triaged',
      cycle: ticket.cycle,
      owed: owedOn(ticket),
      lookAgainAt: ticket.lookAgainAt ?? ctx.now,
    };
  };

export const handler = taskHandler('triage-ticket', () => {
  const table = deskTable(readEnv(env).TABLE_NAME);
  return build({ ...houseRules(), tickets: ticketsIn(table), team: teamIn(table, agents), categories });
});
