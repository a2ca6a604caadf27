import type { Policy } from '../policy.ts';
import { PRIORITIES, type Priority, type Report, type Requester } from '../ticket/ticket.ts';

export type PriorityRule = 'triage.matrix' | 'triage.users-affected' | 'triage.customer-type' | 'triage.outage';

export interface Prioritised {
  priority: Priority;
  /** Every rule that had a part, in the order they were applied. */
  rules: PriorityRule[];
  reason: string;
}

const raised = (priority: Priority): Priority => PRIORITIES[Math.max(0, PRIORITIES.indexOf(priority) - 1)] ?? 'P1';

/**
 * Priority as a written function (FIELD.md TR-1): impact × urgency by the matrix, one step up when many users are
 * affected, one step up for customers of certain types, and P1 at once for an outage (TR-2).
 */
export const prioritise = (
  report: Report,
  customer: Pick<Requester, 'type'>,
  outage: boolean,
  { triage }: Policy,
): Prioritised => {
  const impact = report.impact ?? triage.defaultImpact;
  const urgency = report.urgency ?? triage.defaultUrgency;
  let priority = triage.matrix[impact][urgency];
  const rules: PriorityRule[] = ['triage.matrix'];
  const reasons = [`impact ${impact} and urgency ${urgency} give ${priority}`];
  if (report.usersAffected !== undefined && report.usersAffected >= triage.raiseFromUsers) {
    priority = raised(priority);
    rules.push('triage.users-affected');
    reasons.push(`${report.usersAffected} users affected raise it to ${priority}`);
  }
  if (triage.raiseTypes.includes(customer.type)) {
    priority = raised(priority);
    rules.push('triage.customer-type');
    reasons.push(`a customer of type ${customer.type} raises it to ${priority}`);
  }
  if (outage) {
    priority = 'P1';
    rules.push('triage.outage');
    reasons.push('an outage is P1 at once');
  }
  return { priority, rules, reason: `${priority}: ${reasons.join(', ')}.` };
};
