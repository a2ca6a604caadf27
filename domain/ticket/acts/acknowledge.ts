import type { Context } from '../../context.ts';
import type { Ledger } from '../../ports.ts';
import { type Decision, decided, refused } from '../../support/decision.ts';
import type { Change } from '../change.ts';
import type { TicketEvent } from '../event.ts';
import { byRule, makeChange } from './make-change.ts';
import { type Letterhead, writeToCustomer } from './owe-mail.ts';
import { allowed } from './refusal.ts';

export interface AcknowledgeInput extends Letterhead {
  /** Message-ID of the mail that opened the ticket. */
  inReplyTo?: string;
  /** Articles that fit what was asked, best first. */
  articles?: ReadonlyArray<{ title: string; link: string }>;
}

/**
 * Owes the customer the mail that says: we have it, this is its number, you hear from us by then. Once per ticket. A
 * call that was answered, or anything a person answered already, wants none; a call that was left open is promised an
 * answer like any message.
 */
export const acknowledge = (
  ledger: Ledger,
  { links, replyTo, inReplyTo, articles = [] }: AcknowledgeInput,
  ctx: Context,
): Decision<Change, 'already-acknowledged' | 'not-wanted'> => {
  const { ticket, events } = ledger;
  if (events.some(isAnswered)) return refused('already-acknowledged', `Ticket ${ticket.id} was acknowledged before.`);
  if (events.some((event) => event.type === 'opened' && event.noReceipt === true))
    return refused('not-wanted', `Nothing automatic may be sent back for ${ticket.id}.`);
  const may = allowed(ledger, 'acknowledge');
  if (!may.ok) return refused('not-wanted', may.detail);
  if (may.ticket.firstRepliedAt !== undefined)
    return refused('not-wanted', `A person replied to ${ticket.id} before the acknowledgement.`);
  const promise = ticket.clock.firstReply?.dueAt;
  const { mails, notes } = writeToCustomer(
    ticket,
    {
      key: `ack#${ticket.id}`,
      pace: 'prompt',
      content: {
        template: 'acknowledgement',
        subject: ticket.subject,
        link: links.ticket,
        ...(promise === undefined ? {} : { promise }),
        ...(articles.length === 0 ? {} : { articles: [...articles] }),
      },
      replyTo,
      inReplyTo,
    },
    ctx,
  );
  const acknowledged = mails.map(({ key }) => ({
    type: 'acknowledged' as const,
    by: byRule('acknowledgement', ctx.policy),
    reason:
      promise === undefined
        ? 'Every message is acknowledged.'
        : `Every message is acknowledged, and says that a person answers by ${promise}.`,
    mail: key,
    ...(promise === undefined ? {} : { promised: promise }),
  }));
  return decided(makeChange(ledger, ticket, [...acknowledged, ...notes], ctx, { mails }));
};

const isAnswered = (event: TicketEvent): boolean =>
  event.type === 'acknowledged' || (event.type === 'not-sent' && event.what === 'acknowledgement');
