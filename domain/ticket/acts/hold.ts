import type { Context } from '../../context.ts';
import { maskSecrets } from '../../masking/mask-secrets.ts';
import type { Ledger } from '../../ports.ts';
import { type Decision, decided, refused } from '../../support/decision.ts';
import type { Instant } from '../../support/time.ts';
import { asOnHold, asPending } from '../as-status.ts';
import type { Change } from '../change.ts';
import type { Actor } from '../event.ts';
import { makeChange } from './make-change.ts';
import { pausedBy } from './paused-by.ts';
import { allowed, type Refusal } from './refusal.ts';

export interface HoldInput {
  waitingFor: 'customer' | 'third-party';
  reason?: string;
  /** When to look again: the reminder of a customer, the end of a hold. */
  until?: Instant;
  by: Actor;
}

/** Somebody else has to act first: waiting for the customer makes it pending, for a third party puts it on hold. */
export const hold = (ledger: Ledger, input: HoldInput, ctx: Context): Decision<Change, Refusal> => {
  const { waitingFor, reason, until, by } = input;
  const may = allowed(ledger, waitingFor === 'customer' ? 'wait-for-customer' : 'wait-for-third-party');
  if (!may.ok) return may;
  if (until !== undefined && until <= ctx.now) return refused('until-in-the-past', `${until} is not after ${ctx.now}.`);
  const after =
    waitingFor === 'customer'
      ? asPending(may.ticket, ctx.now)
      : asOnHold(may.ticket, ctx.now, {
          ...(until === undefined ? {} : { holdUntil: until }),
          ...(reason === undefined ? {} : { holdReason: maskSecrets(reason).text }),
        });
  const paused = pausedBy(
    {
      by,
      waitingFor,
      reason: reason ?? `Waiting for ${waitingFor === 'customer' ? 'the customer' : 'a third party'}.`,
      ...(until === undefined ? {} : { until }),
    },
    ctx.policy,
  );
  return decided(makeChange(ledger, after, [paused], ctx));
};
