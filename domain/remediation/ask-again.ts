import { durationMs } from '../clock/duration.ts';
import type { Context } from '../context.ts';
import type { Ledger } from '../ports.ts';
import { plus } from '../support/time.ts';
import { type Askable, reachable } from '../survey/eligibility.ts';
import { type Issue, issueSurvey } from '../survey/issue.ts';
import type { Change } from '../ticket/change.ts';
import type { Remediation } from './remediation.ts';

export type AskAgainInput = Pick<Issue, 'definition' | 'links' | 'wait' | 'asked'> & {
  remediation: Remediation;
  known: Askable;
};

/**
 * Asks the customer whether it is better now (FIELD.md TR-8, LS-6), about the cycle in which it was put right. Who cannot
 * or does not want to be asked is recorded as skipped, and the outcome is "no answer".
 */
export const askAgain = (ledger: Ledger, { remediation, known, ...input }: AskAgainInput, ctx: Context): Change =>
  issueSurvey(
    ledger,
    {
      ...input,
      cycle: remediation.recoveryCycle,
      kind: 'follow-up',
      staff: known.staff,
      contacts: known.contacts,
      may: reachable(ledger.ticket, known),
      expiresAt: plus(ctx.now, durationMs(ctx.policy.remediation.answerWithin)),
      rule: 'remediation.ask-again',
      reason: 'After a recovery the customer is asked again.',
    },
    ctx,
  );
