import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { readEnv } from '../_shared/env.ts';
import { json } from '../_shared/http/json-response.ts';
import { pageHandler } from '../_shared/http/page-handler.ts';
import { ticketOfLink, ticketWords } from '../_shared/links/ticket-link.ts';
import { notTaken } from '../_shared/ticket-page/not-taken.ts';
import { readAnswer, wrongWith } from '../_shared/ticket-page/read-answer.ts';
import { seeTicket } from '../_shared/ticket-page/see-ticket.ts';
import { type AnswerDeps, answerDepsWith, type Told, takeAnswer } from '../_shared/ticket-page/take-answer.ts';
import { env } from './env.ts';

/** A message that the customer writes on the page of their ticket, by its form or as JSON. */
export const build =
  (deps: AnswerDeps) =>
  async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const linked = await ticketOfLink(event, deps);
    const posted = await readAnswer(event, 'body', deps);
    const error = wrongWith(posted, true);
    if (error) return notTaken(event, linked, { posted, field: 'body', error }, deps);
    const told = await takeAnswer(event, linked, posted, deps);
    const link = await linkTo(linked.path, told, deps);
    if (!posted.form) return json({ ...answerOf(told), links: { ticket: link } }, 201);
    return seeTicket(link, { sent: told.followUpOf === undefined ? 'message' : 'follow-up' }, deps.words);
  };

/** The page the message is on: the one it was posted to, or that of the linked ticket it became. */
const linkTo = async (path: string, { ticketId, customerId, at, followUpOf }: Told, { links }: AnswerDeps) =>
  followUpOf === undefined
    ? path
    : new URL(await links.ticket({ id: ticketId, customer: { id: customerId } }, at)).pathname;

const answerOf = ({ ticketId, status, at, messageId, followUpOf }: Told) => ({
  ticket: { id: ticketId, status, ...(followUpOf !== undefined && { followUpOf }) },
  ...(messageId !== undefined && { message: { id: messageId, at } }),
});

export const handler = pageHandler(ticketWords, () => build(answerDepsWith(readEnv(env))));
