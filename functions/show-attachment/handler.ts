import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import agents from '#desk/team.json' with { type: 'json' };
import { deskTable } from '../../adapters/dynamo/table.ts';
import { ticketsIn } from '../../adapters/dynamo/tickets.ts';
import { type Downloads, downloadsIn } from '../../adapters/s3/downloads.ts';
import { type LinkKeys, linkKeysFrom } from '../../adapters/secrets/link-keys.ts';
import { systemClock } from '../../adapters/system-clock.ts';
import { readCapability } from '../../domain/contact/capability.ts';
import type { Agent } from '../../domain/policy.ts';
import type { Clock, Tickets } from '../../domain/ports.ts';
import { MINUTE, SECOND } from '../../domain/support/time.ts';
import type { Message } from '../../domain/ticket/message.ts';
import { readEnv } from '../_shared/env.ts';
import { pageHandler } from '../_shared/page-handler.ts';
import { notFound, ticketIdIn } from '../_shared/problem.ts';
import { deskWords } from '../_shared/words.ts';
import { whoAsks } from '../desk-api/who.ts';
import { env } from './env.ts';
import { fileMeant } from './file-meant.ts';

interface Deps {
  tickets: Pick<Tickets, 'ticket' | 'messages'>;
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
    const id = event.pathParameters?.message;
    const forTeam = event.routeKey.startsWith('GET /desk/');
    const ticketId = forTeam ? ticketOfTeam(event, deps) : await ticketOfCustomer(event, deps);
    const messages = await deps.tickets.messages(ticketId);
    const message = messages.find((each) => each.id === id);
    const file = message && fileMeant(message, event);
    if (!message || !file || !(forTeam || isPublic(message))) throw notFound();
    const { key, ...headers } = file;
    const location = await deps.downloads.link(key, headers, LINK_LASTS / SECOND);
    return {
      statusCode: 302,
      headers: { location, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' },
      body: '',
    };
  };

/** Notes of the team and mail that nobody has accepted are not the customer's. */
const isPublic = ({ direction, quarantined }: Message): boolean => direction !== 'note' && quarantined === undefined;

const ticketOfTeam = (event: APIGatewayProxyEventV2, { agents: team }: Deps): string => {
  whoAsks(event, team);
  return ticketIdIn(event);
};

const ticketOfCustomer = async ({ pathParameters }: APIGatewayProxyEventV2, { keys, clock, tickets }: Deps) => {
  const link = readCapability(pathParameters?.token ?? '', 'ticket', await keys(), clock.now());
  const ticket = link.ok ? await tickets.ticket(link.value.subject) : undefined;
  if (!link.ok || ticket?.customer.id !== link.value.recipient) throw notFound();
  return ticket.id;
};

export const handler = pageHandler(deskWords(), () => {
  const given = readEnv(env);
  return build({
    tickets: ticketsIn(deskTable(given.TABLE_NAME)),
    downloads: downloadsIn(given.UPLOAD_BUCKET),
    keys: linkKeysFrom(given.LINK_SECRET_ARN),
    agents,
    clock: systemClock,
  });
});
