import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { MINUTE, SECOND } from '../../domain/support/time.ts';
import type { Message } from '../../domain/ticket/message.ts';
import { notFound, ticketIdIn } from '../_shared/problem.ts';
import type { Deps } from './deps.ts';
import type { Who } from './who.ts';

/** Long enough for a browser to follow, short enough not to be passed on. */
const LINK_LASTS = 5 * MINUTE;

const sendTo =
  (keyOf: (message: Message) => string | undefined, saved: { type: string; ending: string }) =>
  async (event: APIGatewayProxyEventV2, _: Who, deps: Deps): Promise<APIGatewayProxyStructuredResultV2> => {
    const id = ticketIdIn(event);
    const messages = await deps.tickets.messages(id);
    const message = messages.find((each) => each.id === event.pathParameters?.message);
    const key = message && keyOf(message);
    if (!message || key === undefined) throw notFound();
    const disposition = `attachment; filename="${id}-${message.id}.${saved.ending}"`;
    const location = await deps.downloads.link(key, { type: saved.type, disposition }, LINK_LASTS / SECOND);
    return {
      statusCode: 302,
      headers: { location, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' },
      body: '',
    };
  };

/** The mail as it came, as long as it is kept: nothing a person wrote is out of reach. Not masked. */
export const raw = sendTo(({ raw: key }) => key, { type: 'message/rfc822', ending: 'eml' });

/** The whole of a text that was too long to be shown. */
export const whole = sendTo(({ whole: key }) => key, { type: 'text/plain; charset=utf-8', ending: 'txt' });
