import agents from '#desk/team.json' with { type: 'json' };
import { customersIn } from '../../adapters/dynamo/customers.ts';
import { suppressionsIn } from '../../adapters/dynamo/suppressions.ts';
import { deskTable } from '../../adapters/dynamo/table.ts';
import { teamIn } from '../../adapters/dynamo/team.ts';
import { textOptOutsIn } from '../../adapters/dynamo/text-opt-outs.ts';
import { ticketsIn } from '../../adapters/dynamo/tickets.ts';
import type { OwedMail } from '../../domain/mail/owed.ts';
import type { MailLocale } from '../../domain/mail/voice.ts';
import type { Customers, Suppressions, Team, TextOptOuts, Tickets } from '../../domain/ports.ts';
import { apologiseAndAsk } from '../../domain/remediation/apologise.ts';
import { numberOf } from '../../domain/remediation/apology-way.ts';
import { renderText } from '../../domain/texts/render-text.ts';
import { lengthOf } from '../../domain/texts/segments.ts';
import type { Line } from '../../domain/ticket/change.ts';
import type { Ticket } from '../../domain/ticket/ticket.ts';
import type { TaskInput, TaskOutput } from '../../workflows/contracts.ts';
import { contextNow, houseRules, ledgerOf, type Rules } from '../_shared/desk.ts';
import { readEnv } from '../_shared/env.ts';
import { type Links, linksIn } from '../_shared/links/links.ts';
import { taskHandler } from '../_shared/middleware.ts';
import { remediationOf } from '../_shared/remediations.ts';
import { isSuppressed } from '../_shared/surveys.ts';
import { hostOf } from '../_shared/tickets/survivor.ts';
import { mailWords } from '../_shared/words/mail-words.ts';
import type { Words } from '../_shared/words/words.ts';
import { env } from './env.ts';

interface Deps extends Rules {
  tickets: Tickets;
  team: Team;
  customers: Pick<Customers, 'byIdentity'>;
  suppressions: Suppressions;
  textOptOuts: TextOptOuts;
  links: Links;
  words: Words<MailLocale>;
}

/** Writes to the unhappy customer, once: an apology, and the question what went wrong. */
export const build =
  (deps: Deps) =>
  async ({ ticketId, cycle }: TaskInput<'apologise-and-ask'>): Promise<TaskOutput<'apologise-and-ask'>> => {
    const ledger = await ledgerOf(deps.tickets, ticketId);
    const { ticket } = ledger;
    const ctx = contextNow(deps);
    const number = numberOf(ticket);
    const textsRefused = number !== undefined && (await deps.textOptOuts.has(number));
    const decision = apologiseAndAsk(
      ledger,
      {
        ...(await deps.links.letterhead(ticket, ctx.now)),
        remediation: await remediationOf(deps.tickets, ticketId, cycle),
        host: await hostOf(deps.tickets, ledger),
        unreachable: { suppressed: await isSuppressed(ticket, deps.suppressions), textsRefused },
        team: await deps.team.now(),
        segmentsOf: (text) => segmentsOf(text, deps.words),
        line: number === undefined || textsRefused ? undefined : await lineOf(number, ticket, deps),
      },
      ctx,
    );
    if (!decision.ok) return { outcome: decision.refusal };
    await deps.tickets.record(decision.value);
    return { outcome: decision.value.events.some(({ type }) => type === 'not-sent') ? 'no-address' : 'contacted' };
  };

const segmentsOf = (text: OwedMail, words: Words<MailLocale>): number =>
  lengthOf(renderText(text, words.in(text.locale), words.brand)).segments;

/** What this number texts from now on is said about the ticket. */
const lineOf = async (number: string, { id }: Ticket, deps: Deps): Promise<Line> => {
  const now = deps.clock.now();
  const { id: customerId } = await deps.customers.byIdentity(
    { kind: 'phone', value: number },
    {},
    now,
    deps.ids.ulid(),
  );
  const before = await deps.tickets.line(customerId);
  return { customerId, ticketId: id, ...(before !== undefined && { before }) };
};

export const handler = taskHandler('apologise-and-ask', () => {
  const given = readEnv(env);
  const table = deskTable(given.TABLE_NAME);
  return build({
    ...houseRules(),
    tickets: ticketsIn(table),
    team: teamIn(table, agents),
    customers: customersIn(table),
    suppressions: suppressionsIn(table),
    textOptOuts: textOptOutsIn(table),
    links: linksIn(given),
    words: mailWords,
  });
});
