import { durationMs } from '../clock/duration.ts';
import type { Context } from '../context.ts';
import type { Ledger } from '../ports.ts';
import { type Instant, plus } from '../support/time.ts';
import { type Askable, reachable } from '../survey/eligibility.ts';
import { type Issue, issueSurvey } from '../survey/issue.ts';
import { makeChange } from '../ticket/acts/make-change.ts';
import type { Change } from '../ticket/change.ts';
import { isLive } from '../ticket/ticket.ts';
import { recoveryOf } from './marks.ts';
import type { Host } from './open-recovery.ts';
import type { Remediation } from './remediation.ts';

export type AskAgainInput = Pick<Issue, 'definition' | 'links' | 'wait' | 'asked'> & {
  remediation: Remediation;
  host?: Host | undefined;
  known: Askable;
};

/**
 * Asks the customer whether it is better now, about the cycle in which it was put right. Who cannot
 * or does not want to be asked is recorded as skipped, and the outcome is "no answer". The record keeps when it was solved.
 */
export const askAgain = (ledger: Ledger, { remediation, host, ...input }: AskAgainInput, ctx: Context): Change => {
  const place = host?.ledger.ticket ?? ledger.ticket;
  // Taken up again before it was asked: there is nothing to judge yet, and the waiting state hears so.
  if (isLive(place) && !ledger.ticket.customer.erased)
    return makeChange(ledger, ledger.ticket, [], ctx, { wait: input.wait });
  const solvedAt = recoveryOf(place, ledger.ticket.id)?.solvedAt;
  const change = ask(ledger, { remediation, ...input, ...patience(solvedAt, ctx) }, ctx);
  if (solvedAt === undefined || solvedAt === remediation.solvedAt) return change;
  const after = { ...remediation, solvedAt, version: remediation.version + 1 };
  return { ...change, remediation: { before: remediation, after } };
};

/** Whether it was put right is worth waiting for another question to be answered, as long as anybody would wait for the answer. */
const patience = (solvedAt: Instant | undefined, { policy }: Context): Pick<Issue, 'patientUntil'> => {
  const { askAgainAfter, answerWithin } = policy.remediation;
  return solvedAt === undefined
    ? {}
    : { patientUntil: plus(solvedAt, durationMs(askAgainAfter) + durationMs(answerWithin)) };
};

type Asking = Omit<AskAgainInput, 'host'> & Pick<Issue, 'patientUntil'>;

const ask = (ledger: Ledger, { remediation, known, ...input }: Asking, ctx: Context): Change =>
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
