import type { Context } from '../../context.ts';
import { readThanks } from '../../thanks/read-thanks.ts';
import type { Message } from '../message.ts';
import type { AgentId, Requester, Status } from '../ticket.ts';
import { byRule, type Noted } from './make-change.ts';

type Heard = Pick<Message, 'text' | 'attachments' | 'whole' | 'call'>;

/** Where the ticket stands, and whose names may be said. */
interface Talk {
  status: Status;
  customer: Pick<Requester, 'name'>;
  assignee?: AgentId;
  lastRepliedBy?: AgentId;
}

/**
 * Whether a message of the customer is nothing but thanks. "All is well" counts as thanks
 * on a ticket that has ended; on one that waits for the customer it is the answer that was waited for.
 */
export const isThanks = (ticket: Talk, message: Heard, { policy }: Pick<Context, 'policy'>): boolean => {
  const { recognise, mostWords } = policy.thanksOnly;
  if (!recognise || message.attachments.length > 0 || message.whole !== undefined || message.call !== undefined)
    return false;
  const readings = readThanks(message.text, { mostWords, names: namesOn(ticket) });
  if (ticket.status === 'resolved' || ticket.status === 'closed')
    return readings.some(({ thanks, well }) => thanks || well);
  return readings.some(({ thanks, well }) => thanks && !(well && ticket.status === 'pending'));
};

/** Names of the people who write with each other: the agents' ids are their names in small letters. */
const namesOn = ({ customer, assignee, lastRepliedBy }: Talk): string[] =>
  [customer.name, assignee, lastRepliedBy].filter((name) => name !== undefined);

/** The message is kept, nothing else follows from it; an agent can undo that (`not-thanks`). */
export const thankedNote = (
  { id, channel }: Pick<Message, 'id' | 'channel'>,
  { policy }: Pick<Context, 'policy'>,
): Noted => ({
  type: 'customer-thanked',
  by: byRule('thanks-only', policy),
  reason: 'Every word of the message is thanks: it starts no clock and reopens nothing.',
  message: id,
  channel,
});
