import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import replyScale from '#desk/reply-rating.json' with { type: 'json' };
import { workingOrder } from '../../adapters/dynamo/items/ticket.ts';
import { ratingFigure, replyRatings } from '../../domain/rating/reply-rating.ts';
import { seesRatingOf } from '../../domain/rating/visible.ts';
import { datesIn, endOf, startOf } from '../../domain/report/period.ts';
import { DAY, type Instant, plus } from '../../domain/support/time.ts';
import type { TicketEvent } from '../../domain/ticket/event.ts';
import type { Ticket } from '../../domain/ticket/ticket.ts';
import { sentimentsOf } from '../../domain/triage/sentiments-of.ts';
import { json } from '../_shared/http/json-response.ts';
import { ticketsAt } from '../_shared/http/page-asked.ts';
import { readQuery } from '../_shared/http/read-query.ts';
import { timeAsked } from '../_shared/http/time-asked.ts';
import { notFound, Problem, ticketIdIn } from '../_shared/problem.ts';
import { personBehind, ticketsOfPerson } from '../_shared/tickets/customer-history.ts';
import { agentView, eventView, messageView, ticketView } from '../_shared/tickets/views.ts';
import { wholeConversation } from '../_shared/tickets/whole-conversation.ts';
import type { Who } from '../_shared/who.ts';
import type { Deps } from './deps.ts';
import { surveysShown } from './surveys-shown.ts';

const limit = z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(100)), 50);
const next = z.exactOptional(z.string().check(z.minLength(1), z.maxLength(200)));
const name = z.exactOptional(z.string().check(z.minLength(1), z.maxLength(254)));

export const queueQuery = z.strictObject({
  group: name,
  mine: z.exactOptional(z.enum(['true', 'false', '1', '0'])),
  limit,
  next,
});

/** What is worked on next: of one group, of all the groups the agent works in, or of all there are if it is none. */
export const queue = async (event: APIGatewayProxyEventV2, who: Who, deps: Deps) => {
  const { queues, policy } = deps;
  const { group, mine, ...range } = readQuery(event, queueQuery);
  const own = who.groups.length > 0 ? who.groups : Object.keys(policy.groups);
  const groups = group === undefined ? own : [group];
  const agent = mine === 'true' || mine === '1' ? { agent: who.id } : {};
  const pages = await Promise.all(groups.map((each) => queues.list({ group: each, ...agent, ...range })));
  return json(joined(pages, range.limit, { ...deps, who }));
};

/** Pages of several queues as one. Their cursors are places in the same working order, so the last one shown will do. */
const joined = (
  pages: ReadonlyArray<{ tickets: Ticket[]; next?: string }>,
  most: number,
  rules: Pick<Deps, 'policy' | 'clock'> & { who: Who },
) => {
  const all = pages
    .flatMap(({ tickets }) => tickets)
    .map((ticket) => ({ ticket, place: workingOrder(ticket) }))
    .sort((a, b) => (a.place < b.place ? -1 : 1));
  const shown = all.slice(0, most);
  const more = all.length > shown.length || pages.some((page) => page.next !== undefined);
  const last = shown.at(-1);
  return {
    tickets: shown.map(({ ticket }) => ticketView(ticket, rules.who, rules)),
    ...(more && last && { next: last.place }),
  };
};

/** Every month of it is asked for. */
const MOST_LISTED = 3660 * DAY;

export const listQuery = z.strictObject({
  customer: name,
  category: name,
  from: timeAsked,
  to: timeAsked,
  limit,
  next: ticketsAt,
});

/**
 * The tickets of a customer (by id or address), newest first, or of a category, by default of 30 days; of both only those
 * that were opened from one time to another, where that is said. Dates are whole days, as in reports.
 */
export const list = async (event: APIGatewayProxyEventV2, who: Who, deps: Deps) => {
  const { queues, customers, persons, policy, clock } = deps;
  const { customer, category, from, to, ...range } = readQuery(event, listQuery);
  if ((customer === undefined) === (category === undefined))
    throw new Problem(422, 'Ask for the tickets of a customer or of a category.', {
      errors: [{ path: 'customer', message: 'Give either customer or category.' }],
    });
  const { zone } = datesIn(policy);
  const opened = {
    ...(from !== undefined && { from: startOf(from, zone) }),
    ...(to !== undefined && { before: endOf(to, zone) }),
  };
  if (category !== undefined) {
    const last = opened.before === undefined ? clock.now() : plus(opened.before, -1);
    const first = opened.from ?? plus(last, -30 * DAY);
    refuseBackwards(first, last);
    if (plus(first, MOST_LISTED) < last)
      throw new Problem(422, 'A list goes over ten years at most.', {
        errors: [{ path: 'from', message: 'Is more than ten years before the end.' }],
      });
    // A page before the time that is asked for would be looked for from then on, month by month.
    const { next: place, limit } = range;
    const page = await queues.ofCategory(category, first, last, {
      limit,
      ...(place !== undefined && place >= first && { next: place }),
    });
    return json({ ...page, tickets: page.tickets.map((each) => ticketView(each, who, deps)) });
  }
  if (opened.from !== undefined && opened.before !== undefined) refuseBackwards(opened.from, plus(opened.before, -1));
  const person = customer === undefined ? undefined : await personBehind(customer, { customers, persons });
  const page = person ? await ticketsOfPerson(person, { ...range, ...opened }, { queues }) : { tickets: [] };
  return json({ ...page, tickets: page.tickets.map((each) => ticketView(each, who, deps)) });
};

const refuseBackwards = (first: Instant, last: Instant): void => {
  if (first > last)
    throw new Problem(422, 'The time ends before it begins.', { errors: [{ path: 'to', message: 'Is before from.' }] });
};

export const ticket = async (event: APIGatewayProxyEventV2, who: Who, deps: Deps) => {
  const { tickets, policy } = deps;
  const id = ticketIdIn(event);
  const ledger = await tickets.ledger(id);
  if (!ledger) throw notFound();
  const messages = await wholeConversation(tickets, ledger);
  const sees = (each: TicketEvent): boolean => seesRatingOf(each, ledger.ticket, who, policy);
  const ratings = replyRatings(ledger.events.filter(sees));
  const sentiments = sentimentsOf(ledger.events);
  const replyRating = ratingFigure(ratings.values(), replyScale);
  return json({
    ticket: { ...ticketView(ledger.ticket, who, deps), ...(replyRating && { replyRating }) },
    messages: messages.map((message) => messageView(message, id, ratings.get(message.id), sentiments.get(message.id))),
    events: ledger.events.map((each) => eventView(each, sees(each))),
    surveys: await surveysShown(ledger, who, deps),
    links: { beside: `/desk/tickets/${id}/beside` },
  });
};

export const team = async (_: APIGatewayProxyEventV2, __: Who, deps: Deps) =>
  json({ agents: (await deps.team.now()).map(agentView) });

/** Agents say themselves whether they are there; leads and admins may say it of others. */
export const presence = (present: boolean) => async (event: APIGatewayProxyEventV2, who: Who, deps: Deps) => {
  const id = event.pathParameters?.id ?? '';
  if (id !== who.id && !who.leads) throw new Problem(403, 'Only a lead or an admin may say this of somebody else.');
  if (!deps.agents.some((agent) => agent.id === id)) throw notFound();
  await deps.team.setPresent(id, present, deps.clock.now());
  const now = (await deps.team.now()).find((agent) => agent.id === id);
  if (!now) throw notFound();
  return json({ agent: agentView(now) });
};
