import * as z from 'zod/mini';
import { count, instant, maybe, outcome, text } from '../../../adapters/dynamo/items/parts.ts';
import { requester, ticketShape } from '../../../adapters/dynamo/items/ticket.ts';
import { STATUSES } from '../../../domain/ticket/ticket.ts';
import { fieldsOf, named, next, without } from './named.ts';

const stored = fieldsOf(ticketShape.def.options);
const status = z.enum(STATUSES);

export const satisfaction = named(
  'Satisfaction',
  ticketShape.def.options[0].shape.satisfaction.def.innerType,
  'The last answer of the customer to a survey of the ticket, with the credit that was noted when it was sent.',
);
named('Clock', ticketShape.def.options[0].shape.clock, 'What the customer was promised, by promise.');
named('Promised', ticketShape.def.options[0].shape.clock.shape.firstReply.def.innerType);

const customer = named(
  'Requester',
  z.omit(requester, { localeChosen: true, timeZone: true, textsConsent: true }),
  'The customer as the ticket knows them.',
);

/** A ticket as the team sees it: `ticketView`. */
export const ticket = named(
  'Ticket',
  z.object({
    ...without(stored, 'anchor', 'lookAgainAt', 'putsRight', 'beforeMerge'),
    status,
    customer,
    remediation: maybe(z.object({ state: z.enum(['open', 'closed']), outcome: maybe(outcome) })),
    replyRating: maybe(z.object({ n: count, mean: z.number(), good: z.number() })),
  }),
  'A ticket. What triage decides (priority, category, group, tier) is missing while it is `new`; a rating that is not for the reader is missing. `replyRating` sums up the ratings of single replies, mean of 0 to 100 and the share that is good, where one ticket is asked for.',
);

/** A ticket as it is stored, in what a person is handed out. */
export const storedTicket = named('StoredTicket', z.object({ ...stored, status }), 'All that is held of a ticket.');

/** What is shown of a ticket whose events are handed out without words. */
export const auditedTicket = z.object({
  ...Object.fromEntries(
    ['id', 'cycle', 'version', 'channel', 'clock', 'createdAt', 'updatedAt', 'lookAgainAt'].map((name) => [
      name,
      stored[name] ?? z.never(),
    ]),
  ),
  status,
  satisfaction: maybe(satisfaction),
  priority: maybe(text),
  group: maybe(text),
  assignee: maybe(text),
  timeZone: maybe(text),
});

export const ticketAnswer = z.object({ ticket });
export const actAnswer = named('Acted', z.object({ ticket, other: maybe(ticket) }));
export const ticketList = named('TicketList', z.object({ tickets: z.array(ticket), next }));

/** What the customer, or whoever posts for them, is told of a ticket that was opened. */
export const openedTicket = z.object({
  ticket: z.object({ id: text, status: z.literal('new'), createdAt: instant }),
  links: z.object({ ticket: text }),
});

export const ofTicket = z.object({
  ticket: z.object({ id: text, createdAt: instant }),
  links: z.object({ ticket: text }),
});
