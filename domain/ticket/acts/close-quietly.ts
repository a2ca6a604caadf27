import { standing } from '../../clock/standing.ts';
import type { Context } from '../../context.ts';
import type { Ledger } from '../../ports.ts';
import type { Instant } from '../../support/time.ts';
import { asClosed } from '../as-status.ts';
import type { Change } from '../change.ts';
import { type Owed, owedOn } from '../wait.ts';
import { lookIsOver } from './look-is-over.ts';
import { byRule, makeChange } from './make-change.ts';
import { type Letterhead, writeToCustomer } from './owe-mail.ts';

export interface ClosedQuietly {
  change?: Change;
  outcome: 'closed' | 'not-silent';
  owed: Owed;
  lookAgainAt: Instant;
}

/** Closes a ticket whose customer stayed silent after the last reminder until the time it named, and tells them. */
export const closeQuietly = (ledger: Ledger, { links, replyTo }: Letterhead, ctx: Context): ClosedQuietly => {
  const { ticket, events } = ledger;
  const { lookAgainAt = ctx.now, waitEndsAt = ctx.now, silent } = standing(events, ctx.policy, ctx.now);
  const reminded = silent !== undefined && silent.reminders >= silent.most;
  if (ticket.status !== 'pending' || !reminded || waitEndsAt > ctx.now)
    return {
      ...(lookIsOver(ticket, lookAgainAt, ctx.now) ? { change: makeChange(ledger, ticket, [], ctx) } : {}),
      outcome: 'not-silent',
      owed: owedOn(ticket),
      lookAgainAt,
    };
  const { mails, notes } = writeToCustomer(
    ticket,
    {
      key: `closed#${ticket.id}#${ticket.cycle}`,
      pace: 'patient',
      content: { template: 'closed-quietly', subject: ticket.subject, link: links.ticket },
      replyTo,
    },
    ctx,
  );
  const closed = {
    type: 'closed' as const,
    by: byRule('silence.close', ctx.policy),
    reason: 'The customer stayed silent after the last reminder.',
    how: 'customer-silent' as const,
  };
  const change = makeChange(ledger, asClosed(ticket, ctx.now), [closed, ...notes], ctx, { mails });
  return { change, outcome: 'closed', owed: 'nothing', lookAgainAt: ctx.now };
};
