import type { Target } from '../policy.ts';
import type { EventType } from '../ticket/event.ts';
import type { Channel, Priority, PromiseKind, Status, TicketId } from '../ticket/ticket.ts';

/** A promise as the events tell it, before any calendar is asked. Times are milliseconds since the epoch. */
export interface Slot {
  kind: PromiseKind;
  startedAt: number;
  startedBy: EventType;
  /** The row of targets that holds for it; one without a target of this kind promises nothing. */
  row: Target | undefined;
  endedAt?: number;
  endedBy?: EventType;
  /** Rungs climbed for it, by id. A new target starts the ladder anew; a pause does not. */
  climbed: Set<string>;
  /** The message it was begun by, for a next reply. */
  message?: string;
  /**
   * It came from another ticket at `until`, where it had stood still for `pausedMs` of working time; `as` is what was
   * promised there, `from` the ticket it leaves with again when the merge is undone.
   */
  carried?: { as: PromiseKind; until: number; pausedMs: number; from?: TicketId };
}

/** A span in which the clock stood still. */
export interface Pause {
  from: number;
  to?: number;
}

/** The present cycle of a ticket, folded from its events. */
export interface History {
  channel: Channel | undefined;
  priority: Priority;
  status: Status;
  slots: Slot[];
  pauses: Pause[];
  /** The customer's messages that no reply has followed yet, in order. */
  asked: Array<{ message: string; at: number }>;
  /** Promises that gave way to a sooner one of a merged ticket. */
  putAside: Array<{ from: TicketId; kind: PromiseKind; replaced?: Slot }>;
  /** How it stood when it was merged into another ticket. */
  beforeMerge?: Pick<History, 'status' | 'slots' | 'pauses' | 'waiting'>;
  /** The wait under way while the ticket is pending or on hold. */
  waiting?: { since: number; until?: number; remindedAt?: number };
}
