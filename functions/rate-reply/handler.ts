import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Ledger } from '../../domain/ports.ts';
import { isRateable, type RateReplyInput, rateReply, ratingOpenUntil } from '../../domain/ticket/acts/rate-reply.ts';
import { contextNow } from '../_shared/desk.ts';
import { readEnv } from '../_shared/env.ts';
import { mediaTypeOf } from '../_shared/http/body.ts';
import { json } from '../_shared/http/json-response.ts';
import { pageHandler, wantsPage } from '../_shared/http/page-handler.ts';
import { readForm } from '../_shared/http/read-form.ts';
import { readJson } from '../_shared/http/read-json.ts';
import {
  type LinkedTicket,
  type TicketLinkDeps,
  ticketLinkWith,
  ticketOfLink,
  ticketWords,
} from '../_shared/links/ticket-link.ts';
import { Problem } from '../_shared/problem.ts';
import { seeTicket } from '../_shared/ticket-page/see-ticket.ts';
import { type Look, ticketAnswer, ticketShown } from '../_shared/ticket-page/ticket-shown.ts';
import { untilStored } from '../_shared/until-stored.ts';
import { env } from './env.ts';
import { ratingBody } from './shape.ts';

interface Posted extends RateReplyInput {
  form: boolean;
}

/** The customer rates one reply, or changes that rating. Twins are one rating: the same score again changes nothing. */
export const build =
  (deps: TicketLinkDeps) =>
  async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> =>
    untilStored(async () => rate(event, await ticketOfLink(event, deps), readRating(event), deps));

const readRating = (event: APIGatewayProxyEventV2): Posted => {
  if (mediaTypeOf(event) !== 'application/x-www-form-urlencoded')
    return { form: false, ...readJson(event, ratingBody) };
  const { message = '', score = '' } = readForm(event);
  return { form: true, message, score: Number(score) };
};

const rate = async (
  event: APIGatewayProxyEventV2,
  linked: LinkedTicket,
  { form, message, score }: Posted,
  deps: TicketLinkDeps,
): Promise<APIGatewayProxyStructuredResultV2> => {
  const ctx = contextNow(deps);
  const decision = rateReply(ledgerOfReply(linked, message), { message, score }, deps.scale, ctx);
  if (!decision.ok) {
    const { refusal, detail } = decision;
    if (refusal === 'rating-final') {
      if (!wantsPage(event)) throw new Problem(409, detail);
      return again(linked, 409, { containing: message, notice: 'rating-final' }, deps);
    }
    if (refusal === 'unknown-score' && wantsPage(event))
      return again(linked, 422, { rate: { message, wrong: true } }, deps);
    const path = refusal === 'unknown-score' ? 'score' : 'message';
    throw new Problem(422, 'This rating cannot be taken.', { errors: [{ path, message: detail }] });
  }
  const { change, rating } = decision.value;
  if (change) await deps.tickets.record(change);
  if (form) return seeTicket(linked.path, { sent: rating.low ? 'rating-low' : 'rating', of: message }, deps.words);
  const { label, scale, at } = rating;
  return json({
    message,
    rating: { score: rating.score, scale, label, at, changeUntil: ratingOpenUntil(rating, ctx) },
  });
};

/** The ticket on which the reply was sent: this one or one of its parts, of the same person. */
const ledgerOfReply = ({ person, ledger, parts }: LinkedTicket, message: string): Ledger =>
  parts.find(
    ({ ticket, events }) =>
      person.has(ticket.customer.id) && events.some((event) => isRateable(event) && event.message === message),
  ) ?? ledger;

const again = async (linked: LinkedTicket, status: number, look: Look, deps: TicketLinkDeps) =>
  ticketAnswer((await ticketShown(linked, look, deps)).page, deps, status);

export const handler = pageHandler(ticketWords, () => build(ticketLinkWith(readEnv(env))));
