import type { Context } from '../../context.ts';
import { maskCards } from '../../masking/mask-secrets.ts';
import type { Ledger } from '../../ports.ts';
import { type Decision, decided } from '../../support/decision.ts';
import { asOpen, asPending, asResolved } from '../as-status.ts';
import type { Change } from '../change.ts';
import type { Message } from '../message.ts';
import type { AgentId, PlacedTicket, TicketId } from '../ticket.ts';
import { makeChange, type Noted } from './make-change.ts';
import { type Letterhead, writeToCustomer } from './owe-mail.ts';
import { pausedBy } from './paused-by.ts';
import { allowed, type Refusal } from './refusal.ts';
import { missingNeeds, type ResolveNotes, resolvedNote, withNotes } from './resolve-needs.ts';

/** Business key of the mail that brings a reply. */
export const replyMailKey = (ticketId: TicketId, message: string): string => `reply#${ticketId}#${message}`;

export interface ReplyInput extends Letterhead, ResolveNotes {
  agent: AgentId;
  /** The name the customer reads under the reply. */
  agentName: string;
  body: string;
  /** Absent: the desk stays to act. */
  then?: 'pending' | 'resolved';
  /** Message-ID of the customer's last mail. */
  inReplyTo?: string;
}

/**
 * A public reply by a person. It meets the first or next reply that is owed; `then` pauses the ticket until the customer
 * answers, or resolves it (with what the policy needs for that). A ticket without an owner becomes the replier's.
 */
export const reply = (ledger: Ledger, input: ReplyInput, ctx: Context): Decision<Change, Refusal> => {
  const may = allowed(ledger, input.then === 'pending' ? 'reply-and-wait' : 'reply');
  if (!may.ok) return may;
  if (input.then === 'resolved') {
    const missing = missingNeeds(input, may.ticket.category, ctx.policy);
    if (missing !== undefined) return missing;
  }
  const { ticket } = may;
  const message: Message = {
    id: ctx.ids.ulid(),
    ticketId: ticket.id,
    at: ctx.now,
    direction: 'out',
    channel: ticket.channel,
    author: `agent:${input.agent}`,
    text: input.body,
    attachments: [],
  };
  const written = writeToCustomer(
    ticket,
    {
      key: replyMailKey(ticket.id, message.id),
      pace: 'prompt',
      content: {
        template: 'reply',
        subject: ticket.subject,
        text: maskCards(input.body).text,
        agent: input.agentName,
        link: input.links.ticket,
      },
      replyTo: input.replyTo,
      inReplyTo: input.inReplyTo,
      message: message.id,
    },
    ctx,
  );
  const change = makeChange(
    ledger,
    after(ticket, input, ctx),
    [...notes(ticket, input, message.id, ctx), ...written.notes],
    ctx,
    { messages: [message], mails: written.mails },
  );
  return decided(change);
};

const after = (ticket: PlacedTicket, input: ReplyInput, { now }: Context): PlacedTicket => {
  const { agent, then } = input;
  const replied: PlacedTicket = {
    ...ticket,
    firstRepliedAt: ticket.firstRepliedAt ?? now,
    lastRepliedBy: agent,
    assignee: ticket.assignee ?? agent,
  };
  if (then === 'pending') return asPending(replied, now);
  return then === 'resolved' ? asResolved(withNotes(replied, input), now) : asOpen(replied);
};

const notes = (ticket: PlacedTicket, input: ReplyInput, message: string, { policy }: Context): Noted[] => {
  const by = `agent:${input.agent}` as const;
  const { group, tier } = ticket;
  const list: Noted[] = [{ type: 'replied', by, reason: 'A public reply.', agent: input.agent, message, group, tier }];
  if (ticket.assignee === undefined) {
    list.push({
      type: 'assigned',
      by,
      reason: 'Whoever replies to a ticket without an owner takes it.',
      agent: input.agent,
      group: ticket.group,
    });
  }
  if (input.then === 'pending') {
    list.push(pausedBy({ by, waitingFor: 'customer', reason: 'The reply asks the customer something.' }, policy));
  } else if (input.then === 'resolved') {
    list.push(resolvedNote(input));
  } else if (ticket.status !== 'open') {
    list.push({ type: 'resumed', by, reason: 'The desk replied and stays to act.' });
  }
  return list;
};
