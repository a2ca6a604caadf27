import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import agents from '#desk/team.json' with { type: 'json' };
import { personsIn } from '../../adapters/dynamo/persons.ts';
import { deskTable } from '../../adapters/dynamo/table.ts';
import { ticketsIn } from '../../adapters/dynamo/tickets.ts';
import { type Downloads, downloadsIn } from '../../adapters/s3/downloads.ts';
import { type LinkKeys, linkKeysFrom } from '../../adapters/secrets/link-keys.ts';
import { systemClock } from '../../adapters/system-clock.ts';
import { isShownTo } from '../../domain/pages/audience.ts';
import type { Agent } from '../../domain/policy.ts';
import type { Clock, Persons, Tickets } from '../../domain/ports.ts';
import { MINUTE, SECOND } from '../../domain/support/time.ts';
import type { Message } from '../../domain/ticket/message.ts';
import { readEnv } from '../_shared/env.ts';
import { pageHandler } from '../_shared/http/page-handler.ts';
import { ticketOfLink } from '../_shared/links/ticket-link.ts';
import { notFound, ticketIdIn } from '../_shared/problem.ts';
import { whoAsks } from '../_shared/who.ts';
import { pageWords } from '../_shared/words/page-words.ts';
import { env } from './env.ts';
import { fileMeant } from './file-meant.ts';

interface Deps {
  tickets: Tickets;
  persons: Pick<Persons, 'person'>;
  downloads: Downloads;
  keys: () => Promise<LinkKeys>;
  agents: readonly Agent[];
  clock: Clock;
}

/** Long enough for a browser to follow, short enough not to be passed on. */
const LINK_LASTS = 5 * MINUTE;

/** A file of a message, for the customer of the ticket or for the team: the browser is sent to where it is saved from. */
export const build =
  (deps: Deps) =>
  async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const forTeam = event.routeKey.startsWith('GET /desk/');
    const message = await (forTeam ? seenByTeam(event, deps) : seenByCustomer(event, deps));
    const file = message && fileMeant(message, event);
    if (!file) throw notFound();
    const { key, ...headers } = file;
    const location = await deps.downloads.link(key, headers, LINK_LASTS / SECOND);
    return {
      statusCode: 302,
      headers: { location, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' },
      body: '',
    };
  };

type Found = Promise<Message | undefined>;

const seenByTeam = async (event: APIGatewayProxyEventV2, { agents: team, tickets }: Deps): Found => {
  whoAsks(event, team);
  const messages = await tickets.messages(ticketIdIn(event));
  return messages.find(({ id }) => id === event.pathParameters?.message);
};

/** Among the messages of all tickets that the link shows: what is not on its page has no files either. */
const seenByCustomer = async (event: APIGatewayProxyEventV2, deps: Deps): Found => {
  const { person, ledger, parts } = await ticketOfLink(event, deps);
  for (const { ticket } of [ledger, ...parts]) {
    const messages = await deps.tickets.messages(ticket.id);
    const found = messages.find(({ id }) => id === event.pathParameters?.message);
    if (found) return isShownTo({ person, ticketOf: ticket.customer.id })(found) ? found : undefined;
  }
  return undefined;
};

const words = pageWords();

export const handler = pageHandler(words, () => {
  const given = readEnv(env);
  const table = deskTable(given.TABLE_NAME);
  return build({
    tickets: ticketsIn(table),
    persons: personsIn(table),
    downloads: downloadsIn(given.UPLOAD_BUCKET),
    keys: linkKeysFrom(given.LINK_SECRET_ARN),
    agents,
    clock: systemClock,
  });
});
