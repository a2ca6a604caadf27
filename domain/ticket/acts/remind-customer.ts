import { standing } from '../../clock/standing.ts';
import type { Context } from '../../context.ts';
import type { Ledger } from '../../ports.ts';
import type { Instant } from '../../support/time.ts';
import type { Change } from '../change.ts';
import { type Owed, owedByDesk, owedOn } from '../wait.ts';
import { lookIsOver } from './look-is-over.ts';
import { byRule, makeChange } from './make-change.ts';
import { type Letterhead, writeToCustomer } from './owe-mail.ts';

export interface Reminded {
  change?: Change;
  /** `not-silent`: answered meanwhile, reminded often enough, or not yet time. */
  outcome: 'reminded' | 'not-silent';
  /**
   * Whom the ticket waits for then: `late-answer` once the last reminder is out, so that the next look closes it. What the desk
   * owes, if a rung of it is due.
   */
  owed: Owed;
  lookAgainAt: Instant;
}

/** Asks a silent customer once more, as often in one wait as the policy says, and tells when the ticket will be closed. */
export const remindCustomer = (ledger: Ledger, { links, replyTo }: Letterhead, ctx: Context): Reminded => {
  const { ticket, events } = ledger;
  const { lookAgainAt = ctx.now, waitEndsAt = ctx.now, silent } = standing(events, ctx.policy, ctx.now);
  const notNow = (owed: Owed): Reminded => ({
    ...(lookIsOver(ticket, lookAgainAt, ctx.now) ? { change: makeChange(ledger, ticket, [], ctx) } : {}),
    outcome: 'not-silent',
    owed,
    lookAgainAt,
  });
  if (ticket.status !== 'pending' || silent === undefined) return notNow(owedOn(ticket));
  const owedAfter = (reminders: number): Owed => (reminders >= silent.most ? 'late-answer' : 'customer');
  // The clock may run on in the wait: a rung is due, and not the reminder.
  if (waitEndsAt > ctx.now && lookAgainAt <= ctx.now) return notNow(owedByDesk(ticket));
  if (silent.reminders >= silent.most || waitEndsAt > ctx.now) return notNow(owedAfter(silent.reminders));
  const nth = silent.reminders + 1;
  const { closesAt } = silent;
  const { mails, notes } = writeToCustomer(
    ticket,
    {
      key: `reminder#${ticket.id}#${ticket.cycle}#${ticket.pausedAt}${nth === 1 ? '' : `#${nth}`}`,
      pace: 'patient',
      content: { template: 'reminder', subject: ticket.subject, link: links.ticket, closesAt },
      replyTo,
    },
    ctx,
  );
  const reminded = {
    type: 'reminded' as const,
    by: byRule('silence.remind', ctx.policy),
    reason: `The customer has been silent since ${ticket.pausedAt}.`,
    ...(mails[0] === undefined ? {} : { mail: mails[0].key }),
  };
  const change = makeChange(ledger, ticket, [reminded, ...notes], ctx, { mails });
  const { lookAgainAt: next = closesAt } = change.after;
  return {
    change,
    outcome: 'reminded',
    owed: next <= ctx.now ? owedByDesk(ticket) : owedAfter(nth),
    lookAgainAt: next,
  };
};
