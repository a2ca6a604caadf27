import { uploadsAmong } from '../../contact/upload.ts';
import type { Context } from '../../context.ts';
import type { CustomerRecord } from '../../identity/identity.ts';
import type { OwedMail } from '../../mail/owed.ts';
import type { Change, Line, RequestRecord } from '../change.ts';
import type { Actor } from '../event.ts';
import type { Attachment, Message } from '../message.ts';
import type { AgentId, Channel, NewTicket, Report, Requester, TicketId } from '../ticket.ts';
import { makeChange, type Noted } from './make-change.ts';

export interface OpenTicketInput {
  id: TicketId;
  subject: string;
  text: string;
  html?: string;
  /** History and signature folded away, and where the whole text is kept when it is too long. */
  quoted?: string;
  whole?: string;
  channel: Channel;
  customer: Requester;
  report: Report;
  attachments: Attachment[];
  /** Message-ID and key of the raw mail, when it came by mail. */
  mailId?: string;
  raw?: string;
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
  /** What is particular to the channel: who said it, when, where. */
  said?: Partial<Pick<Message, 'at' | 'direction' | 'author' | 'saidBy' | 'turn' | 'call' | 'url'>>;
  /** What else is told with it, after the opening. */
  further?: Further;
}

/** More messages of the same post, what happened with them, and what they make the desk owe. */
export interface Further {
  messages: Message[];
  notes: Noted[];
  mails: OwedMail[];
  line?: Line;
}

/** A message becomes a ticket: new, with its clock running, and not yet placed. */
export const openTicket = (input: OpenTicketInput, ctx: Context): Change => {
  const by: Actor = input.answeredBy === undefined ? `customer:${input.customer.id}` : `agent:${input.answeredBy}`;
  const message: Message = {
    id: ctx.ids.ulid(),
    ticketId: input.id,
    at: ctx.now,
    direction: 'in',
    channel: input.channel,
    author: by,
    text: input.text,
    attachments: input.attachments,
    ...(input.html === undefined ? {} : { html: input.html }),
    ...(input.quoted === undefined ? {} : { quoted: input.quoted }),
    ...(input.whole === undefined ? {} : { whole: input.whole }),
    ...(input.mailId === undefined ? {} : { mailId: input.mailId }),
    ...(input.raw === undefined ? {} : { raw: input.raw }),
    ...input.said,
  };
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
  const { messages = [], notes = [], mails = [], line } = input.further ?? {};
  return makeChange(undefined, ticket, [opened, ...notes], ctx, {
    messages: [message, ...messages],
    ...(mails.length === 0 ? {} : { mails }),
    ...(line === undefined ? {} : { line }),
    ...(input.request === undefined ? {} : { request: input.request }),
    ...(input.newcomer === undefined ? {} : { newcomer: input.newcomer }),
  });
};
