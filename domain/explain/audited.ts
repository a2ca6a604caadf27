import type { Instant } from '../support/time.ts';
import { isPlaced, type Ticket } from '../ticket/ticket.ts';

/** Something stored that the ledger does not bear out. */
export interface Disagreement {
  /** e.g. `clock.firstReply.dueAt`, `rung warn`. */
  what: string;
  stored: string;
  recomputed: string;
  /** When it went wrong; absent for what is stored of the present. */
  at?: Instant;
}

/** What of a ticket is a cache of its ledger: all that a disagreement can be about. No person's words. */
export type Audited = Pick<
  Ticket,
  | 'id'
  | 'status'
  | 'cycle'
  | 'version'
  | 'channel'
  | 'clock'
  | 'createdAt'
  | 'updatedAt'
  | 'lookAgainAt'
  | 'satisfaction'
> & {
  priority?: string;
  group?: string;
  assignee?: string;
  /** The customer's, by whose day surveys and reminders go out. */
  timeZone?: string;
};

export const auditedOf = (ticket: Ticket): Audited => {
  const { id, status, cycle, version, channel, clock, createdAt, updatedAt, lookAgainAt, satisfaction, customer } =
    ticket;
  return {
    id,
    status,
    cycle,
    version,
    channel,
    clock,
    createdAt,
    updatedAt,
    ...(lookAgainAt === undefined ? {} : { lookAgainAt }),
    ...(satisfaction === undefined ? {} : { satisfaction }),
    ...(customer.timeZone === undefined ? {} : { timeZone: customer.timeZone }),
    ...(isPlaced(ticket)
      ? {
          priority: ticket.priority,
          group: ticket.group,
          ...(ticket.assignee === undefined ? {} : { assignee: ticket.assignee }),
        }
      : {}),
  };
};
