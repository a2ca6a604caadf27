import type { Context } from '../../context.ts';
import type { Ledger } from '../../ports.ts';
import { type Decision, decided, refused } from '../../support/decision.ts';
import type { Change } from '../change.ts';
import type { Actor } from '../event.ts';
import type { Message } from '../message.ts';
import type { NewTicket, TicketId } from '../ticket.ts';
import { makeChange, type Noted } from './make-change.ts';
import { markOf, movedMessage, takenOut } from './move-message.ts';
import { allowed, type Refusal } from './refusal.ts';

export interface SplitInput {
  /** Id of the new ticket. */
  id: TicketId;
  /** All that was said on the ticket. */
  messages: readonly Message[];
  /** The customer's messages that are about something else. */
  take: readonly string[];
  subject?: string;
  by: Actor;
}

/** One transaction holds 4 MB, and each message is written with the mark it leaves. */
const MOST_CHARACTERS = 800_000;

/**
 * Messages about another matter become a ticket of their own: new, triaged like any other, with its promises counted from
 * the earliest of them. Where they were, marks stay. It is undone by merging the new ticket into this one.
 */
export const split = (ledger: Ledger, input: SplitInput, ctx: Context): Decision<Change, Refusal> => {
  const may = allowed(ledger, 'split');
  if (!may.ok) return may;
  const { ticket } = may;
  const taken = takenOut(input.messages, input.take, ['in']);
  if (!taken.ok) return taken;
  const messages = taken.value.toSorted((a, b) => (a.at < b.at || (a.at === b.at && a.id < b.id) ? -1 : 1));
  const [first] = messages;
  if (first === undefined) return refused('unknown-message', 'Say which messages.');
  if (sizeOf(messages) > MOST_CHARACTERS)
    return refused('too-many', 'These messages are too long to take out at once.');
  const fresh: NewTicket = {
    id: input.id,
    status: 'new',
    subject: input.subject ?? ticket.subject,
    channel: first.channel,
    customer: ticket.customer,
    report: {},
    createdAt: ctx.now,
    updatedAt: ctx.now,
    cycle: 1,
    version: 1,
    clock: {},
    anchor: ticket.anchor.replace(ticket.id, input.id),
    splitFrom: ticket.id,
  };
  const opened: Noted = {
    type: 'opened',
    by: input.by,
    reason: `Taken out of ${ticket.id}.`,
    channel: first.channel,
    message: first.id,
    splitFrom: ticket.id,
    since: first.at,
  };
  const apart = makeChange(undefined, fresh, [opened], ctx, {
    messages: messages.map((message) => movedMessage(message, input.id)),
  });
  const took: Noted = {
    type: 'split',
    by: input.by,
    reason: `${messages.length === 1 ? 'A message' : `${messages.length} messages`} became ${input.id}.`,
    messages: messages.map(({ id }) => id),
    to: input.id,
  };
  return decided(
    makeChange(ledger, ticket, [took], ctx, {
      messages: messages.map((message) => markOf(message, input.id)),
      beside: apart,
    }),
  );
};

const sizeOf = (messages: readonly Message[]): number =>
  messages.reduce((sum, { text, html = '', quoted = '' }) => sum + text.length + html.length + quoted.length, 0);
