import { durationMs } from '../clock/duration.ts';
import { whenToAsk } from '../contact/daytime.ts';
import type { Policy } from '../policy.ts';
import { recoveryOf } from '../remediation/marks.ts';
import { type Instant, instant, millis, plus } from '../support/time.ts';
import type { Survey } from '../survey/survey.ts';
import { isLive, type Ticket, type TicketId } from './ticket.ts';

/** What a waiting execution waits for; each is one state of a machine. */
export type Awaited =
  | 'first-reply'
  | 'resolution'
  | 'customer'
  | 'late-answer'
  | 'third-party'
  | 'rating'
  | 'recovery'
  | 'follow-up-rating';

export type WaitingMachine = 'escalation' | 'survey' | 'remediation';

/** The task token of a waiting state, stored by the execution itself beside the ticket (`WAIT#<machine>`). */
export interface Wait {
  ticketId: TicketId;
  machine: WaitingMachine;
  /** The cycle the execution is about; for `recovery` the cycle in which the ticket is put right. */
  cycle: number;
  awaits: Awaited;
  token: string;
  /** When the state times out by itself. */
  until?: Instant;
  /** Which execution of its cycle waits, from 1: a long life goes on in a new one. Absent: its definition knew of one only. */
  nth?: number;
  /** Its history is nearly full: whatever does not end the cycle goes on in the next execution. */
  isFull?: boolean;
  /**
   * When the wait began, by the clock of its machine. It climbs the ladder at once when it is told `RungDue`. Absent: its
   * definition did not know that, or nobody is urged in it.
   */
  since?: Instant;
}

/**
 * What the escalation does next, as `What Is Owed Now?` reads it. `late-answer`: the customer's, after the last reminder.
 */
export type Owed = 'first-reply' | 'resolution' | 'customer' | 'late-answer' | 'third-party' | 'nothing';

/**
 * Success carries the state's result; failure names an error that the state catches. The cause goes over as JSON text:
 * the state reads from it when to look again.
 */
export type Signal =
  | { kind: 'succeed'; output: Record<string, unknown> }
  | {
      kind: 'fail';
      error: 'TicketPaused' | 'TicketOnHold' | 'LookAgain' | 'RungDue' | 'GoOnAnew';
      cause: { why: string; lookAgainAt: Instant };
    };

export const owedOn = (ticket: Ticket): Owed => {
  switch (ticket.status) {
    case 'new':
      return 'first-reply';
    case 'open':
      return owedByDesk(ticket);
    case 'pending':
      return 'customer';
    case 'on-hold':
      return 'third-party';
    case 'resolved':
    case 'closed':
      return 'nothing';
  }
};

/** What the desk owes next, also where the ladder is climbed while somebody else is waited for. */
export const owedByDesk = ({ firstRepliedAt }: { firstRepliedAt?: Instant }): Owed =>
  firstRepliedAt === undefined ? 'first-reply' : 'resolution';

/** What the signal of a wait depends on. */
export interface Seen {
  ticket: Ticket;
  /** Where the ticket is worked on, if it became a part of another. */
  host?: Ticket | undefined;
  /** The survey whose answer is waited for. */
  survey?: Survey | undefined;
}

/**
 * Whether what the execution waits for has come, judged by the present state alone. It is asked twice: when the ticket
 * changes, and when a token is stored. Whichever comes later sees both, so no order of the two loses a signal, and
 * asking again does no harm (a used token is refused by Step Functions).
 */
export const signalFor = (
  wait: Wait,
  { ticket, host = ticket, survey }: Seen,
  policy: Pick<Policy, 'remediation' | 'survey'>,
): Signal | undefined => {
  switch (wait.awaits) {
    case 'first-reply':
    case 'resolution':
      return escalationSignal(wait, ticket);
    case 'customer':
    case 'late-answer':
      return pauseSignal(wait, ticket, 'pending');
    case 'third-party':
      return pauseSignal(wait, ticket, 'on-hold');
    case 'rating':
      return ratingSignal(survey);
    case 'follow-up-rating':
      return followUpSignal(ticket, host, survey);
    case 'recovery':
      return recoverySignal(ticket, host, policy);
  }
};

/** The cycle this execution is about has ended. */
const over = (wait: Wait, ticket: Ticket): boolean => ticket.cycle > wait.cycle || !isLive(ticket);

/** Something is due before this wait ends by itself. */
const isSooner = ({ until }: Wait, { lookAgainAt }: Ticket): boolean =>
  until !== undefined && lookAgainAt !== undefined && lookAgainAt < until;

