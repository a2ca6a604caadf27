import type { Calendar, Policy, Target } from '../policy.ts';
import type { Channel, Priority, PromiseKind } from '../ticket/ticket.ts';

/** The first row of the policy that matches; it alone counts, also for what it does not promise. */
export const targetFor = (policy: Policy, channel: Channel | undefined, priority: Priority): Target | undefined =>
  policy.targets.find(
    (row) =>
      (row.channels === undefined || (channel !== undefined && row.channels.includes(channel))) &&
      (row.priorities === undefined || row.priorities.includes(priority)),
  );

export const targetOf = (row: Target | undefined, kind: PromiseKind): string | undefined => row?.[kind];

/** The calendar a row counts in. A name that policy.yaml does not define is an error, never wall time in disguise. */
export const calendarOf = (policy: Policy, row: Target): Calendar | 'always' => {
  if (row.calendar === 'always') return 'always';
  const calendar = policy.calendars[row.calendar];
  if (calendar === undefined) throw new Error(`Target "${row.id}" counts in an unknown calendar "${row.calendar}".`);
  return calendar;
};

/** What a ticket that nobody has triaged yet is held to: the priority that triage gives when it knows nothing. */
export const untriagedPriority = ({ triage }: Policy): Priority =>
  triage.matrix[triage.defaultImpact][triage.defaultUrgency];
