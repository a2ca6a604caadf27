import type { Context } from '../../domain/context.ts';
import { ClockBehind } from '../../domain/errors.ts';
import { type Instant, MINUTE, plus } from '../../domain/support/time.ts';
import type { Ticket } from '../../domain/ticket/ticket.ts';
import { contextNow, type Rules } from './desk.ts';

/** Steps that failed are tried again for some minutes; a clock may be that wrong without doing anything early. */
const SAME_LOOK_WITHIN = 15 * MINUTE;

/**
 * The context of what a timer does. `at` is when the machine's own clock woke it; two clocks are never quite the same, and
 * nothing may happen early by either:
 * - this clock is behind: `ClockBehind`, and the machine asks again a little later;
 * - it is ahead: the machine's instant counts. A step that was tried again thereby stands at the second it was due;
 * - it is so far ahead that the call itself must be late: then it is as late as it is.
 * An instant before the ticket's last change is never taken. Without `at` (an execution of an older definition) this clock
 * alone counts.
 */
export const contextOfTimer = (deps: Rules, ticket: Ticket, at: Instant | undefined): Context => {
  const ctx = contextNow(deps);
  if (at === undefined) return ctx;
  const woken = new Date(at).toISOString();
  if (ctx.now < woken) throw new ClockBehind(ticket.id);
  if (ctx.now > plus(woken, SAME_LOOK_WITHIN)) return ctx;
  return { ...ctx, now: woken < ticket.updatedAt ? ticket.updatedAt : woken };
};
