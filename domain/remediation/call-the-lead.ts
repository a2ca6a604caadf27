import { durationMs } from '../clock/duration.ts';
import type { Context } from '../context.ts';
import type { AgentNow } from '../policy.ts';
import type { Ledger } from '../ports.ts';
import { groupOf } from '../routing/place-ticket.ts';
import { type Instant, plus } from '../support/time.ts';
import { byRule, makeChange } from '../ticket/acts/make-change.ts';
import { mailToAgent } from '../ticket/acts/owe-mail.ts';
import type { Change } from '../ticket/change.ts';
import { isPlaced } from '../ticket/ticket.ts';
import type { Remediation } from './remediation.ts';

export interface LeadCalled {
  outcome: 'called' | 'given-up';
  lookAgainAt: Instant;
  change?: Change;
}

/**
 * The recovery is overdue: the lead is called, at the next look the manager. When everybody the policy names was called,
 * it counts as not put right. A ticket that was resolved meanwhile calls nobody: the waiting state hears of it at once.
 */
export const callTheLead = (
  ledger: Ledger,
  { remediation, team }: { remediation: Remediation; team: AgentNow[] },
  ctx: Context,
): LeadCalled => {
  const { ticket } = ledger;
  const { callAgainAfter, calls } = ctx.policy.remediation;
  const lookAgainAt = plus(ctx.now, durationMs(callAgainAfter));
  const recovered =
    ticket.cycle > remediation.recoveryCycle || ticket.status === 'resolved' || ticket.status === 'closed';
  if (recovered) return { outcome: 'called', lookAgainAt };
  // A task whose answer was lost runs again: the call it made stands, and the next one keeps its time.
  const nextCallAt = nextCall(ledger, durationMs(callAgainAfter));
  if (nextCallAt !== undefined && ctx.now < nextCallAt) return { outcome: 'called', lookAgainAt: nextCallAt };
  if (remediation.calls >= calls || !isPlaced(ticket)) return { outcome: 'given-up', lookAgainAt: ctx.now };

  const attempt = remediation.calls + 1;
  const group = groupOf(ticket.group, ctx.policy);
  const told = attempt === 1 ? group.lead : group.manager;
  const agent = team.find(({ id }) => id === told);
  if (agent === undefined) throw new Error(`The policy names ${told}, who is not in the team.`);
  const mail = mailToAgent(
    agent,
    ticket,
    {
      key: `recovery-overdue#${ticket.id}#${remediation.cycle}#${attempt}`,
      pace: 'prompt',
      content: { template: 'recovery-overdue', subject: ticket.subject, deadline: remediation.deadline, attempt },
    },
    ctx,
  );
  const called = {
    type: 'remediation-called' as const,
    by: byRule('remediation.overdue', ctx.policy),
    reason: `The recovery was due at ${remediation.deadline}.`,
    told: [told],
    attempt,
  };
  return {
    outcome: 'called',
    lookAgainAt,
    change: makeChange(ledger, ticket, [called], ctx, {
      mails: [mail],
      remediation: {
        before: remediation,
        after: { ...remediation, calls: attempt, version: remediation.version + 1 },
      },
    }),
  };
};

const nextCall = ({ ticket, events }: Ledger, after: number): Instant | undefined => {
  const last = events.findLast(({ type, cycle }) => type === 'remediation-called' && cycle === ticket.cycle);
  return last && plus(last.at, after);
};
