import type { Context } from '../context.ts';
import { maskSecrets } from '../masking/mask-secrets.ts';
import type { Ledger } from '../ports.ts';
import { inOrder } from '../ticket/event.ts';
import type { Message } from '../ticket/message.ts';
import { type CustomerId, isBeingPutRight } from '../ticket/ticket.ts';
import { type FeedbackChange, feedbackId } from './feedback.ts';

/** Letters of a suggestion; all that was written stands on the ticket. */
const LONGEST_SUGGESTION = 4000;

/**
 * What a customer writes after an apology asked them what should have been better: it is a message of the ticket, and kept
 * as a suggestion too. Undefined when nobody has asked, or nothing was written.
 */
export const suggestionIn = (
  { ticket, events }: Ledger,
  { text }: Message,
  customerId: CustomerId,
  { now, ids }: Context,
): FeedbackChange | undefined => {
  const words = [...maskSecrets(text).text.trim()];
  if (words.length === 0 || !isBeingPutRight(ticket) || !wasAsked(events)) return undefined;
  const shown =
    words.length > LONGEST_SUGGESTION ? `${words.slice(0, LONGEST_SUGGESTION - 1).join('')}…` : words.join('');
  return {
    after: {
      id: feedbackId(now, ids.ulid()),
      at: now,
      kind: 'suggestion',
      answers: {},
      text: shown,
      locale: ticket.customer.locale,
      customerId,
      ticketId: ticket.id,
      version: 1,
    },
  };
};

/** The apology of the work that is under way has gone out. */
const wasAsked = (events: Ledger['events']): boolean => {
  const last = inOrder(events).findLast(
    ({ type }) => type === 'remediation-contacted' || type === 'remediation-opened',
  );
  return last?.type === 'remediation-contacted';
};
