import agents from '#desk/team.json' with { type: 'json' };
import { suppressionsIn } from '../../adapters/dynamo/suppressions.ts';
import { deskTable } from '../../adapters/dynamo/table.ts';
import { teamIn } from '../../adapters/dynamo/team.ts';
import { ticketsIn } from '../../adapters/dynamo/tickets.ts';
import type { Suppressions, Team, Tickets } from '../../domain/ports.ts';
import { apologiseAndAsk } from '../../domain/remediation/apologise.ts';
import type { TaskInput, TaskOutput } from '../../workflows/contracts.ts';
import { contextNow, houseRules, ledgerOf, type Rules } from '../_shared/desk.ts';
import { readEnv } from '../_shared/env.ts';
import { type Links, linksIn } from '../_shared/links/links.ts';
import { taskHandler } from '../_shared/middleware.ts';
import { remediationOf } from '../_shared/remediations.ts';
import { isSuppressed } from '../_shared/surveys.ts';
import { env } from './env.ts';

interface Deps extends Rules {
  tickets: Tickets;
  team: Team;
  suppressions: Suppressions;
  links: Links;
}

/** Writes to the unhappy customer, once: an apology, and the question what went wrong. */
export const build =
  (deps: Deps) =>
  async ({ ticketId, cycle }: TaskInput<'apologise-and-ask'>): Promise<TaskOutput<'apologise-and-ask'>> => {
    const ledger = await ledgerOf(deps.tickets, ticketId);
    const ctx = contextNow(deps);
    const decision = apologiseAndAsk(
      ledger,
      {
        ...(await deps.links.letterhead(ledger.ticket, ctx.now)),
        remediation: await remediationOf(deps.tickets, ticketId, cycle),
        suppressed: await isSuppressed(ledger.ticket, deps.suppressions),
        team: await deps.team.now(),
      },
      ctx,
    );
    if (!decision.ok) return { outcome: decision.refusal };
    await deps.tickets.record(decision.value);
    return { outcome: decision.value.mails?.length === 0 ? 'no-address' : 'contacted' };
  };

export const handler = taskHandler('apologise-and-ask', () => {
  const given = readEnv(env);
  const table = deskTable(given.TABLE_NAME);
  return build({
    ...houseRules(),
    tickets: ticketsIn(table),
    team: teamIn(table, agents),
    suppressions: suppressionsIn(table),
    links: linksIn(given),
  });
});
