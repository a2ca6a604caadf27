import type { Ledger } from '../../ports.ts';
import { refused } from '../../support/decision.ts';
import { isPlaced, type PlacedTicket, type Status } from '../ticket.ts';
import { allowedFrom, type Move, mayMove } from '../transitions.ts';

/** The ticket's status forbids the act; the detail names it in words. */
export type WrongStatus = `not-while-${Status}`;

/** Every refusal of an act of the desk. */
export type Refusal =
  | WrongStatus
  | 'needs-missing'
  | 'until-in-the-past'
  | 'window-over'
  | 'unknown-agent'
  | 'unknown-place'
  | 'unknown-category'
  | 'unknown-message'
  | 'already-there'
  | 'merged'
  | 'erased'
  | 'not-merged'
  | 'not-linked'
  | 'same-ticket'
  | 'other-customer'
  | 'answer-first'
  | 'nothing-left'
  | 'too-many'
  | 'nothing-to-acknowledge'
  | 'not-quarantined';

type Allowed = { ok: true; ticket: PlacedTicket };
type Forbidden = { ok: false; refusal: WrongStatus | 'merged' | 'erased'; detail: string };

/**
 * Asks the table of transitions, which is the only list of what may follow what. A ticket that is a part of another one is
 * worked on there.
 */
export const allowed = ({ ticket }: Ledger, move: Move): Allowed | Forbidden => {
  if (ticket.customer.erased)
    return refused('erased', `The customer of ticket ${ticket.id} is erased: there is nobody to work for.`);
  if (ticket.mergedInto !== undefined && move !== 'note' && move !== 'link')
    return refused('merged', `Ticket ${ticket.id} is a part of ${ticket.mergedInto}: act there, or undo the merge.`);
  if (isPlaced(ticket) && mayMove(ticket.status, move)) return { ok: true, ticket };
  return refused<WrongStatus>(
    `not-while-${ticket.status}`,
    `Ticket ${ticket.id} is ${ticket.status}; "${move}" is possible while it is ${allowedFrom(move).join(', ')}.`,
  );
};
