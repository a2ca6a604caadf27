import type { ClockRules, Silence, Target } from '../policy.ts';
import type { Actor, EventType, TicketEvent } from '../ticket/event.ts';
import type { AgentId, Channel, Priority, PromiseKind, Status, TicketId } from '../ticket/ticket.ts';

/** A promise as the events tell it, before any calendar is asked. Times are milliseconds since the epoch. */
export interface Slot {
  kind: PromiseKind;
  startedAt: number;
  startedBy: EventType;
  /** Ids of the events that started and ended it. */
  startedByEvent: string;
  endedByEvent?: string;
  /** The version it was promised under. */
  rules: ClockRules;
  /** The row of targets that holds for it; one without a target of this kind promises nothing. */
  row: Target | undefined;
  endedAt?: number;
  endedBy?: EventType;
  /** Rungs climbed for it, by id. A new target starts the ladder anew; a pause does not. */
  climbed: Set<string>;
  /**
   * Rungs climbed for earlier targets, by target and calendar: a promise that gets one of them back tells nobody twice.
   */
  climbedBefore?: Map<string, Set<string>>;
  /** When the first of them was climbed. */
  firstClimbedAt?: number;
  /** The last rung climbed, if it has to be acknowledged: `within` of working time from `since` on. */
  asks?: { rung: string; since: number; within: string };
  /** Somebody acknowledged a rung, and further noise rests for a while. */
  rests?: { since: number; by: AgentId; lasts: string };
  /** Notices that wait for the end of somebody's quiet hours. */
  held?: HeldNotice[];
  /** The ladder was climbed after it was due: it stays broken, by the version that it was broken under. */
  broken?: true;
  /** By when the customer was told to hear from the desk, once it was late. */
  renewedUntil?: number;
  /** By when a mail said that they hear: they count on it, whatever the promise is by now. */
  saidBy?: number | undefined;
  /** A time that a mail had named and that passed before the promise is due; they were told when it is due instead. */
  longerThan?: number;
  /** The message it was begun by, for a next reply. */
  message?: string;
  /**
   * It came from another ticket at `until`, where it had stood still for `pausedMs` of working time; `as` is what was
   * promised there, `from` the ticket it leaves with again when the merge is undone.
   */
  carried?: { as: PromiseKind; until: number; pausedMs: number; from?: TicketId };
}

/** A time that a mail had named about a merged ticket, whose promise gave way to one of this ticket. */
export interface LentTime {
  to: Slot;
  before: number | undefined;
  saidBy: number;
}

/** A notice that is told at `until`, if it still matters then. */
export interface HeldNotice {
  rung: string;
  agent: AgentId;
  until: number;
}

/** A span in which the clock stood still. */
export interface Pause {
  from: number;
  to?: number;
}

/** A message of the customer, and the event that brought it. */
export interface Asked {
  message: string;
  at: number;
  by: TicketEvent;
}

/** The present cycle of a ticket, folded from its events. */
export interface History {
  channel: Channel | undefined;
  priority: Priority;
  /** Of the customer. */
  type: string;
  /** Undefined before triage. */
  group: string | undefined;
  status: Status;
  slots: Slot[];
  pauses: Pause[];
  /** The customer's messages that no reply has followed yet, in order. */
  asked: Asked[];
  /** Messages of the customer that were nothing but thanks, and that no reply has followed. */
  thanked: string[];
  /** Times that passed and were taken back, by promise. */
  saidLate: Set<string>;
  /** Promises that gave way to a sooner one of a merged ticket. */
  putAside: Array<{ from: TicketId; kind: PromiseKind; replaced?: Slot; lent?: LentTime }>;
  /** How it stood when it was merged into another ticket. */
  beforeMerge?: Pick<History, 'status' | 'slots' | 'pauses' | 'waiting'>;
  /** When a person last gave the ticket its place. */
  placedByHand?: { at: number; by: Actor };
  /** When the ladder last moved the ticket, or would have, had its path not ended. */
  placedByLadderAt?: number;
  /** The wait under way while the ticket is pending or on hold. */
  waiting?: Waiting;
}

/** While the ticket is pending or on hold. */
export interface Waiting {
  since: number;
  until?: number;
  /** By the version under which the wait began, or a later one that applies to open tickets. */
  silence: Silence;
  reminders: number;
  remindedAt?: number;
  /** What the last reminder told the customer: the ticket is not closed before. */
  closesAt?: number;
}
