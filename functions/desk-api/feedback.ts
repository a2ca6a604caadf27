import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import { FeedbackMoved } from '../../domain/errors.ts';
import { FEEDBACK_KINDS, type Feedback } from '../../domain/feedback/feedback.ts';
import { givenNote } from '../../domain/feedback/give.ts';
import { asRequester } from '../../domain/identity/identity.ts';
import { seesAll } from '../../domain/rating/visible.ts';
import { csvRows } from '../../domain/report/csv.ts';
import { isPlaced, type Ticket } from '../../domain/ticket/ticket.ts';
import { contextNow } from '../_shared/desk.ts';
import { json } from '../_shared/http/json-response.ts';
import { readQuery } from '../_shared/http/read-query.ts';
import { notFound, Problem } from '../_shared/problem.ts';
import { openNewTicket } from '../_shared/tickets/open-new-ticket.ts';
import type { Who } from '../_shared/who.ts';
import type { Deps } from './deps.ts';
import { period, periodAsked } from './reports.ts';

const kind = z.exactOptional(z.enum(FEEDBACK_KINDS));
export const feedbackQuery = z.strictObject({
  ...period,
  kind,
  limit: z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(100)), 50),
  next: z.exactOptional(z.string().check(z.regex(/^\d{4}-\d\d-\d\d\.[0-9A-Z]{26}$/, 'Is not a page of this list.'))),
});
export const feedbackSheetQuery = z.strictObject({ ...period, kind });

/**
 * What people said of the desk, newest first. An agent sees what was said on tickets they worked on, and a page of theirs
 * may be shorter than asked.
 */
export const feedback = async (event: APIGatewayProxyEventV2, who: Who, deps: Deps) => {
  const { kind, limit, next, ...asked } = readQuery(event, feedbackQuery);
  const { from, seenAt } = periodAsked(asked, deps);
  const range = { from, to: seenAt, limit, ...(kind && { kinds: [kind] }), ...(next !== undefined && { next }) };
  const page = await deps.feedbacks.list(range);
  const seen = seesAll(who, deps.policy) ? page.feedback : await onTicketsOf(who, page.feedback, deps);
  return json({ feedback: seen.map(feedbackView), ...(page.next !== undefined && { next: page.next }) });
};

const onTicketsOf = async ({ id }: Who, all: readonly Feedback[], { tickets }: Deps): Promise<Feedback[]> => {
  const theirs = await Promise.all(
    all.map(async ({ ticketId }) => ticketId !== undefined && workedOnBy(await tickets.ticket(ticketId), id)),
  );
  return all.filter((_, index) => theirs[index]);
};

const workedOnBy = (ticket: Ticket | undefined, agent: string): boolean =>
  ticket !== undefined && isPlaced(ticket) && (ticket.assignee === agent || ticket.lastRepliedBy === agent);

const feedbackView = ({ ticketId, version, ...shown }: Feedback) => ({
  ...shown,
  ...(ticketId !== undefined && { ticket: ticketId }),
});

const COLUMNS = ['id', 'at', 'kind', 'survey', 'score', 'label', 'low', 'words', 'language', 'ticket'] as const;

/** The same for a spreadsheet, oldest first. Throws 403 for an agent. */
export const feedbackSheet = async (
  event: APIGatewayProxyEventV2,
  who: Who,
  deps: Deps,
): Promise<APIGatewayProxyStructuredResultV2> => {
  if (!seesAll(who, deps.policy)) throw new Problem(403, 'The whole list is for leads and admins.');
  const { kind, ...asked } = readQuery(event, feedbackSheetQuery);
  const { from, seenAt } = periodAsked(asked, deps);
  const all = (await deps.feedbacks.between(from, seenAt)).filter((each) => kind === undefined || each.kind === kind);
  return {
    statusCode: 200,
    headers: {
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': 'attachment; filename="feedback.csv"',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
    body: csvRows([COLUMNS, ...all.map(rowOf)]),
  };
};

const rowOf = ({ id, at, kind, survey, score, label, low, text, locale, ticketId }: Feedback) => [
  id,
  at,
  kind,
  survey,
  score,
  label,
  low === undefined ? undefined : low ? 'yes' : 'no',
  text,
  locale,
  ticketId,
];

/**
 * Makes a ticket of feedback whose giver can be answered; nothing automatic is sent back for it. Throws 403 for an agent,
 * 409 when it has a ticket, 422 when nobody can be answered.
 */
export const ticketOfFeedback = async (event: APIGatewayProxyEventV2, who: Who, deps: Deps) => {
  if (!who.leads) throw new Problem(403, 'Only a lead or an admin may make a ticket of feedback.');
  const before = await deps.feedbacks.get(event.pathParameters?.id ?? '');
  if (!before) throw notFound();
  if (before.ticketId !== undefined) throw new Problem(409, `It has a ticket: ${before.ticketId}.`);
  const record = before.customerId === undefined ? undefined : await deps.customers.find(before.customerId);
  const customer = record && asRequester(record);
  if (customer?.email === undefined) throw new Problem(422, 'They left no address, so nobody can answer them.');
  const { label = '', text = label, locale } = before;
  try {
    const { id } = await openNewTicket(
      deps,
      {
        subject: `Feedback: ${label}`,
        text,
        channel: 'web',
        customer: { ...customer, locale },
        report: {},
        attachments: [],
        deskDomain: deps.deskDomain,
        noReceipt: true,
        further: async (ticketId) => ({
          messages: [],
          notes: [givenNote(before, `agent:${who.id}`)],
          mails: [],
          feedback: { before, after: { ...before, ticketId, version: before.version + 1 } },
        }),
      },
      contextNow(deps),
    );
    return json({ ticket: { id } }, 201);
  } catch (error) {
    if (error instanceof FeedbackMoved) throw new Problem(409, 'Somebody else made a ticket of it meanwhile.');
    throw error;
  }
};