/**
 * The ticket is to be looked at since before the wait began. No wait is shorter than a second, so that it would be that
 * late. By the clock of the machine alone, which also says what is due when the signal comes: two clocks that disagree
 * would send the ticket from wait to wait.
 */
const isOverdue = ({ since }: Wait, { lookAgainAt }: Ticket): boolean =>
  since !== undefined && lookAgainAt !== undefined && lookAgainAt <= instant(millis(since));

const standingOf = (wait: Wait, ticket: Ticket): Signal => ({
  kind: 'succeed',
  output: over(wait, ticket) ? { owed: 'nothing' } : { owed: owedOn(ticket), lookAgainAt: ticket.lookAgainAt },
});

/** A pause has ended, or another one took its place that is looked at sooner: the customer was asked again meanwhile. */
const pauseSignal = (wait: Wait, ticket: Ticket, status: 'pending' | 'on-hold'): Signal | undefined =>
  over(wait, ticket) || ticket.status !== status || isSooner(wait, ticket) ? standingOf(wait, ticket) : undefined;

const escalationSignal = (wait: Wait, ticket: Ticket): Signal | undefined => {
  if (over(wait, ticket)) return { kind: 'succeed', output: { owed: 'nothing', lookAgainAt: ticket.updatedAt } };
  const lookAgainAt = ticket.lookAgainAt ?? ticket.updatedAt;
  const isElsewhere = owedOn(ticket) !== wait.awaits;
  // By the very change of which this is asked, whatever the clock of the machine says.
  const isDueNow = wait.since !== undefined && lookAgainAt <= ticket.updatedAt;
  if (isOverdue(wait, ticket) || (isDueNow && (isElsewhere || isSooner(wait, ticket))))
    return fail('RungDue', 'Something is due already.', lookAgainAt);
  // Asked of the signal, since a state that is left by an error would have to pay a transition to ask it of a Choice.
  if (wait.isFull === true && (isElsewhere || isSooner(wait, ticket)))
    return fail('GoOnAnew', 'The history of this execution is nearly full.', lookAgainAt);
  if (ticket.status === 'pending') return fail('TicketPaused', 'The customer owes an answer.', lookAgainAt);
  if (ticket.status === 'on-hold') return fail('TicketOnHold', 'A third party owes an answer.', lookAgainAt);
  const isAnswered = wait.awaits === 'first-reply' && isElsewhere;
  if (!isAnswered && !isSooner(wait, ticket)) return undefined;
  return isAnswered
    ? standingOf(wait, ticket)
    : fail('LookAgain', 'Something is due before this wait ends.', lookAgainAt);
};

const fail = (error: Extract<Signal, { kind: 'fail' }>['error'], why: string, lookAgainAt: Instant): Signal => ({
  kind: 'fail',
  error,
  cause: { why, lookAgainAt },
});

/**
 * A recovery has come when a person has answered the customer and it was resolved after that, and is so still. The answer
 * says when the customer is asked whether it is better. Whose customer was erased waits for nobody.
 */
const recoverySignal = (
  { id, customer, updatedAt }: Ticket,
  host: Ticket,
  policy: Pick<Policy, 'remediation' | 'survey'>,
): Signal | undefined => {
  if (customer.erased) return { kind: 'succeed', output: { outcome: 'erased', askAt: updatedAt } };
  const solvedAt = recoveryOf(host, id)?.solvedAt;
  if (isLive(host) || solvedAt === undefined) return undefined;
  const settled = plus(solvedAt, durationMs(policy.remediation.askAgainAfter));
  return { kind: 'succeed', output: { outcome: 'resolved', askAt: whenToAsk(settled, customer, policy) } };
};

/** The customer's answer, or that they took it up again before they gave one: then there is nothing to judge yet. */
const followUpSignal = ({ customer }: Ticket, host: Ticket, survey: Survey | undefined): Signal | undefined => {
  if (customer.erased) return { kind: 'succeed', output: { outcome: 'erased' } };
  if (survey?.status !== 'answered' && isLive(host)) return { kind: 'succeed', output: { outcome: 'reopened' } };
  return ratingSignal(survey);
};

const ratingSignal = (survey: Survey | undefined): Signal | undefined => {
  if (survey === undefined || survey.status === 'asked') return undefined;
  if (survey.status !== 'answered') return { kind: 'succeed', output: { outcome: survey.status } };
  return { kind: 'succeed', output: { outcome: 'answered', score: survey.answer.score, low: survey.answer.low } };
};
