import { standing } from '../../clock/standing.ts';
import type { Context } from '../../context.ts';
import type { Ledger } from '../../ports.ts';
import type { Instant } from '../../support/time.ts';
import type { Change } from '../change.ts';
import { type Owed, owedOn } from '../wait.ts';
import { byRule, makeChange } from './make-change.ts';
import { type Letterhead, writeToCustomer } from './owe-mail.ts';

export interface Reminded {
  /** Absent when there is nothing to remind of: answered meanwhile, reminded often enough, or not yet time. */
  change?: Change;
  /** Whom the ticket waits for then: `late-answer` once the last reminder is out, so that the next look closes it. */
  owed: Owed;
  lookAgainAt: Instant;
}

/** Asks a silent customer once more, as often in one wait as the policy says, and tells when the ticket will be closed. */
export const remindCustomer = (ledger: Ledger, { links, replyTo }: Letterhead, ctx: Context): Reminded => {
  const { ticket, events } = ledger;
  const { lookAgainAt = ctx.now, silent } = standing(events, ctx.policy, ctx.now);
  if (ticket.status !== 'pending' || silent === undefined) return { owed: owedOn(ticket), lookAgainAt };
  const owedAfter = (reminders: number): Owed => (reminders >= silent.most ? 'late-answer' : 'customer');
  if (silent.reminders >= silent.most || lookAgainAt > ctx.now)
    return { owed: owedAfter(silent.reminders), lookAgainAt };
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
  return { change, owed: owedAfter(nth), lookAgainAt: change.after.lookAgainAt ?? closesAt };
};
