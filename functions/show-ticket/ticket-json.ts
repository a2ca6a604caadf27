import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { PublicMessage } from '../../domain/pages/conversation.ts';
import type { TicketPage } from '../../domain/pages/ticket-page.ts';
import type { ReplyScale } from '../../domain/rating/reply-rating.ts';
import { json } from '../_shared/http/json-response.ts';

/** Whether a program asks: a browser names HTML. */
export const wantsJson = ({ headers }: Pick<APIGatewayProxyEventV2, 'headers'>): boolean => {
  const accept = headers.accept ?? '';
  return accept.includes('application/json') && !accept.includes('text/html');
};

/** What the page shows, for programs: one page of the conversation, newest first, each text whole. */
export const ticketJson = (page: TicketPage, { scale, options }: ReplyScale): APIGatewayProxyStructuredResultV2 => {
  const { path, locale, expectation, reopen, talk } = page;
  const { id, subject, status, createdAt, followUpOf } = page.ticket;
  const answer = json({
    ticket: {
      id,
      subject,
      status,
      statusText: locale.words[`ticket.next.${status}`],
      createdAt,
      ...(followUpOf !== undefined && { followUpOf }),
      ...(expectation && { expectation }),
      ...(reopen && { reopen }),
    },
    messages: talk.shown.map((message) => messageJson(message, page)),
    rating: { scale, options },
    links: {
      self: path,
      ...(talk.older !== undefined && { older: `${path}?from=${talk.older}` }),
      messages: `${path}/messages`,
      ratings: `${path}/ratings`,
      ...(reopen?.open && { reopen: `${path}/reopen` }),
    },
  });
  return {
    ...answer,
    headers: { ...answer.headers, 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex, nofollow' },
  };
};

const messageJson = ({ rating, files, ...message }: PublicMessage, { path, rateableUntil }: TicketPage) => {
  const until = rating && rateableUntil(rating);
  return {
    ...message,
    attachments: files.map((file, index) => ({ ...file, href: `${path}/attachments/${message.id}/${index}` })),
    ...(rating && {
      rating: {
        score: rating.score,
        scale: rating.scale,
        label: rating.label,
        at: rating.at,
        ...(until !== undefined && { changeUntil: until }),
      },
    }),
  };
};
