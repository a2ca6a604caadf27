import { clockOf, type Standing, standing } from '../../clock/standing.ts';
import type { Context } from '../../context.ts';
import type { Ledger } from '../../ports.ts';
import type { Change } from '../change.ts';
import type { RecountedPromise } from '../event.ts';
import { isLive, isPaused, PROMISE_KINDS, type Ticket, type TicketClock } from '../ticket.ts';
import { byRule, makeChange } from './make-change.ts';

/**
 * Brings what a ticket stores of its promises up to the present version of the policy, for versions that count for what is
 * owed: nothing is promised here, the ledger and the policy say it all. The write wakes an execution whose next look comes
 * sooner now. Undefined when the ticket says already what the ledger says.
 */
export const recount = (ledger: Ledger, ctx: Context): Change | undefined => {
  const { ticket, events } = ledger;
  if (!isLive(ticket)) return undefined;
  const stands = standing(events, ctx.policy, ctx.now);
  const promises = movedPromises(ticket.clock, clockOf(stands));
  if (promises.length === 0 && !isLookedAtOtherwise(ticket, stands)) return undefined;
  const { lookAgainAt } = stands;
  const recounted = {
    type: 'promises-recounted' as const,
    by: byRule('policy', ctx.policy),
    reason: `Version ${ctx.policy.version} of the policy counts for what is still owed.`,
    promises,
    ...(lookAgainAt === undefined ? {} : { lookAgainAt }),
  };
  return makeChange(ledger, ticket, [recounted], ctx);
};

/** Whether a promise is running or late changes by time alone, and is no matter of versions. */
const movedPromises = (before: TicketClock, after: TicketClock): RecountedPromise[] =>
  PROMISE_KINDS.flatMap((promise) => {
    const [was, is] = [before[promise], after[promise]];
    if (was?.dueAt === is?.dueAt && was?.target === is?.target && was?.calendar === is?.calendar) return [];
    return [
      { promise, ...(was === undefined ? {} : { was: was.dueAt }), ...(is === undefined ? {} : { dueAt: is.dueAt }) },
    ];
  });

/** While it is the desk's turn, the latest look moves on with the time of day: only a sooner one tells of another ladder. */
const isLookedAtOtherwise = (ticket: Ticket, { lookAgainAt: next = '' }: Standing): boolean => {
  const { lookAgainAt: known = '' } = ticket;
  return isPaused(ticket) ? next !== known : next < known;
};
