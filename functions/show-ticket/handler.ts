import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { noteClickIn } from '../../adapters/dynamo/note-click.ts';
import { deskTable } from '../../adapters/dynamo/table.ts';
import { messagePage, NOTICES } from '../../domain/pages/ticket-page.ts';
import { isRateable } from '../../domain/ticket/acts/rate-reply.ts';
import { readEnv } from '../_shared/env.ts';
import { page, pageHandler } from '../_shared/http/page-handler.ts';
import { type NotingDeps, noteOpening } from '../_shared/links/note-opening.ts';
import {
  type LinkedTicket,
  type TicketLinkDeps,
  ticketLinkWith,
  ticketOfLink,
  ticketWords,
} from '../_shared/links/ticket-link.ts';
import { notFound } from '../_shared/problem.ts';
import { ticketAnswer, ticketShown } from '../_shared/ticket-page/ticket-shown.ts';
import { env } from './env.ts';
import { ticketJson, wantsJson } from './ticket-json.ts';

export interface Deps extends TicketLinkDeps, NotingDeps {}

/**
 * The customer's own ticket, for whoever holds its link. Nothing is rated here, whatever the link says: `?rate=` and `?r=`
 * only open a form with an answer chosen, since mail scanners open links before people do; that they were opened is noted
 * beside it.
 */
export const build =
  (deps: Deps) =>
  async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const linked = await ticketOfLink(event, deps);
    const { from, of, rate, r, sent, message, part } = event.queryStringParameters ?? {};
    const look = {
      from,
      containing: of,
      notice: NOTICES.find((notice) => notice === sent),
      rate: rate === undefined ? undefined : { message: rate, score: Number(r) },
    };
    const [shown] = await Promise.all([ticketShown(linked, look, deps), noteRating(event, linked, deps)]);
    if (wantsJson(event)) return ticketJson(shown.page, deps.scale);
    if (message === undefined) return ticketAnswer(shown.page, deps);
    const asked = shown.messages.find(({ id }) => id === message);
    if (!asked) throw notFound();
    return page(messagePage(shown.page, asked, Number.parseInt(part ?? '1', 10) || 1), deps.words);
  };

/** Only of replies that there are, so that whoever holds a link cannot note what they like. */
const noteRating = async (event: APIGatewayProxyEventV2, linked: LinkedTicket, deps: Deps): Promise<void> => {
  const message = event.queryStringParameters?.rate;
  const rated = [linked.ledger, ...linked.parts].find(({ events }) =>
    events.some((each) => isRateable(each) && each.message === message),
  );
  if (message === undefined || rated === undefined) return;
  await noteOpening(event, { ticketId: rated.ticket.id, message }, deps);
};

export const handler = pageHandler(ticketWords, () => {
  const given = readEnv(env);
  return build({ ...ticketLinkWith(given), noteClick: noteClickIn(deskTable(given.TABLE_NAME)) });
});
