import { optOutsIn } from '../../adapters/dynamo/opt-outs.ts';
import { suppressionsIn } from '../../adapters/dynamo/suppressions.ts';
import { deskTable } from '../../adapters/dynamo/table.ts';
import { ticketsIn } from '../../adapters/dynamo/tickets.ts';
import type { OptOuts, Suppressions, Tickets } from '../../domain/ports.ts';
import { remindOnce } from '../../domain/survey/remind.ts';
import type { TaskInput, TaskOutput } from '../../workflows/contracts.ts';
import { contextNow, houseRules, ledgerOf, type Rules } from '../_shared/desk.ts';
import { readEnv } from '../_shared/env.ts';
import { type Links, linksIn } from '../_shared/links.ts';
import { taskHandler } from '../_shared/middleware.ts';
import { askable, surveyLinkEnds } from '../_shared/surveys.ts';
import { env } from './env.ts';

interface Deps extends Rules {
  tickets: Tickets;
  suppressions: Suppressions;
  optOuts: OptOuts;
  links: Links;
}

/** Reminds a customer of the survey, unless they answered, cannot be asked or came back meanwhile. */
export const build =
  (deps: Deps) =>
  async ({ ticketId, cycle }: TaskInput<'remind-once'>): Promise<TaskOutput<'remind-once'>> => {
    const ledger = await ledgerOf(deps.tickets, ticketId);
    const survey = await deps.tickets.survey(ticketId, cycle, 'csat');
    const ctx = contextNow(deps);
    const until = surveyLinkEnds(deps.policy, survey?.issuedAt ?? ctx.now);
    const decision = remindOnce(
      ledger,
      {
        survey,
        links: await deps.links.survey(ledger.ticket, cycle, 'csat', until, ctx.now),
        known: await askable(deps, ledger.ticket),
      },
      ctx,
    );
    if (!decision.ok) return { outcome: 'not-wanted' };
    await deps.tickets.record(decision.value);
    return { outcome: 'reminded' };
  };

export const handler = taskHandler('remind-once', () => {
  const given = readEnv(env);
  const table = deskTable(given.TABLE_NAME);
  return build({
    ...houseRules(),
    tickets: ticketsIn(table),
    suppressions: suppressionsIn(table),
    optOuts: optOutsIn(table),
    links: linksIn(given),
  });
});
