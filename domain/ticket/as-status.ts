import type { Instant } from '../support/time.ts';
import type {
  ClosedTicket,
  OnHoldTicket,
  OpenTicket,
  PendingTicket,
  PlacedTicket,
  ResolvedTicket,
  Status,
  StatusFacts,
  TicketId,
} from './ticket.ts';

/** A placed ticket without what belongs to one status alone. */
export type Bare = Omit<OpenTicket, 'status'>;

type Loose = Bare & {
  status: Status;
  pausedAt?: Instant;
  holdUntil?: Instant;
  holdReason?: string;
  resolvedAt?: Instant;
  closedAt?: Instant;
};

const bare = (ticket: PlacedTicket): Bare => {
  const loose: Loose = ticket;
  const { status, pausedAt, holdUntil, holdReason, resolvedAt, closedAt, ...rest } = loose;
  return rest;
};

export const asOpen = (ticket: PlacedTicket): OpenTicket => ({ ...bare(ticket), status: 'open' });

export const asPending = (ticket: PlacedTicket, pausedAt: Instant): PendingTicket => ({
  ...bare(ticket),
  status: 'pending',
  pausedAt,
});

export const asOnHold = (
  ticket: PlacedTicket,
  pausedAt: Instant,
  hold: Pick<OnHoldTicket, 'holdUntil' | 'holdReason'>,
): OnHoldTicket => ({ ...bare(ticket), ...hold, status: 'on-hold', pausedAt });

export const asResolved = (ticket: PlacedTicket, resolvedAt: Instant): ResolvedTicket => ({
  ...bare(ticket),
  status: 'resolved',
  resolvedAt,
});

/** A ticket that its customer left, or solved with an article, counts as resolved when it is closed. */
export const asClosed = (ticket: PlacedTicket, closedAt: Instant): ClosedTicket => ({
  ...bare(ticket),
  status: 'closed',
  resolvedAt: closedAt,
  closedAt,
});

/** The same ticket in its next cycle: open, and owed a first reply again. */
export const asReopened = (ticket: ResolvedTicket | ClosedTicket): OpenTicket => {
  const { firstRepliedAt, ...rest } = bare(ticket);
  return { ...rest, status: 'open', cycle: ticket.cycle + 1 };
};

/** What belongs to the status it has, to stand so again. */
const statusFactsOf = (ticket: PlacedTicket): StatusFacts => {
  switch (ticket.status) {
    case 'open':
      return { status: 'open' };
    case 'pending':
      return { status: 'pending', pausedAt: ticket.pausedAt };
    case 'on-hold': {
      const { pausedAt, holdUntil, holdReason } = ticket;
      return {
        status: 'on-hold',
        pausedAt,
        ...(holdUntil === undefined ? {} : { holdUntil }),
        ...(holdReason === undefined ? {} : { holdReason }),
      };
    }
    case 'resolved':
      return { status: 'resolved', resolvedAt: ticket.resolvedAt };
    case 'closed':
      return { status: 'closed', resolvedAt: ticket.resolvedAt, closedAt: ticket.closedAt };
  }
};

/** Closed as a part of another ticket, with how it stood before. */
export const asMerged = (ticket: PlacedTicket, into: TicketId, at: Instant): ClosedTicket => ({
  ...bare(ticket),
  status: 'closed',
  resolvedAt: at,
  closedAt: at,
  mergedInto: into,
  beforeMerge: statusFactsOf(ticket),
});

/** As it stood before it was merged. */
export const asBeforeMerge = (ticket: PlacedTicket, before: StatusFacts): PlacedTicket => {
  const { mergedInto, beforeMerge, ...rest } = bare(ticket);
  return { ...rest, ...before };
};
