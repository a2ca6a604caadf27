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
  | 'already-there'
  | 'nothing-to-acknowledge';

type Allowed = { ok: true; ticket: PlacedTicket };
type Forbidden = { ok: false; refusal: WrongStatus; detail: string };

/** Asks the table of transitions, which is the only list of what may follow what. */
export const allowed = ({ ticket }: Ledger, move: Move): Allowed | Forbidden => {
  if (isPlaced(ticket) && mayMove(ticket.status, move)) return { ok: true, ticket };
  return refused<WrongStatus>(
    `not-while-${ticket.status}`,
    `Ticket ${ticket.id} is ${ticket.status}; "${move}" is possible while it is ${allowedFrom(move).join(', ')}.`,
  );
};
