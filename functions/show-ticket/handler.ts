import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import agents from '#desk/team.json' with { type: 'json' };
import { deskTable } from '../../adapters/dynamo/table.ts';
import { ticketsIn } from '../../adapters/dynamo/tickets.ts';
import { type LinkKeys, linkKeysFrom } from '../../adapters/secrets/link-keys.ts';
import { readCapability } from '../../domain/contact/capability.ts';
import { publicConversation } from '../../domain/pages/conversation.ts';
import { ticketPage } from '../../domain/pages/ticket-page.ts';
import type { Clock, Tickets } from '../../domain/ports.ts';
import { inConversationOrder } from '../_shared/conversation.ts';
import { houseRules } from '../_shared/desk.ts';
import { readEnv } from '../_shared/env.ts';
import { page, pageHandler } from '../_shared/page-handler.ts';
import { notFound } from '../_shared/problem.ts';
import { deskWords, type Words } from '../_shared/words.ts';
import { env } from './env.ts';

interface Deps {
  tickets: Tickets;
  keys: () => Promise<LinkKeys>;
  words: Words;
  /** Names by agent id. */
  agents: ReadonlyMap<string, string>;
  clock: Clock;
}

/** The customer's own ticket, for whoever holds its link. */
export const build =
  ({ tickets, keys, words, agents, clock }: Deps) =>
  async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const now = clock.now();
    const link = readCapability(event.pathParameters?.token ?? '', 'ticket', await keys(), now);
    if (!link.ok) throw notFound();
    const ledger = await tickets.ledger(link.value.subject);
    if (!ledger || ledger.ticket.customer.id !== link.value.recipient) throw notFound();
    const { ticket, events } = ledger;
    const messages = publicConversation(inConversationOrder(await tickets.messages(ticket.id), events), agents);
    const { locale, timeZone } = ticket.customer;
    const frame = { locale: words.in(locale), brand: words.brand, ...(timeZone !== undefined && { timeZone }) };
    return page(ticketPage({ ...frame, ticket, messages, now }), words);
  };

export const handler = pageHandler(deskWords(), () => {
  const given = readEnv(env);
  return build({
    tickets: ticketsIn(deskTable(given.TABLE_NAME)),
    keys: linkKeysFrom(given.LINK_SECRET_ARN),
    words: deskWords(),
    agents: new Map(agents.map(({ id, name }) => [id, name])),
    clock: houseRules().clock,
  });
});
