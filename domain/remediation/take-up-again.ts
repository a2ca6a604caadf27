import type { Context } from '../context.ts';
import type { Ledger } from '../ports.ts';
import { byRule, makeChange } from '../ticket/acts/make-change.ts';
import type { Change } from '../ticket/change.ts';
import { isLive } from '../ticket/ticket.ts';
import { recoveryDeadline } from './deadline.ts';
import { begunAnew, recoveryOf } from './marks.ts';
import type { Host } from './open-recovery.ts';
import type { Remediation } from './remediation.ts';

/**
 * A recovery that was opened before. When it was solved and its customer took it up again before they were asked, it is put
 * right anew: with a deadline of its own, and calls counted from the beginning. Else it stands as it is.
 */
export const takeUpAgain = (
  ledger: Ledger,
  { remediation, host }: { remediation: Remediation; host: Host | undefined },
  ctx: Context,
): { remediation: Remediation; change?: Change } => {
  const place = host?.ledger ?? ledger;
  const recovery = recoveryOf(place.ticket, ledger.ticket.id);
  if (remediation.state === 'closed' || recovery?.solvedAt === undefined || !isLive(place.ticket))
    return { remediation };
  const { calledAt, ...rest } = remediation;
  const after: Remediation = {
    ...rest,
    recoveryCycle: host === undefined ? ledger.ticket.cycle : remediation.recoveryCycle + 1,
    deadline: recoveryDeadline(ctx.now, ctx.policy),
    calls: 0,
    version: remediation.version + 1,
  };
  const note = {
    type: 'remediation-resumed' as const,
    by: byRule('remediation.taken-up-again', ctx.policy),
    reason: 'It was taken up again before the customer was asked: it is put right anew.',
    ratedCycle: remediation.cycle,
    deadline: after.deadline,
  };
  const marked = begunAnew(place.ticket, ledger.ticket.id, after.recoveryCycle);
  const also = { remediation: { before: remediation, after } };
  return {
    remediation: after,
    change:
      host === undefined
        ? makeChange(ledger, marked, [note], ctx, also)
        : makeChange(ledger, ledger.ticket, [note], ctx, { ...also, beside: makeChange(place, marked, [], ctx) }),
  };
};
