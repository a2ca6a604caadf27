import type { ClockRules, Policy } from '../policy.ts';
import { untriagedPriority } from './targets.ts';

// A policy is one object for the life of a process, and its rows are told apart by identity.
const known = new WeakMap<Policy, ClockRules>();

/** What the present version promises by. */
export const rulesNow = (policy: Policy): ClockRules => {
  const seen = known.get(policy);
  if (seen !== undefined) return seen;
  const { version, applyToOpenTickets, calendars, targets, ladder, silence } = policy;
  const rules = {
    version,
    applyToOpenTickets,
    calendars,
    targets,
    ladder,
    silence,
    untriaged: untriagedPriority(policy),
  };
  known.set(policy, rules);
  return rules;
};

/**
 * What the version stamped on an event promised by (desk/versions). A version that was never archived is one that this
 * desk never deployed: the present counts, and the promise names it.
 */
export const rulesOf = (policy: Policy, version: string): ClockRules =>
  version === policy.version ? rulesNow(policy) : (policy.past[version] ?? rulesNow(policy));
