import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import { when } from '../../domain/contact/format.ts';
import { adviseChannel } from '../../domain/help/advise-channel.ts';
import { checklistsFor } from '../../domain/help/checklist.ts';
import { templatesFor } from '../../domain/help/fitting-templates.ts';
import { nextStep } from '../../domain/help/next-step.ts';
import { type Blanks, fillTemplate, type ReplyTemplate } from '../../domain/help/reply-template.ts';
import { solvedBefore } from '../../domain/help/solved-before.ts';
import type { Ledger } from '../../domain/ports.ts';
import { asSeenBy } from '../../domain/rating/visible.ts';
import { DAY, earliest, plus } from '../../domain/support/time.ts';
import type { Message } from '../../domain/ticket/message.ts';
import { isPlaced, type Ticket } from '../../domain/ticket/ticket.ts';
import { json } from '../_shared/http/json-response.ts';
import { readQuery } from '../_shared/http/read-query.ts';
import { notFound, ticketIdIn } from '../_shared/problem.ts';
import { ticketsOfPerson } from '../_shared/tickets/customer-history.ts';
import { wholeConversation } from '../_shared/tickets/whole-conversation.ts';
import type { Who } from '../_shared/who.ts';
import type { Deps } from './deps.ts';

const HISTORY = 20;
const ARTICLES = 3;
/** Solved tickets of the category are looked through this far back, and so many of them. */
const LOOK_BACK = 30 * DAY;
const CANDIDATES = 100;

/**
 * What helps to answer a ticket: who the customer is and how they rated, the facts they sent, first steps, what comes next,
 * by which way to talk, articles, templates, and how the same was solved before.
 */
export const beside = async (event: APIGatewayProxyEventV2, who: Who, deps: Deps) => {
  const { ledger, said, locale } = await found(event, deps);
  const { ticket } = ledger;
  const text = said.map((message) => message.text).join('\n');
  const [history, candidates] = await Promise.all([historyOf(ticket, deps), solvedIn(ticket, deps)]);
  const tickets = history.map((each) => asSeenBy(each, who, deps.policy));
  const [first, ...others] = checklistsFor(ticket, text, deps.checklists);
  const nature = first?.checklist.nature ?? 'simple';
  const templates = templatesFor(ticket, text, deps.templates, locale);
  return json({
    customer: {
      id: ticket.customer.id,
      type: ticket.customer.type,
      locale: ticket.customer.locale,
      ...(ticket.customer.timeZone !== undefined && { timeZone: ticket.customer.timeZone }),
      history: tickets.filter(({ id }) => id !== ticket.id).map(summary),
      ratings: ratingsOf(tickets),
    },
    context: ticket.report.context ?? {},
    ...(first && {
      checklist: {
        id: first.checklist.id,
        title: inTheirWords(first.checklist.title, locale),
        steps: first.checklist.steps.map((step) => inTheirWords(step, locale)),
        reason: first.reason,
      },
    }),
    otherChecklists: others.map(({ checklist: { id, title } }) => ({ id, title: inTheirWords(title, locale) })),
    nextStep: nextStep(ticket, ledger.events),
    channel: adviseChannel({ nature, channel: ticket.channel, customer: ticket.customer, messages: said.length }),
    articles: deps.searchKnowledge(`${ticket.subject}\n${text}`.slice(0, 2000), locale, ARTICLES),
    templates: templates.map(({ template: { name, title, when: use }, fits }) => ({
      name,
      title,
      when: use,
      fits,
      url: `/desk/tickets/${ticket.id}/templates/${name}`,
    })),
    solvedBefore: solvedBefore(ticket, text, candidates),
  });
};

export const rendering = z.strictObject({ locale: z.exactOptional(z.string().check(z.minLength(2), z.maxLength(35))) });

/** A template with its blanks filled for this ticket, in the customer's language unless another is asked for. */
export const template = async (event: APIGatewayProxyEventV2, who: Who, deps: Deps) => {
  const wanted = readQuery(event, rendering).locale;
  const { ledger } = await found(event, deps);
  const { ticket } = ledger;
  const locale = deps.words.in(wanted ?? ticket.customer.locale);
  const { name } = event.pathParameters ?? {};
  const one = deps.templates.find((each) => each.name === name && each.locale === locale.code);
  if (!one) throw notFound();
  return json({ template: { ...shown(one), text: fillTemplate(one, blanksOf(ticket, who, locale.code, deps)) } });
};

const shown = ({ name, locale, title, when: use }: ReplyTemplate) => ({ name, locale, title, when: use });

const blanksOf = (ticket: Ticket, who: Who, code: string, { words }: Deps): Blanks => {
  const open = Object.values(ticket.clock).filter(({ state }) => state === 'running');
  const due = earliest(...open.map(({ dueAt }) => dueAt));
  const { name, timeZone } = ticket.customer;
  return {
    'ticket.id': ticket.id,
    'ticket.subject': ticket.subject,
    'agent.name': who.name,
    'desk.name': words.brand.name,
    ...(name !== undefined && { 'customer.name': name }),
    ...(due !== undefined && { promise: when(due, words.in(code), timeZone, words.brand) }),
  };
};

const found = async (
  event: APIGatewayProxyEventV2,
  deps: Deps,
): Promise<{ ledger: Ledger; said: Message[]; locale: string }> => {
  const ledger = await deps.tickets.ledger(ticketIdIn(event));
  if (!ledger) throw notFound();
  const messages = await wholeConversation(deps.tickets, ledger);
  const said = messages.filter(({ direction, movedTo, quarantined }) => direction === 'in' && !movedTo && !quarantined);
  return { ledger, said, locale: deps.words.in(ledger.ticket.customer.locale).code };
};

/** Words in the customer's language; the compile makes sure that there are some. */
const inTheirWords = (words: Record<string, string>, locale: string): string =>
  (Object.hasOwn(words, locale) ? words[locale] : undefined) ?? words.en ?? '';

const historyOf = async (ticket: Ticket, deps: Deps): Promise<Ticket[]> => {
  const person = await deps.persons.person(ticket.customer.id);
  const page = { limit: HISTORY + 1 };
  const { tickets } = person
    ? await ticketsOfPerson(person, page, deps)
    : await deps.queues.ofCustomer(ticket.customer.id, page);
  return tickets.slice(0, HISTORY + 1);
};

const solvedIn = async (ticket: Ticket, { queues, clock }: Deps): Promise<Ticket[]> => {
  if (!isPlaced(ticket)) return [];
  const now = clock.now();
  const page = await queues.ofCategory(ticket.category, plus(now, -LOOK_BACK), now, { limit: CANDIDATES });
  return page.tickets;
};

const summary = (ticket: Ticket) => ({
  id: ticket.id,
  subject: ticket.subject,
  status: ticket.status,
  channel: ticket.channel,
  createdAt: ticket.createdAt,
  ...(isPlaced(ticket) && { category: ticket.category, priority: ticket.priority }),
  ...(ticket.satisfaction && { satisfaction: ticket.satisfaction }),
  ...(ticket.mergedInto !== undefined && { mergedInto: ticket.mergedInto }),
});

/** Ratings on different scales are never averaged: each is told with its own. */
const ratingsOf = (tickets: readonly Ticket[]) => {
  const given = tickets.flatMap(({ satisfaction }) => (satisfaction ? [satisfaction] : []));
  return { n: given.length, low: given.filter(({ low }) => low).length, last: given.slice(0, 5) };
};
