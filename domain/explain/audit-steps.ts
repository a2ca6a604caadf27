import type { Policy } from '../policy.ts';
import { type Instant, SECOND } from '../support/time.ts';
import type { TicketEvent } from '../ticket/event.ts';

/** One change: the ledger before it, and what it added at one moment. */
export interface Step {
  at: Instant;
  earlier: readonly TicketEvent[];
  added: readonly TicketEvent[];
}

/** A timer, the function that it wakes and the write take this long at most. */
export const PROMPT = 10 * SECOND;

/** The changes of the ticket: what came before each, and what it added. */
export const stepsOf = (events: readonly TicketEvent[]): Step[] =>
  [...Map.groupBy(events, ({ version }) => version)].map(([version, added]) => ({
    at: added[0]?.at ?? '',
    earlier: events.filter((event) => event.version < version),
    added,
  }));

/** The policy as it was when a change was made: what came later has no say in what was stored then. */
export const policyAt = (policy: Policy, version: string | undefined): Policy => {
  const rules = version === undefined || version === policy.version ? undefined : policy.past[version];
  return rules === undefined ? policy : { ...policy, ...rules };
};

/**
 * The policy by which a change is judged for what was due before it. What a new version makes due is due from the moment
 * open tickets are recounted by it: nobody could do it sooner.
 */
export const policyBefore = (policy: Policy, { earlier, added }: Step): Policy =>
  policyAt(policy, (isRecount(added) ? earlier.at(-1) : added[0])?.policy);

export const isRecount = (added: readonly TicketEvent[]): boolean =>
  added.some(({ type }) => type === 'promises-recounted');
