import brand from '#desk/brand.json' with { type: 'json' };
import categories from '#desk/categories.json' with { type: 'json' };
import agents from '#desk/team.json' with { type: 'json' };
import { modelOnBedrock } from '../../adapters/bedrock/ask-model.ts';
import { modelsIn } from '../../adapters/dynamo/models.ts';
import { outagesIn } from '../../adapters/dynamo/outages.ts';
import { deskTable } from '../../adapters/dynamo/table.ts';
import { teamIn } from '../../adapters/dynamo/team.ts';
import { ticketsIn } from '../../adapters/dynamo/tickets.ts';
import type { Outages, Team, Tickets } from '../../domain/ports.ts';
import { HOUR, millis } from '../../domain/support/time.ts';
import { triageTicket } from '../../domain/ticket/acts/triage-ticket.ts';
import type { Ticket } from '../../domain/ticket/ticket.ts';
import { owedOn } from '../../domain/ticket/wait.ts';
import { categorise } from '../../domain/triage/categorise.ts';
import type { TaskInput, TaskOutput } from '../../workflows/contracts.ts';
import { contextNow, houseRules, ledgerOf, type Rules } from '../_shared/desk.ts';
import { readEnv } from '../_shared/env.ts';
import { inTurn } from '../_shared/in-turn.ts';
import { keptFor } from '../_shared/kept-for.ts';
import { taskHandler } from '../_shared/middleware.ts';
import { inConversationOrder } from '../_shared/tickets/conversation.ts';
import { env } from './env.ts';
import { type OpinionDeps, opinionsOn } from './opinions.ts';

interface Deps extends Rules, OpinionDeps {
  tickets: Tickets;
  team: Team;
  outages: Pick<Outages, 'watchOn'>;
  /** Of brand.yaml. */
  languages: readonly string[];
}

/** Decides category, priority, language, group and agent of a new ticket; asked again, it says where the ticket stands. */
export const build =
  (deps: Deps) =>
  async ({ ticketId }: TaskInput<'triage-ticket'>): Promise<TaskOutput<'triage-ticket'>> => {
    const read = await readingOf(ticketId, deps);
    return inTurn(async (lot) => {
      const ledger = await ledgerOf(deps.tickets, ticketId);
      const ctx = contextNow(deps);
      const { categories, languages } = deps;
      const input = { ...read, categories, languages, team: await deps.team.now(), lot };
      const decision = triageTicket(ledger, input, ctx);
      if (decision.ok) await deps.tickets.record(decision.value);
      return answer(
        decision.ok ? 'triaged' : 'already-triaged',
        decision.ok ? decision.value.after : ledger.ticket,
        ctx.now,
      );
    }, ticketId);
  };

/** What is decided on and stays the same however often it is decided: the text, opinions on it, and its category's outage. */
const readingOf = async (ticketId: string, deps: Deps) => {
  const { ticket, events } = await ledgerOf(deps.tickets, ticketId);
  if (ticket.status !== 'new') return { text: '' };
  const messages = inConversationOrder(await deps.tickets.messages(ticketId), events);
  // Of a chat, all that the customer said: a bot's greeting tells nothing of the matter, and nor does a lone "hello".
  const text = messages
    .flatMap(({ direction, quarantined, text: said }) => (direction === 'in' && !quarantined ? [said] : []))
    .join('\n');
  const words = `${ticket.subject}\n${text}`;
  const opinions = await opinionsOn(ticket.report.category, words, deps);
  const { category } = categorise(ticket.report.category, words, deps.categories, opinions);
  const watch = await deps.outages.watchOn(category.id);
  return { text, opinions, outage: watch?.outage };
};

const answer = (outcome: 'triaged' | 'already-triaged', ticket: Ticket, now: string): TaskOutput<'triage-ticket'> => ({
  outcome,
  cycle: ticket.cycle,
  owed: owedOn(ticket),
  lookAgainAt: ticket.lookAgainAt ?? now,
});

export const handler = taskHandler('triage-ticket', () => {
  const table = deskTable(readEnv(env).TABLE_NAME);
  const rules = houseRules();
  const model = modelOnBedrock(rules.policy);
  const newest = keptFor(HOUR, () => millis(rules.clock.now()), modelsIn(table).newest);
  return build({
    ...rules,
    tickets: ticketsIn(table),
    team: teamIn(table, agents),
    outages: outagesIn(table),
    models: { newest },
    categories,
    languages: brand.languages,
    ...(model === undefined ? {} : { model }),
  });
});
