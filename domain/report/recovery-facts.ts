import { durationMs } from '../clock/duration.ts';
import type { Policy } from '../policy.ts';
import { type Instant, millis } from '../support/time.ts';
import { type EventOf, type EventType, inOrder, type SkippedBecause, type TicketEvent } from '../ticket/event.ts';
import type { AgentId, Outcome, TicketId } from '../ticket/ticket.ts';
import type { EventFact } from './event-facts.ts';

/** What is said of recoveries. */
export const RECOVERY_TYPES = [
  'remediation-opened',
  'remediation-skipped',
  'remediation-called',
  'remediation-resumed',
  'remediation-closed',
] as const satisfies readonly EventType[];

/** The work after one low answer, as far as its events tell. */
export interface Recovery {
  ticketId: TicketId;
  /** The cycle that was rated: one recovery each. */
  ratedCycle: number;
  startedAt: Instant;
  deadline: Instant;
  /** Whose answer was low; absent when nobody of the team had answered. */
  agent?: AgentId;
  group?: string;
  category?: string;
  cause?: string;
  /** Why, as the customer chose it. */
  choice?: string;
  outcome?: Outcome;
  closedAt?: Instant;
  /** From the start to the resolution that led to the outcome. */
  recoveryMs?: number;
  /** The lead was called since the deadline was over. */
  missed: boolean;
  leftOut?: 'staff';
}

export interface SkippedRecovery {
  ticketId: TicketId;
  at: Instant;
  why: SkippedBecause;
  agent?: AgentId;
  group?: string;
  category?: string;
  cause?: string;
}

/** Recoveries and the low answers that started none, folded from events in any order. */
export const recoveryFacts = (facts: readonly EventFact[]): { started: Recovery[]; skipped: SkippedRecovery[] } => {
  const started: Recovery[] = [];
  const skipped: SkippedRecovery[] = [];
  for (const some of Map.groupBy(facts, ({ event }) => event.ticketId).values()) {
    const about = new Map(some.map((fact) => [fact.event.id, fact.about]));
    const own: Recovery[] = [];
    for (const event of inOrder(some.map((fact) => fact.event))) {
      if (event.type === 'remediation-opened') own.push(begun(event, about.get(event.id) ?? {}));
      if (event.type === 'remediation-skipped') skipped.push(left(event));
      if (event.type === 'remediation-called') markMissed(own, event);
      if (event.type === 'remediation-resumed') goOn(own, event);
      if (event.type === 'remediation-closed') close(own, event);
    }
    started.push(...own);
  }
  return { started, skipped };
};

type Event<T extends EventType> = TicketEvent & EventOf<T>;

const begun = (event: Event<'remediation-opened'>, about: EventFact['about']): Recovery => {
  const { ticketId, at, ratedCycle, deadline, ratedAgent, cause, choice } = event;
  const [group, category] = [event.group ?? about.group, event.category ?? about.category];
  return {
    ticketId,
    ratedCycle,
    startedAt: at,
    deadline,
    ...(ratedAgent !== undefined && { agent: ratedAgent }),
    ...(group !== undefined && { group }),
    ...(category !== undefined && { category }),
    ...(cause !== undefined && { cause }),
    ...(choice !== undefined && { choice }),
    missed: false,
    ...(about.leftOut !== undefined && { leftOut: about.leftOut }),
  };
};

const left = ({ ticketId, at, why, ratedAgent, group, category, cause }: Event<'remediation-skipped'>) => ({
  ticketId,
  at,
  why,
  ...(ratedAgent !== undefined && { agent: ratedAgent }),
  ...(group !== undefined && { group }),
  ...(category !== undefined && { category }),
  ...(cause !== undefined && { cause }),
});

/** A recovery that is taken up again has a deadline of its own. */
const goOn = (own: readonly Recovery[], { ratedCycle, deadline }: Event<'remediation-resumed'>): void => {
  const found = own.findLast((each) => each.ratedCycle === ratedCycle && each.closedAt === undefined);
  if (found !== undefined) found.deadline = deadline;
};

/** One is open at a time: the call is about that one. */
const markMissed = (own: readonly Recovery[], { at }: Event<'remediation-called'>): void => {
  const open = own.findLast(({ closedAt }) => closedAt === undefined);
  if (open !== undefined && at >= open.deadline) open.missed = true;
};

const close = (own: readonly Recovery[], event: Event<'remediation-closed'>): void => {
  const found = own.findLast((each) => each.ratedCycle === event.ratedCycle && each.closedAt === undefined);
  if (found === undefined) return;
  found.outcome = event.outcome;
  found.closedAt = event.at;
  if (event.recoveryMs !== undefined) found.recoveryMs = event.recoveryMs;
  if (event.recoveryMs !== undefined && millis(found.startedAt) + event.recoveryMs > millis(found.deadline))
    found.missed = true;
};

/** When a recovery has had its time: to be put right, to be asked about, and to be answered. */
export const followUpOver = ({ deadline }: Recovery, { remediation }: Pick<Policy, 'remediation'>): number =>
  millis(deadline) + durationMs(remediation.askAgainAfter) + durationMs(remediation.answerWithin);
