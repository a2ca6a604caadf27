import { durationMs } from '../../clock/duration.ts';
import { standing } from '../../clock/standing.ts';
import type { Context } from '../../context.ts';
import type { Ledger } from '../../ports.ts';
import { type Instant, plus } from '../../support/time.ts';
import type { Change } from '../change.ts';
import { byRule, makeChange } from './make-change.ts';
import { type Letterhead, writeToCustomer } from './owe-mail.ts';
import { remindedSincePause } from './silence.ts';

export interface Reminded {
  /** Absent when there is nothing to remind of: answered meanwhile, reminded before, or not yet time. */
  change?: Change;
  lookAgainAt: Instant;
}

/** Asks a silent customer once more, once per wait, and tells them when the ticket will be closed. */
export const remindCustomer = (ledger: Ledger, { links, replyTo }: Letterhead, ctx: Context): Reminded => {
  const { ticket, events } = ledger;
  const lookAgainAt = standing(events, ctx.policy, ctx.now).lookAgainAt ?? ctx.now;
  if (ticket.status !== 'pending' || remindedSincePause(events) || lookAgainAt > ctx.now) return { lookAgainAt };
  const closesAt = plus(ctx.now, durationMs(ctx.policy.silence.closeAfter));
  const { mails, notes } = writeToCustomer(
    ticket,
    {
      key: `reminder#${ticket.id}#${ticket.cycle}#${ticket.pausedAt}`,
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
  return { change, lookAgainAt: change.after.lookAgainAt ?? closesAt };
};
