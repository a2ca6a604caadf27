import * as z from 'zod/mini';
import { messageShape } from '../../../adapters/dynamo/items/message.ts';
import { count, instant, maybe, surveyKind, text } from '../../../adapters/dynamo/items/parts.ts';
import { answerShape } from '../../../adapters/dynamo/items/survey.ts';
import { SENTIMENTS, STATUSES } from '../../../domain/ticket/ticket.ts';
import { event } from './event.ts';
import { named } from './named.ts';
import { auditedTicket, ticket } from './ticket.ts';

const rating = z.object({
  score: z.number(),
  scale: text,
  label: text,
  low: z.boolean(),
  firstAt: instant,
  at: instant,
  edits: count,
});

const file = { name: text, type: text, bytes: count };

/** A message as the team sees it: `messageView`. */
export const message = named(
  'Message',
  z.extend(z.omit(messageShape, { ticketId: true, mailId: true }), {
    attachments: z.array(z.object({ ...file, index: count })),
    ticket: maybe(text),
    sentiment: maybe(z.enum(SENTIMENTS)),
    rating: maybe(rating),
  }),
  'A message of the conversation, or a note. `raw` and `whole` are paths of the mail as it came and of a long text; `ticket` names the part of the ticket that it was written on.',
);

/** The answers to surveys that the reader may see. */
const survey = z.extend(answerShape, { cycle: count, kind: surveyKind, survey: text, edits: count });

export const ticketSeen = z.object({
  ticket,
  messages: z.array(message),
  events: z.array(event),
  surveys: z.array(survey),
  links: z.object({ beside: text }),
});

export const ticketExport = z.object({
  careline: z.literal('ticket-export'),
  exportedAt: instant,
  policy: text,
  ticket: auditedTicket,
  events: z.array(event),
});

const status = z.enum(STATUSES);

/** The customer's own ticket, for programs: `ticketJson`. */
export const ownTicket = named(
  'OwnTicket',
  z.object({
    ticket: z.object({
      id: text,
      subject: text,
      status,
      statusText: text,
      createdAt: instant,
      followUpOf: maybe(text),
      expectation: maybe(
        z.discriminatedUnion('kind', [
          z.object({ kind: z.enum(['reply', 'solution']), by: instant, longerThan: maybe(instant) }),
          z.object({ kind: z.enum(['late-reply', 'late-solution']), since: instant, by: maybe(instant) }),
          z.object({
            kind: z.literal('paused'),
            waitingFor: z.enum(['customer', 'third-party']),
            lookAgainBy: maybe(instant),
          }),
        ]),
      ),
      reopen: maybe(z.object({ until: instant, open: z.boolean() })),
    }),
    messages: z.array(
      z.object({
        id: text,
        from: z.enum(['customer', 'desk']),
        agent: maybe(text),
        at: instant,
        text,
        quoted: maybe(text),
        masked: z.boolean(),
        cut: z.boolean(),
        rateable: z.boolean(),
        attachments: z.array(z.object({ ...file, href: text })),
        rating: maybe(
          z.object({ score: z.number(), scale: text, label: text, at: instant, changeUntil: maybe(instant) }),
        ),
      }),
    ),
    rating: z.object({ scale: text, options: z.array(z.object({ value: z.number(), label: text })) }),
    links: z.object({ self: text, older: maybe(text), messages: text, ratings: text, reopen: maybe(text) }),
  }),
  'A ticket as its customer sees it, the newest messages first.',
);

export const messageKept = z.object({
  ticket: z.object({ id: text, status, followUpOf: maybe(text) }),
  message: maybe(z.object({ id: text, at: instant })),
  links: z.object({ ticket: text }),
});

export const reopened = z.object({ ticket: z.object({ id: text, status }) });

export const rated = z.object({
  message: text,
  rating: z.object({ score: z.number(), scale: text, label: text, at: instant, changeUntil: instant }),
});
