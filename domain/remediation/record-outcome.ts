import type { Context } from '../context.ts';
import type { Ledger } from '../ports.ts';
import { type Decision, decided, refused } from '../support/decision.ts';
import { millis } from '../support/time.ts';
import { byRule, makeChange } from '../ticket/acts/make-change.ts';
import type { Change } from '../ticket/change.ts';
import { answeredBy, inOrder } from '../ticket/event.ts';
import type { AgentId, Outcome } from '../ticket/ticket.ts';
import { withoutPart } from './marks.ts';
import type { Host } from './open-recovery.ts';
import type { Remediation } from './remediation.ts';
import { unhappyIn } from './unhappy.ts';

const REASONS: Record<Outcome, string> = {
  recovered: 'The customer is content with the second try.',
  'not-recovered': 'The customer is still not content, or it was not put right in time.',
  'no-answer': 'The customer did not say whether it is better.',
};

/** Closes the remediation with its outcome, once. `recoveryMs` counts to the resolution the customer was asked about. */
export const recordOutcome = (
  ledger: Ledger,
  { remediation, outcome, host }: { remediation: Remediation; outcome: Outcome; host?: Host | undefined },
  ctx: Context,
): Decision<Change, 'closed-before'> => {
  const { ticket } = ledger;
  if (remediation.state === 'closed') return refused('closed-before', 'The outcome was recorded before.');
  const { openedAt, solvedAt, cycle, recoveryCycle } = remediation;
  const agent = putRightBy(host?.ledger ?? ledger, remediation);
  const closed = {
    type: 'remediation-closed' as const,
    by: byRule('remediation.outcome', ctx.policy),
    reason: REASONS[outcome],
    ...unhappyIn(remediation),
    outcome,
    ...(agent !== undefined && { agent }),
    ...(solvedAt !== undefined && { recoveryMs: millis(solvedAt) - millis(openedAt) }),
  };
  const draft = { ...ticket, remediation: { state: 'closed' as const, cycle, recoveryCycle, outcome } };
  return decided(
    makeChange(ledger, draft, [closed], ctx, {
      remediation: {
        before: remediation,
        after: { ...remediation, state: 'closed', outcome, closedAt: ctx.now, version: remediation.version + 1 },
      },
      ...(host !== undefined && {
        beside: makeChange(host.ledger, withoutPart(host.ledger.ticket, ticket.id), [], ctx),
      }),
    }),
  );
};

/** Who answered the customer last since it began, else who was given it. */
const putRightBy = ({ events }: Ledger, { openedAt, agent }: Remediation): AgentId | undefined =>
  inOrder(events)
    .filter(({ at }) => at >= openedAt)
    .map(answeredBy)
    .findLast((each) => each !== undefined) ?? agent;
