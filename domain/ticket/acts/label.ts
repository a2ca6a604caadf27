import type { Context } from '../../context.ts';
import type { Ledger } from '../../ports.ts';
import { type Decision, decided, refused } from '../../support/decision.ts';
import { sentimentsOf } from '../../triage/sentiments-of.ts';
import type { Change } from '../change.ts';
import type { Actor } from '../event.ts';
import type { Message } from '../message.ts';
import { isPlaced, type Sentiment } from '../ticket.ts';
import { makeChange } from './make-change.ts';
import type { Refusal } from './refusal.ts';

export interface LabelInput {
  sentiment: Sentiment;
  /** The last message of the customer unless said. */
  message?: string;
  /** The conversation, in order. */
  messages: readonly Message[];
  by: Actor;
}

/** A person says how a message of the customer sounds. The label of the last message is the ticket's. */
export const label = (ledger: Ledger, input: LabelInput, ctx: Context): Decision<Change, Refusal> => {
  const { ticket, events } = ledger;
  if (!isPlaced(ticket)) return refused('not-while-new', `Ticket ${ticket.id} is new; it is read in a moment.`);
  const written = input.messages.filter(({ direction }) => direction === 'in');
  const last = written.at(-1);
  const message = input.message === undefined ? last : written.find(({ id }) => id === input.message);
  if (message === undefined)
    return refused('unknown-message', `Ticket ${ticket.id} has no such message of the customer.`);
  const from = sentimentsOf(events).get(message.id);
  if (from === input.sentiment) return refused('already-there', `The message sounds ${from} already.`);
  const note = {
    type: 'labelled' as const,
    by: input.by,
    reason: from === undefined ? `Read as ${input.sentiment}.` : `Read as ${input.sentiment}, not ${from}.`,
    message: message.id,
    sentiment: input.sentiment,
    ...(from === undefined ? {} : { from }),
  };
  const after = message === last ? { ...ticket, sentiment: input.sentiment } : ticket;
  return decided(makeChange(ledger, after, [note], ctx));
};
