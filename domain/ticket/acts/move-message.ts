import type { Context } from '../../context.ts';
import type { Ledger } from '../../ports.ts';
import { type Decision, decided, refused } from '../../support/decision.ts';
import { instant } from '../../support/time.ts';
import { asOpen } from '../as-status.ts';
import type { Change } from '../change.ts';
import type { Actor } from '../event.ts';
import { emptied, type Message } from '../message.ts';
import { isLive, type TicketId } from '../ticket.ts';
import { makeChange, type Noted } from './make-change.ts';
import { unansweredOf } from './merge.ts';
import { allowed, type Refusal } from './refusal.ts';

export interface MoveMessageInput {
  /** All that was said on the ticket. */
  messages: readonly Message[];
  message: string;
  to: Ledger;
  by: Actor;
  confirm?: boolean;
}

/** A message as it stands on the ticket it goes to. */
export const movedMessage = ({ movedTo, ...message }: Message, to: TicketId): Message => ({
  ...message,
  ticketId: to,
  movedFrom: message.ticketId,
});

/** What is left of it where it was: when it came, by whom, and where it went. */
export const markOf = (message: Message, movedTo: TicketId): Message => ({ ...emptied(message), movedTo });

/** Messages that may be taken out of a ticket, in the order asked for; a ticket keeps at least one of its customer. */
export const takenOut = (
  messages: readonly Message[],
  ids: readonly string[],
  kinds: ReadonlyArray<Message['direction']>,
): Decision<Message[], Refusal> => {
  const here = messages.filter(({ direction, movedTo }) => movedTo === undefined && kinds.includes(direction));
  const taken = ids.flatMap((id) => here.find((message) => message.id === id) ?? []);
  const missing = ids.find((id) => !taken.some((message) => message.id === id));
  if (missing !== undefined)
    return refused('unknown-message', `The ticket has no message ${missing} that could be taken out.`);
  const left = messages.filter(
    ({ id, direction, movedTo, quarantined }) =>
      direction === 'in' && movedTo === undefined && quarantined === undefined && !ids.includes(id),
  );
  if (left.length === 0 && taken.some(({ direction }) => direction === 'in'))
    return refused('nothing-left', 'The ticket would be left without a message of its customer: merge it instead.');
  return decided(taken);
};

/**
 * A message that belongs to another ticket goes there, with the promise it is owed; a mark stays. Moved back, all is as it
 * was. A message of one customer on a ticket of another is shown to agents alone.
 */
export const moveMessage = (ledger: Ledger, input: MoveMessageInput, ctx: Context): Decision<Change, Refusal> => {
  const { to, by } = input;
  if (to.ticket.id === ledger.ticket.id) return refused('same-ticket', 'The message is on this ticket already.');
  const may = allowed(ledger, 'split');
  if (!may.ok) return may;
  const taken = takenOut(input.messages, [input.message], ['in', 'note']);
  if (!taken.ok) return taken;
  const [message] = taken.value;
  if (message === undefined) return refused('unknown-message', `The ticket has no message ${input.message}.`);
  const since = unansweredOf(ledger, ctx.policy).find((asked) => asked.message === message.id)?.at;
  const target = since === undefined ? allowed(to, 'link') : allowed(to, 'take-in');
  if (!target.ok) return target;
  if (target.ticket.customer.id !== may.ticket.customer.id && input.confirm !== true)
    return refused('other-customer', 'The tickets are of different customers: say "confirm": true if that is meant.');
  const carries =
    since === undefined ? {} : { carries: [{ as: 'nextReply' as const, since: instant(since), pausedMs: 0 }] };
  const answers = since !== undefined && target.ticket.status === 'pending' && isLive(target.ticket);
  const notes: Noted[] = [
    ...(answers
      ? [{ type: 'resumed' as const, by, reason: `A message of ${may.ticket.id} waits for an answer.` }]
      : []),
    {
      type: 'message-moved',
      by,
      reason: `It came from ${may.ticket.id}.`,
      message: message.id,
      from: may.ticket.id,
      ...carries,
    },
  ];
  const landed = makeChange(to, answers ? asOpen(target.ticket) : target.ticket, notes, ctx, {
    messages: [movedMessage(message, to.ticket.id)],
  });
  const left: Noted = {
    type: 'message-moved',
    by,
    reason: `It went to ${to.ticket.id}.`,
    message: message.id,
    to: to.ticket.id,
  };
  return decided(
    makeChange(ledger, may.ticket, [left], ctx, { messages: [markOf(message, to.ticket.id)], beside: landed }),
  );
};
