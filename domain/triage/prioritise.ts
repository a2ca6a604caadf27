import type { Policy } from '../policy.ts';
import { PRIORITIES, type Priority, type Report, type Requester } from '../ticket/ticket.ts';
import { joinsOutage, type Outage } from './outage-watch.ts';

export type PriorityRule =
  | 'triage.matrix'
  | 'triage.urgent-words'
  | 'triage.unhappy'
  | 'triage.users-affected'
  | 'triage.customer-type'
  | 'triage.outage'
  | 'triage.outage-known';

export interface Prioritised {
  priority: Priority;
  /** Every rule that had a part, in the order they were applied. */
  rules: PriorityRule[];
  reason: string;
  /** What the rules were given. */
  inputs: Record<string, string | number>;
}

/** What the text itself gives to weigh. */
export interface TextSigns {
  /** A word of the policy's urgent words that it holds. */
  urgentWord?: string | undefined;
  unhappy?: boolean;
  /** The outage its category is in just now. */
  known?: Outage | undefined;
}

const raised = (priority: Priority): Priority => PRIORITIES[Math.max(0, PRIORITIES.indexOf(priority) - 1)] ?? 'P1';

/**
 * Priority as a written function: impact × urgency by the matrix, one step up when many users are
 * affected, one step up for customers of certain types, and P1 at once for an outage (TR-2). Words of a text raise the
 * urgency by one step at most, to `high` at most, and only where the customer named none: whoever shouts loudest does
 * not go first.
 */
export const prioritise = (
  report: Report,
  customer: Pick<Requester, 'type'>,
  outage: boolean,
  policy: Policy,
  { urgentWord, unhappy = false, known }: TextSigns = {},
): Prioritised => {
  const { triage } = policy;
  const impact = report.impact ?? triage.defaultImpact;
  const hint = hintOf(report.urgency ?? triage.defaultUrgency, report, urgentWord, unhappy && triage.raiseUnhappy);
  const { urgency } = hint;
  let priority = triage.matrix[impact][urgency];
  const rules: PriorityRule[] = ['triage.matrix', ...hint.rules];
  const reasons = [`impact ${impact} and urgency ${urgency}${hint.why} give ${priority}`];
  const step = (rule: PriorityRule, to: Priority, why: string): void => {
    priority = to;
    rules.push(rule);
    reasons.push(why);
  };
  if (report.usersAffected !== undefined && report.usersAffected >= triage.raiseFromUsers) {
    const to = raised(priority);
    step('triage.users-affected', to, `${report.usersAffected} users affected raise it to ${to}`);
  }
  if (triage.raiseTypes.includes(customer.type)) {
    const to = raised(priority);
    step('triage.customer-type', to, `a customer of type ${customer.type} raises it to ${to}`);
  }
  if (outage) step('triage.outage', 'P1', 'an outage is P1 at once');
  if (!outage && known !== undefined && joinsOutage(priority, policy))
    step('triage.outage-known', 'P1', `${known.tickets} others of its category are one outage since ${known.since}`);
  return {
    priority,
    rules,
    reason: `${priority}: ${reasons.join(', ')}.`,
    inputs: {
      impact,
      urgency,
      customerType: customer.type,
      ...(report.usersAffected === undefined ? {} : { usersAffected: report.usersAffected }),
      ...(known === undefined ? {} : { outage: known.id }),
    },
  };
};

type Urgency = NonNullable<Report['urgency']>;

const hintOf = (
  urgency: Urgency,
  report: Report,
  urgentWord: string | undefined,
  unhappy: boolean,
): { urgency: Urgency; rules: PriorityRule[]; why: string } => {
  const up: Partial<Record<Urgency, Urgency>> = { low: 'normal', normal: 'high' };
  const next = up[urgency];
  if (report.urgency === undefined && urgentWord !== undefined && next !== undefined)
    return { urgency: next, rules: ['triage.urgent-words'], why: ` (by "${urgentWord}")` };
  if (unhappy && next !== undefined) return { urgency: next, rules: ['triage.unhappy'], why: ' (it sounds unhappy)' };
  return { urgency, rules: [], why: '' };
};
