import type { Context } from '../../context.ts';
import type { Ledger } from '../../ports.ts';
import { erasedRequester } from '../../privacy/erased.ts';
import { asClosed } from '../as-status.ts';
import type { Change } from '../change.ts';
import type { Actor } from '../event.ts';
import { type ClosedTicket, isPlaced, type PlacedTicket, type Ticket, type Tier } from '../ticket.ts';
import { makeChange, type Noted } from './make-change.ts';

export interface EraseInput {
  /** The request it follows from. */
  erasure: string;
  by: Actor;
  /** Where a ticket is counted that nobody has sorted yet. */
  unsorted: { category: string; group: string; tier: Tier };
}

/**
 * The ticket of an erased person: it has no words and no name any more, and is closed, so that whatever waits on it ends.
 * Undefined when that is done already. Promises that were running are withdrawn, neither kept nor broken; one that was
 * broken stays so.
 */
export const eraseTicket = (
  ledger: Ledger,
  { erasure, by, unsorted }: EraseInput,
  ctx: Context,
): Change | undefined => {
  const { ticket } = ledger;
  if (ticket.customer.erased && ticket.status === 'closed') return undefined;
  const noted = { by, reason: 'Everything that was held of the customer is erased.' };
  const closing: Noted[] = ticket.status === 'closed' ? [] : [{ ...noted, type: 'closed', how: 'erased' }];
  const placed: PlacedTicket = isPlaced(ticket) ? ticket : { ...ticket, ...unsorted, priority: 'P4', status: 'open' };
  return makeChange(
    ledger,
    withoutWords(closed(placed, ctx)),
    [{ ...noted, type: 'erased', erasure }, ...closing],
    ctx,
  );
};

/** What was solved before stays solved when it was. */
const closed = (ticket: PlacedTicket, { now }: Context): ClosedTicket => {
  if (ticket.status === 'closed') return ticket;
  return { ...asClosed(ticket, now), ...(ticket.status === 'resolved' && { resolvedAt: ticket.resolvedAt }) };
};

const withoutWords = (ticket: ClosedTicket): Ticket => {
  const { resolution, needsHuman, beforeMerge, product, report, ...rest } = ticket;
  const { context, category, product: named, ...codes } = report;
  return {
    ...rest,
    subject: '',
    customer: erasedRequester(ticket.customer),
    report: codes,
    ...(beforeMerge && { beforeMerge: beforeMerge.status === 'on-hold' ? withoutReason(beforeMerge) : beforeMerge }),
  };
};

const withoutReason = <T extends { holdReason?: string }>({ holdReason, ...rest }: T): Omit<T, 'holdReason'> => rest;
