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

/**
 * The versions that came into force after `last`, in their order, up to and with `version`: a ticket on which nothing
 * happened while one of them was in force is counted by it all the same.
 */
export const rulesSince = (policy: Policy, last: string | undefined, version: string): ClockRules[] => {
  if (last === version) return [];
  const passed =
    last === undefined
      ? []
      : inOrderOfVersion(policy).filter((name) => isBefore(last, name) && isBefore(name, version));
  return [...passed, version].map((name) => rulesOf(policy, name));
};

/**
 * Whether what open tickets are owed may have changed since the desk carried version `carried` to them. Undefined: nobody
 * noted one. After a step back nothing tells any more whether the later version applied: it may have.
 */
export const reachesOpenTickets = (policy: Policy, carried: string | undefined): boolean => {
  if (carried !== undefined && isBefore(policy.version, carried)) return true;
  const since =
    carried === undefined
      ? [rulesNow(policy), ...Object.values(policy.past)]
      : rulesSince(policy, carried, policy.version);
  return since.some(({ applyToOpenTickets }) => applyToOpenTickets);
};

// Versions count up, and "10" comes after "9". Made when two are compared: it takes 5 ms of a process that may never do so.
let collator: Intl.Collator | undefined;
const compare = (one: string, other: string): number => {
  collator ??= new Intl.Collator('en', { numeric: true });
  return collator.compare(one, other);
};
const isBefore = (one: string, other: string): boolean => compare(one, other) < 0;

const turns = new WeakMap<Policy, string[]>();
const inOrderOfVersion = (policy: Policy): string[] => {
  const names = turns.get(policy) ?? Object.keys(policy.past).sort(compare);
  turns.set(policy, names);
  return names;
};
