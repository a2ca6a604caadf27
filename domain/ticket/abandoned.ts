import { type Instant, MINUTE, plus } from '../support/time.ts';
import { isLive, type Ticket } from './ticket.ts';

/** An intake lasts at most five minutes (Express); after that it has ended or will never end. */
const INTAKE_ENDS_WITHIN = 6 * MINUTE;

/**
 * A living escalation acts when it has to look, and names the next look with it. Retries of one step take some ten minutes
 * at most, so that after this long it has ended, or AWS is in trouble.
 */
const LOOK_IS_LATE_AFTER = 15 * MINUTE;

/**
 * Whose work on a ticket seems to have ended without an end: the intake of one that is still new, the escalation of one
 * at which somebody should have looked. A ticket that is marked for a person is theirs; an intake is tried again all the same,
 * since nobody can sort a new ticket by hand.
 */
export const abandonedBy = (ticket: Ticket, now: Instant): 'intake' | 'escalation' | undefined => {
  const { status, createdAt, lookAgainAt, needsHuman } = ticket;
  if (status === 'new') return createdAt < plus(now, -INTAKE_ENDS_WITHIN) ? 'intake' : undefined;
  if (!isLive(ticket) || needsHuman !== undefined || lookAgainAt === undefined) return undefined;
  return lookAgainAt < plus(now, -LOOK_IS_LATE_AFTER) ? 'escalation' : undefined;
};
