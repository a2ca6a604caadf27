import policy from '#desk/policy.json' with { type: 'json' };
import { randomIds } from '../../adapters/ids.ts';
import { systemClock } from '../../adapters/system-clock.ts';
import type { Context } from '../../domain/context.ts';
import { TicketNotFound } from '../../domain/errors.ts';
import type { Policy } from '../../domain/policy.ts';
import type { Clock, Ids, Ledger, Tickets } from '../../domain/ports.ts';

/** What every decision takes beside the facts. */
export interface Rules {
  policy: Policy;
  clock: Clock;
  ids: Ids;
}

/** The rules of this deployment: the compiled policy, the system's clock, and random ids. */
export const houseRules = (): Rules => ({ policy, clock: systemClock, ids: randomIds() });

export const contextNow = ({ policy, clock, ids }: Rules): Context => ({ policy, now: clock.now(), ids });

/** The ticket a workflow was started for; it cannot be missing. */
export const ledgerOf = async (tickets: Pick<Tickets, 'ledger'>, id: string): Promise<Ledger> => {
  const ledger = await tickets.ledger(id);
  if (!ledger) throw new TicketNotFound(id);
  return ledger;
};
