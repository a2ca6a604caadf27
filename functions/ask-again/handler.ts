import { optOutsIn } from '../../adapters/dynamo/opt-outs.ts';
import { suppressionsIn } from '../../adapters/dynamo/suppressions.ts';
import { deskTable } from '../../adapters/dynamo/table.ts';
import { ticketsIn } from '../../adapters/dynamo/tickets.ts';
import type { OptOuts, Suppressions, Tickets } from '../../domain/ports.ts';
import { askAgain } from '../../domain/remediation/ask-again.ts';
import type { TaskInput, TaskOutput } from '../../workflows/contracts.ts';
import { contextNow, houseRules, ledgerOf, type Rules } from '../_shared/desk.ts';
import { readEnv } from '../_shared/env.ts';
import { type Links, linksIn } from '../_shared/links.ts';
import { taskHandler } from '../_shared/middleware.ts';
import { remediationOf } from '../_shared/remediations.ts';
import { askable, deskSurveys, type Surveys, surveyLinkEnds } from '../_shared/surveys.ts';
import { env } from './env.ts';

interface Deps extends Rules {
  tickets: Tickets;
  suppressions: Suppressions;
  optOuts: OptOuts;
  links: Links;
  surveys: Surveys;
}

/** Asks whether it was put right. Survey and token are about the cycle in which that was tried. */
export const build =
  (deps: Deps) =>
  async ({ ticketId, cycle, token }: TaskInput<'ask-again'>): Promise<TaskOutput<'ask-again'>> => {
    const ledger = await ledgerOf(deps.tickets, ticketId);
    const remediation = await remediationOf(deps.tickets, ticketId, cycle);
    const { recoveryCycle } = remediation;
    const ctx = contextNow(deps);
    const until = surveyLinkEnds(deps.policy, ctx.now);
    const change = askAgain(
      ledger,
      {
        remediation,
        definition: deps.surveys.of('follow-up'),
        links: await deps.links.survey(ledger.ticket, recoveryCycle, 'follow-up', until, ctx.now),
        known: await askable(deps, ledger.ticket),
        wait: { ticketId, machine: 'remediation', cycle: recoveryCycle, awaits: 'follow-up-rating', token },
        asked: await deps.tickets.survey(ticketId, recoveryCycle, 'follow-up'),
      },
      ctx,
    );
    await deps.tickets.record(change);
    return {};
  };

export const handler = taskHandler('ask-again', () => {
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
