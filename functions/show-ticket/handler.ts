import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { messagePage, NOTICES } from '../../domain/pages/ticket-page.ts';
import { readEnv } from '../_shared/env.ts';
import { page, pageHandler } from '../_shared/http/page-handler.ts';
import { type TicketLinkDeps, ticketLinkWith, ticketOfLink, ticketWords } from '../_shared/links/ticket-link.ts';
import { notFound } from '../_shared/problem.ts';
import { ticketAnswer, ticketShown } from '../_shared/ticket-page/ticket-shown.ts';
import { env } from './env.ts';
import { ticketJson, wantsJson } from './ticket-json.ts';

/**
 * The customer's own ticket, for whoever holds its link. Nothing is recorded here, whatever the link says: `?rate=` and
 * `?r=` only open a form with an answer chosen, since mail scanners open links before people do.
 */
export const build =
  (deps: TicketLinkDeps) =>
  async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const linked = await ticketOfLink(event, deps);
    const { from, of, rate, r, sent, message, part } = event.queryStringParameters ?? {};
    const look = {
      from,
      containing: of,
      notice: NOTICES.find((notice) => notice === sent),
      rate: rate === undefined ? undefined : { message: rate, score: Number(r) },
    };
    const shown = await ticketShown(linked, look, deps);
    if (wantsJson(event)) return ticketJson(shown.page, deps.scale);
    if (message === undefined) return ticketAnswer(shown.page, deps);
    const asked = shown.messages.find(({ id }) => id === message);
    if (!asked) throw notFound();
    return page(messagePage(shown.page, asked, Number.parseInt(part ?? '1', 10) || 1), deps.words);
  };

export const handler = pageHandler(ticketWords, () => build(ticketLinkWith(readEnv(env))));
