import type { Context } from '../context.ts';
import type { Ledger } from '../ports.ts';
import { type Decision, decided, refused } from '../support/decision.ts';
import { byRule, makeChange } from '../ticket/acts/make-change.ts';
import type { Change } from '../ticket/change.ts';
import type { Outcome } from '../ticket/ticket.ts';
import type { Remediation } from './remediation.ts';

const REASONS: Record<Outcome, string> = {
  recovered: 'The customer is content with the second try.',
  'not-recovered': 'The customer is still not content, or it was not put right in time.',
  'no-answer': 'The customer did not say whether it is better.',
};

/** Closes the remediation with its outcome, once. */
export const recordOutcome = (
  ledger: Ledger,
  { remediation, outcome }: { remediation: Remediation; outcome: Outcome },
  ctx: Context,
): Decision<Change, 'closed-before'> => {
  const { ticket } = ledger;
  if (remediation.state === 'closed') return refused('closed-before', 'The outcome was recorded before.');
  const closed = {
    type: 'remediation-closed' as const,
    by: byRule('remediation.outcome', ctx.policy),
    reason: REASONS[outcome],
    ratedCycle: remediation.cycle,
    outcome,
  };
  const { cycle, recoveryCycle } = remediation;
  return decided(
    makeChange(ledger, { ...ticket, remediation: { state: 'closed', cycle, recoveryCycle, outcome } }, [closed], ctx, {
      remediation: {
        before: remediation,
        after: { ...remediation, state: 'closed', outcome, closedAt: ctx.now, version: remediation.version + 1 },
      },
    }),
  );
};
