import { uploadsAmong } from '../../contact/upload.ts';
import type { Context } from '../../context.ts';
import type { FeedbackChange } from '../../feedback/feedback.ts';
import type { CustomerRecord } from '../../identity/identity.ts';
import type { OwedMail } from '../../mail/owed.ts';
import type { Change, Line, RequestRecord } from '../change.ts';
import type { Actor } from '../event.ts';
import type { Message } from '../message.ts';
import type { AgentId, NewTicket, Report, Requester, TicketId } from '../ticket.ts';
import { type Heard, heardMessage } from './heard-message.ts';
import { makeChange, type Noted } from './make-change.ts';

export interface OpenTicketInput extends Heard {
  id: TicketId;
  subject: string;
  customer: Requester;
  report: Report;
  /** The domain of the desk's own Message-IDs. */
  deskDomain: string;
  request?: RequestRecord;
  /** The customer's record, when nobody knew them before. */
  newcomer?: CustomerRecord;
  followUpOf?: TicketId;
  /** Who had answered before it was written down, as with a phone call: its first reply is met. */
  answeredBy?: AgentId;
  /** Nothing automatic may be sent back. */
  noReceipt?: boolean;
  /** What else is told with it, after the opening. */
  further?: Further;
}

/** More messages of the same post, what happened with them, and what they make the desk owe. */
export interface Further {
  messages: Message[];
  notes: Noted[];
  mails: OwedMail[];
  line?: Line;
  /** What was said of the desk, if that is why the ticket is opened. */
  feedback?: FeedbackChange;
  /** The customer's sheet, when it answers what they were asked. */
  contacts?: Change['contacts'];
}

/** A message becomes a ticket: new, with its clock running, and not yet placed. */
export const openTicket = (input: OpenTicketInput, ctx: Context): Change => {
  const by: Actor = input.answeredBy === undefined ? `customer:${input.customer.id}` : `agent:${input.answeredBy}`;
  const message = heardMessage(input.id, by, input, ctx);
  const ticket: NewTicket = {
    id: input.id,
    status: 'new',
    subject: input.subject,
    channel: input.channel,
    customer: input.customer,
    report: input.report,
    createdAt: ctx.now,
    updatedAt: ctx.now,
    cycle: 1,
    version: 1,
    clock: {},
    anchor: `<ticket.${input.id}@${input.deskDomain}>`,
    ...(input.followUpOf === undefined ? {} : { followUpOf: input.followUpOf }),
  };
  const opened = {
    type: 'opened' as const,
    by,
    reason: input.answeredBy === undefined ? `A message by ${input.channel}.` : `Answered by ${input.channel}.`,
    channel: input.channel,
    message: message.id,
    customerType: input.customer.type,
    ...(input.followUpOf === undefined ? {} : { followUpOf: input.followUpOf }),
    ...(input.answeredBy === undefined ? {} : { answered: true }),
    ...(input.noReceipt === true ? { noReceipt: true } : {}),
    ...uploadsAmong(message.attachments),
  };
  const { messages = [], notes = [], mails = [], line, feedback, contacts } = input.further ?? {};
  return makeChange(undefined, ticket, [opened, ...notes], ctx, {
    messages: [message, ...messages],
    ...(mails.length === 0 ? {} : { mails }),
    ...(line === undefined ? {} : { line }),
    ...(feedback === undefined ? {} : { feedback }),
    ...(contacts === undefined ? {} : { contacts }),
    ...(input.request === undefined ? {} : { request: input.request }),
    ...(input.newcomer === undefined ? {} : { newcomer: input.newcomer }),
  });
};
