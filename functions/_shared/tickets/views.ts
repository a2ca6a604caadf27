import type { AgentNow } from '../../../domain/policy.ts';
import type { ReplyRating } from '../../../domain/rating/reply-rating.ts';
import { shownStatus } from '../../../domain/ticket/acts/reopen-window.ts';
import type { TicketEvent } from '../../../domain/ticket/event.ts';
import type { Message } from '../../../domain/ticket/message.ts';
import type { Requester, Sentiment, Ticket } from '../../../domain/ticket/ticket.ts';
import type { Rules } from '../desk.ts';

/**
 * A ticket as clients of the desk see it now. A field that is not known yet is left out, as everything is before triage.
 */
export const ticketView = (ticket: Ticket, { policy, clock }: Pick<Rules, 'policy' | 'clock'>) => {
  const { report, anchor, customer, lookAgainAt, remediation, beforeMerge, ...shown } = ticket;
  return {
    ...shown,
    status: shownStatus(ticket, policy, clock.now()),
    customer: customerView(customer),
    report,
    ...(remediation && {
      remediation: {
        state: remediation.state,
        ...(remediation.outcome !== undefined && { outcome: remediation.outcome }),
      },
    }),
  };
};

const customerView = ({ id, email, phone, handle, name, locale, type }: Requester) => ({
  id,
  ...(email !== undefined && { email }),
  ...(phone !== undefined && { phone }),
  ...(handle !== undefined && { handle }),
  ...(name !== undefined && { name }),
  locale,
  type,
});

/**
 * A message with the rating its customer gave it, if it has one. `ticket` names where it was written, when that is a part of
 * the ticket shown; `raw` and `whole` say where the mail as it came and a long text can be had.
 */
export const messageView = (
  { ticketId, raw, whole, mailId, attachments, ...shown }: Message,
  shownOn: string,
  rating?: ReplyRating,
  sentiment?: Sentiment,
) => ({
  ...shown,
  attachments: attachments.map(({ key, ...file }, index) => ({ ...file, index })),
  ...(ticketId !== shownOn && { ticket: ticketId }),
  ...(raw !== undefined && { raw: `/desk/tickets/${ticketId}/messages/${shown.id}/raw` }),
  ...(whole !== undefined && { whole: `/desk/tickets/${ticketId}/messages/${shown.id}/whole` }),
  ...(sentiment && { sentiment }),
  ...(rating && { rating }),
});

/** What happened, with the facts of its kind beside the common ones. */
export const eventView = ({ ticketId, ...shown }: TicketEvent) => shown;

export const agentView = ({ languages, skills, lastAssignedAt, timeZone, phone, tellBy, quiet, ...shown }: AgentNow) =>
  shown;
