import type { Context } from '../context.ts';
import type { Ledger } from '../ports.ts';
import { makeChange } from '../ticket/acts/make-change.ts';
import type { Change } from '../ticket/change.ts';
import type { AgentId, CustomerId } from '../ticket/ticket.ts';

/** The ticket that began it tells that two customers are one. Told before, nothing more is told. */
export const tellLinked = (
  ledger: Ledger,
  { customer, other }: { customer: CustomerId; other: CustomerId },
  ctx: Context,
): Change | undefined => {
  const told = ledger.events.findLast(({ type }) => type === 'identity-linked' || type === 'identity-unlinked');
  if (told?.type === 'identity-linked' && told.customer === customer && told.with === other) return undefined;
  const linked = {
    type: 'identity-linked' as const,
    by: `customer:${customer}` as const,
    reason: 'The customer showed that both are theirs.',
    customer,
    with: other,
  };
  return makeChange(ledger, ledger.ticket, [linked], ctx);
};

/** An agent found that two identities are not one person after all. */
export const tellUnlinked = (
  ledger: Ledger,
  { customer, from, agent }: { customer: CustomerId; from: CustomerId; agent: AgentId },
  ctx: Context,
): Change =>
  makeChange(
    ledger,
    ledger.ticket,
    [
      {
        type: 'identity-unlinked',
        by: `agent:${agent}`,
        reason: 'An agent took the identities apart.',
        customer,
        from,
      },
    ],
    ctx,
  );
