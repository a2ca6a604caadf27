import type { Instant } from '../support/time.ts';
import type { AgentId, Channel, Priority, PromiseKind, TicketId } from '../ticket/ticket.ts';

/** What came of a clock. One outcome each: a late answer does not undo a breach. */
export const CLOCK_OUTCOMES = ['running', 'paused', 'met', 'breached', 'cancelled'] as const;
export type ClockOutcome = (typeof CLOCK_OUTCOMES)[number];

/**
 * Why a clock was neither kept nor broken, or why nobody waits any more for a first reply that was broken: the ticket
 * became a part of another, an article or the customer's silence ended it, it was resolved without the reply, or a promise
 * of another ticket took its place.
 */
export const WHY_CANCELLED = ['merged', 'withdrawn', 'resolved-without-reply', 'replaced'] as const;
export type WhyCancelled = (typeof WHY_CANCELLED)[number];

/**
 * One promise at the moment something was decided about it. It stands on the event that decided it and is never changed: a
 * later note about the same `clock` says what came of it then. Ids and codes only.
 */
export interface ClockNote {
  /** Cycle, kind and start of the promise: the same through pauses and other priorities. */
  clock: string;
  promise: PromiseKind;
  cycle: number;
  startedAt: Instant;
  /** As it stood then; while it is running, pauses may still move it. */
  dueAt: Instant;
  /** ISO 8601, counted in `calendar`. */
  target: string;
  calendar: string;
  /** The row of policy.yaml's targets. */
  row: string;
  outcome: ClockOutcome;
  /** Met: when it was answered. Breached: the due instant. Absent while it runs. */
  decidedAt?: Instant;
  why?: WhyCancelled;
  /** When it was answered, also when that was too late. */
  endedAt?: Instant;
  /** A broken first reply that nobody waits for any more, as the ticket ended without it: when, with `why`. */
  calledOffAt?: Instant;
  /** Working time from the start to its end (`endedAt`, `calledOffAt`), or to now, less pauses. */
  usedMs: number;
  /** Whose it was when it was decided. */
  group: string;
  agent?: AgentId;
  priority: Priority;
  channel: Channel;
  /** The ticket has been P1 or P2 at some time: lowering the priority takes nothing back. */
  high: boolean;
  /** A resolution that did not last: when the ticket came back. */
  reopenedAt?: Instant;
}

/** A note as it is kept for reports. */
export interface ClockFact extends ClockNote {
  ticketId: TicketId;
  /** Version of the ticket that noted it: of two notes about one clock, the higher one counts. */
  version: number;
  /** Somebody of the team asked: told apart, as it is no customer's. */
  leftOut?: 'staff';
}
