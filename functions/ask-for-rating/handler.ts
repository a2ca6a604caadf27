import { optOutsIn } from '../../adapters/dynamo/opt-outs.ts';
import { suppressionsIn } from '../../adapters/dynamo/suppressions.ts';
import { deskTable } from '../../adapters/dynamo/table.ts';
import { ticketsIn } from '../../adapters/dynamo/tickets.ts';
import type { OptOuts, Suppressions, Tickets } from '../../domain/ports.ts';
import { askForRating } from '../../domain/survey/ask.ts';
import type { TaskInput, TaskOutput } from '../../workflows/contracts.ts';
import { contextNow, houseRules, ledgerOf, type Rules } from '../_shared/desk.ts';
import { readEnv } from '../_shared/env.ts';
import { type Links, linksIn } from '../_shared/links.ts';
import { taskHandler } from '../_shared/middleware.ts';
import { askable, deskSurveys, type Surveys, surveyLinkEnds } from '../_shared/surveys.ts';
import { env } from './env.ts';

interface Deps extends Rules {
  tickets: Tickets;
  suppressions: Suppressions;
  optOuts: OptOuts;
  links: Links;
  surveys: Surveys;
}

/** Asks the customer of a resolved cycle, or records why not. The token is answered from the stream, also in that case. */
export const build =
  (deps: Deps) =>
  async ({ ticketId, cycle, token }: TaskInput<'ask-for-rating'>): Promise<TaskOutput<'ask-for-rating'>> => {
    const ledger = await ledgerOf(deps.tickets, ticketId);
    const ctx = contextNow(deps);
    const until = surveyLinkEnds(deps.policy, ctx.now);
    const change = askForRating(
      ledger,
      {
        cycle,
        definition: deps.surveys.of('csat'),
        links: await deps.links.survey(ledger.ticket, cycle, 'csat', until, ctx.now),
        known: await askable(deps, ledger.ticket),
        wait: { ticketId, machine: 'survey', cycle, awaits: 'rating', token },
        asked: await deps.tickets.survey(ticketId, cycle, 'csat'),
      },
      ctx,
    );
    await deps.tickets.record(change);
    return {};
  };

export const handler = taskHandler('ask-for-rating', () => {
  const given = readEnv(env);
  const table = deskTable(given.TABLE_NAME);
  return build({
    ...houseRules(),
    tickets: ticketsIn(table),
    suppressions: suppressionsIn(table),
    optOuts: optOutsIn(table),
    links: linksIn(given),
    surveys: deskSurveys(),
  });
});
