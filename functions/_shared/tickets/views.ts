import type { AgentNow } from '../../../domain/policy.ts';
import type { ReplyRating } from '../../../domain/rating/reply-rating.ts';
import { asSeenBy, type Viewer, withoutRating } from '../../../domain/rating/visible.ts';
import { shownStatus } from '../../../domain/ticket/acts/reopen-window.ts';
import type { TicketEvent } from '../../../domain/ticket/event.ts';
import type { Message } from '../../../domain/ticket/message.ts';
import { isBeingPutRight, type Requester, type Sentiment, type Ticket } from '../../../domain/ticket/ticket.ts';
import type { Rules } from '../desk.ts';

/**
 * A ticket as this client of the desk sees it now. A field that is not known yet is left out, as everything is before
 * triage; so is a rating that is not theirs to see.
 */
export const ticketView = (ticket: Ticket, who: Viewer, { policy, clock }: Pick<Rules, 'policy' | 'clock'>) => {
  const { report, anchor, customer, lookAgainAt, remediation, putsRight, beforeMerge, ...shown } = asSeenBy(
    ticket,
    who,
    policy,
  );
  return {
    ...shown,
    status: shownStatus(ticket, policy, clock.now()),
    customer: customerView(customer),
    report,
    ...(isBeingPutRight(ticket)
      ? { remediation: { state: 'open' as const } }
      : remediation && {
          remediation: {
            state: remediation.state,
            ...(remediation.outcome !== undefined && { outcome: remediation.outcome }),
          },
        }),
  };
};

const customerView = ({ id, email, phone, handle, name, locale, type, erased }: Requester) => ({
  id,
  ...(email !== undefined && { email }),
  ...(phone !== undefined && { phone }),
  ...(handle !== undefined && { handle }),
  ...(name !== undefined && { name }),
  locale,
  type,
  ...(erased && { erased }),
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

/** What happened, with the facts of its kind beside the common ones, but for a rating that is not theirs to see. */
export const eventView = (event: TicketEvent, seesRating: boolean): object => {
  const { ticketId, ...shown } = event;
  return seesRating ? shown : withoutRating(shown);
};

export const agentView = ({ languages, skills, lastAssignedAt, timeZone, phone, tellBy, quiet, ...shown }: AgentNow) =>
  shown;
