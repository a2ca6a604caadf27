import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { reopen } from '../../domain/ticket/acts/reopen.ts';
import { mayReopenUntil } from '../../domain/ticket/acts/reopen-window.ts';
import { contextNow } from '../_shared/desk.ts';
import { readEnv } from '../_shared/env.ts';
import { json } from '../_shared/http/json-response.ts';
import { pageHandler, wantsPage } from '../_shared/http/page-handler.ts';
import { type LinkedTicket, ticketOfLink, ticketWords } from '../_shared/links/ticket-link.ts';
import { Problem } from '../_shared/problem.ts';
import { notTaken } from '../_shared/ticket-page/not-taken.ts';
import { type Posted, readAnswer, wrongWith } from '../_shared/ticket-page/read-answer.ts';
import { seeTicket } from '../_shared/ticket-page/see-ticket.ts';
import { type AnswerDeps, answerDepsWith, takeAnswer } from '../_shared/ticket-page/take-answer.ts';
import { ticketAnswer, ticketShown } from '../_shared/ticket-page/ticket-shown.ts';
import { untilStored } from '../_shared/until-stored.ts';
import { env } from './env.ts';

type Event = APIGatewayProxyEventV2;
type Response = Promise<APIGatewayProxyStructuredResultV2>;

/** The customer says that it is not solved: the next cycle begins, with their reason as a message if they gave one. */
export const build =
  (deps: AnswerDeps) =>
  async (event: Event): Response => {
    const linked = await ticketOfLink(event, deps);
    const posted = await readAnswer(event, 'reason', deps);
    return untilStored(async (attempt) =>
      openAgain(event, attempt === 1 ? linked : await ticketOfLink(event, deps), posted, deps),
    );
  };

const openAgain = async (event: Event, linked: LinkedTicket, posted: Posted, deps: AnswerDeps): Response => {
  const { ledger, path } = linked;
  const { ticket } = ledger;
  const error = wrongWith(posted, false);
  if (error) return notTaken(event, linked, { posted, field: 'reason', error }, deps);
  const over = (ticket.status === 'resolved' || ticket.status === 'closed') && ticket.mergedInto === undefined;
  if (over && deps.clock.now() > mayReopenUntil(ticket, deps.policy)) return tooLate(event, linked, posted, deps);
  if (posted.text !== '') return withReason(event, linked, posted, deps);
  if (!over) {
    if (posted.form) return seeTicket(path, { sent: 'open' }, deps.words);
    throw new Problem(409, `Ticket ${ticket.id} is open already.`);
  }
  const cause = { by: `customer:${ticket.customer.id}`, cause: 'customer' } as const;
  const decision = reopen(ledger, cause, contextNow(deps));
  if (!decision.ok) throw new Problem(409, decision.detail);
  await deps.tickets.record(decision.value);
  if (posted.form) return seeTicket(path, { sent: 'reopened' }, deps.words);
  return json({ ticket: { id: ticket.id, status: decision.value.after.status } });
};

/** The reason is a message as any other: it opens the ticket again, or is added to one that was opened meanwhile. */
const withReason = async (event: Event, linked: LinkedTicket, posted: Posted, deps: AnswerDeps): Response => {
  const told = await takeAnswer(event, linked, posted, deps);
  if (posted.form) return seeTicket(linked.path, { sent: 'reopened' }, deps.words);
  return json({ ticket: { id: told.ticketId, status: told.status } });
};

/** Refused kindly: the words are kept in the form that opens a linked ticket. */
const tooLate = async (event: Event, linked: LinkedTicket, { text, files }: Posted, deps: AnswerDeps): Response => {
  if (!wantsPage(event))
    throw new Problem(409, 'The time to reopen this ticket is over: a message to it opens a linked ticket.');
  const shown = await ticketShown(linked, { notice: 'reopen-over', write: { text }, files }, deps);
  return ticketAnswer(shown.page, deps, 409);
};

export const handler = pageHandler(ticketWords, () => build(answerDepsWith(readEnv(env))));
