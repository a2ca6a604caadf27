import type { Policy } from './policy.ts';
import type { Ids } from './ports.ts';
import type { Instant } from './support/time.ts';

/** What every decision is made from beside the facts: the policy in force, the time, and a source of ids. */
export interface Context {
  policy: Policy;
  now: Instant;
  ids: Ids;
}
