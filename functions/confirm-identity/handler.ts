import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import identityWords from '#desk/words/identity.json' with { type: 'json' };
import { customersIn } from '../../adapters/dynamo/customers.ts';
import { outboxIn } from '../../adapters/dynamo/outbox.ts';
import { personsIn } from '../../adapters/dynamo/persons.ts';
import { deskTable } from '../../adapters/dynamo/table.ts';
import { ticketsIn } from '../../adapters/dynamo/tickets.ts';
import { linkKeysFrom } from '../../adapters/secrets/link-keys.ts';
import { askWhoseItIs, claimKey } from '../../domain/identity/claim.ts';
import { homeOf } from '../../domain/identity/identity.ts';
import { tellLinked } from '../../domain/identity/linked.ts';
import { BOTH_MINE } from '../../domain/pages/identity-page.ts';
import type { Customers, Outbox, Persons, Tickets } from '../../domain/ports.ts';
import { makeChange } from '../../domain/ticket/acts/make-change.ts';
import { contextNow, houseRules, ledgerOf, type Rules } from '../_shared/desk.ts';
import { readEnv } from '../_shared/env.ts';
import { pageHandler } from '../_shared/http/page-handler.ts';
import { requirePressed } from '../_shared/http/read-form.ts';
import { type ClaimDeps, claimOfLink, claimPage, type LinkedClaim } from '../_shared/links/claim-link.ts';
import { type Links, linksIn } from '../_shared/links/links.ts';
import { Problem } from '../_shared/problem.ts';
import { untilStored } from '../_shared/until-stored.ts';
import { pageWords } from '../_shared/words/page-words.ts';
import { env } from './env.ts';

interface Deps extends Rules, ClaimDeps {
  customers: Pick<Customers, 'find' | 'prove'>;
  persons: Persons;
  tickets: Tickets;
  outbox: Pick<Outbox, 'get'>;
  links: Links;
}

/** Whoever holds an identity says that the other one is theirs too. When both sides have said so, they are one. */
export const build =
  (deps: Deps) =>
  async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const linked = await claimOfLink(event, deps);
    requirePressed(event, BOTH_MINE);
    await deps.customers.prove(linked.asked.id, deps.clock.now());
    const state = await untilStored(() => (linked.claim.last ? link(linked, deps) : askTheOther(linked, deps)));
    return claimPage(event, linked, state, deps);
  };

const link = async ({ ticketId, asked, other }: LinkedClaim, deps: Deps): Promise<'linked'> => {
  const ctx = contextNow(deps);
  if ((await deps.persons.link(other.id, asked.id, ctx.now)) === 'too-many')
    throw new Problem(409, 'Nobody has that many addresses and numbers. Please write to us.');
  const ledger = await ledgerOf(deps.tickets, ticketId);
  const change = tellLinked(ledger, { customer: asked.id, other: other.id }, ctx);
  if (change) await deps.tickets.record(change);
  return 'linked';
};

/** The first side was not shown to be theirs by the channel: it is asked as well, and its answer is the last. */
const askTheOther = async ({ ticketId, claim, other, asked }: LinkedClaim, deps: Deps): Promise<'half' | 'linked'> => {
  const ctx = contextNow(deps);
  const person = await deps.persons.person(asked.id);
  if (person?.members.some(({ id }) => id === other.id)) return 'linked';
  const last = { ...claim, last: true };
  if (await deps.outbox.get(claimKey(last, other.id))) return 'half';
  const ledger = await ledgerOf(deps.tickets, ticketId);
  const url = await deps.links.claim(ticketId, last, other.id, ctx.now);
  const told = askWhoseItIs(
    {
      ticket: ledger.ticket,
      claim: last,
      asked: other,
      other: homeOf(asked),
      link: url,
      locale: ledger.ticket.customer.locale,
    },
    ctx,
  );
  if (told) await deps.tickets.record(makeChange(ledger, ledger.ticket, [told.note], ctx, { mails: [told.mail] }));
  return 'half';
};

const words = pageWords(identityWords);

export const handler = pageHandler(words, () => {
  const given = readEnv(env);
  const table = deskTable(given.TABLE_NAME);
  return build({
    ...houseRules(),
    customers: customersIn(table),
    persons: personsIn(table),
    tickets: ticketsIn(table),
    outbox: outboxIn(table),
    links: linksIn(given),
    keys: linkKeysFrom(given.LINK_SECRET_ARN),
    words,
  });
});
