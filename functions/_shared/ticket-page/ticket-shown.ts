import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { standing } from '../../../domain/clock/standing.ts';
import { shown as hidden } from '../../../domain/identity/shown.ts';
import { type PublicMessage, publicConversation } from '../../../domain/pages/conversation.ts';
import { expectationOf } from '../../../domain/pages/expectation.ts';
import { talkOf } from '../../../domain/pages/talk.ts';
import { type Notice, type TicketPage, ticketPage } from '../../../domain/pages/ticket-page.ts';
import type { ReplyRating } from '../../../domain/rating/reply-rating.ts';
import { ratingOpenUntil } from '../../../domain/ticket/acts/rate-reply.ts';
import { mayReopenUntil } from '../../../domain/ticket/acts/reopen-window.ts';
import { contextNow } from '../desk.ts';
import { page } from '../http/page-handler.ts';
import type { LinkedTicket, TicketLinkDeps } from '../links/ticket-link.ts';
import { inConversationOrder } from '../tickets/conversation.ts';

/** What the page is asked to show, by its address or by what was just posted. */
export interface Look {
  /** The message that the page of the conversation begins with, or has on it. */
  from?: string | undefined;
  containing?: string | undefined;
  notice?: Notice | undefined;
  write?: TicketPage['write'];
  /** Of a form that is shown again. */
  files?: TicketPage['files'] | undefined;
  rate?: { message: string; score?: number | undefined; wrong?: boolean } | undefined;
  contact?: TicketPage['contact'];
}

/** The ticket as its customer sees it now: the same for the page and for programs. Nothing is stored. */
export const ticketShown = async (
  linked: LinkedTicket,
  look: Look,
  deps: TicketLinkDeps,
): Promise<{ page: TicketPage; messages: PublicMessage[] }> => {
  const { path, person, ledger, parts } = linked;
  const { ticket, events } = ledger;
  const ctx = contextNow(deps);
  const messages = await conversationOf(linked, deps);
  const talk = talkOf(messages, { from: look.from, containing: look.rate?.message ?? look.containing });
  const expectation = expectationOf(ticket, standing(events, deps.policy, ctx.now), ctx.now);
  const { locale, timeZone, email, phone, textsConsent } = ticket.customer;
  const rateableUntil = (rating: ReplyRating) => {
    const until = ratingOpenUntil(rating, ctx);
    return ctx.now < until ? until : undefined;
  };
  const rate = rateOf(look, { talk, rateableUntil, deps });
  const view: TicketPage = {
    path,
    locale: deps.words.in(locale),
    brand: deps.words.brand,
    ticket,
    ...(parts.length > 0 && {
      alsoOf: parts.filter((part) => person.has(part.ticket.customer.id)).map((part) => part.ticket.id),
    }),
    talk,
    byMail: email !== undefined,
    ...(textsConsent !== undefined && phone !== undefined && { texts: hidden({ kind: 'phone', value: phone }) }),
    ...(look.contact && { contact: look.contact }),
    once: ctx.ids.ulid(),
    files: look.files ?? { held: [], box: deps.newKey() },
    rateableUntil,
    ...(expectation && { expectation }),
    ...(timeZone !== undefined && { timeZone }),
    ...(rate && { rate }),
    ...((ticket.status === 'resolved' || ticket.status === 'closed') &&
      ticket.mergedInto === undefined && {
        reopen: reopenOf(mayReopenUntil(ticket, deps.policy), ctx.now),
      }),
    ...(look.notice && { notice: look.notice }),
    ...(look.write && { write: look.write }),
  };
  return { page: view, messages };
};

/** The customer's conversation on these tickets, oldest first. */
const conversationOf = async (
  { person, ledger, parts }: LinkedTicket,
  { tickets, agents }: TicketLinkDeps,
): Promise<PublicMessage[]> => {
  const said = await Promise.all(
    [ledger, ...parts].map(async ({ ticket, events }) => {
      const stored = inConversationOrder(await tickets.messages(ticket.id), events);
      return publicConversation(stored, { person, ticketOf: ticket.customer.id, agents, events });
    }),
  );
  // The sort is stable: messages of one ticket and millisecond keep their order.
  return said.flat().sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
};

const reopenOf = (until: string, now: string) => ({ until, open: now <= until });

/**
 * Which reply has its rating form open: the one the link names, else the newest if nobody rated it. A rating that is final
 * has no form, and a value that is none of the scale chooses nothing.
 */
const rateOf = (
  { rate }: Look,
  {
    talk,
    rateableUntil,
    deps,
  }: { talk: TicketPage['talk']; rateableUntil: TicketPage['rateableUntil']; deps: TicketLinkDeps },
): TicketPage['rate'] => {
  const open = talk.shown.filter(({ rateable, rating }) => rateable && (!rating || rateableUntil(rating)));
  const named = open.find(({ id }) => id === rate?.message);
  if (named && rate) {
    const option = deps.scale.options.find(({ value }) => value === rate.score);
    return { message: named.id, ...(option && { score: option.value }), ...(rate.wrong && { wrong: true }) };
  }
  const newest = talk.newest ? talk.shown.find(({ rateable }) => rateable) : undefined;
  return newest && !newest.rating ? { message: newest.id } : undefined;
};

/** The page as an answer. Its form sends files to the bucket, by the script of forms or in a frame. */
export const ticketAnswer = (
  shown: TicketPage,
  { words, uploadHost }: Pick<TicketLinkDeps, 'words' | 'uploadHost'>,
  status = 200,
): APIGatewayProxyStructuredResultV2 =>
  page(ticketPage(shown), words, status, { script: true, frames: true, uploads: uploadHost });
