import type { Calendar, ClockRules, Policy, Target } from '../policy.ts';
import type { Channel, Priority, PromiseKind } from '../ticket/ticket.ts';

/** What a row of targets is chosen by. */
export interface TargetSought {
  channel: Channel | undefined;
  priority: Priority;
  /** Customer type, and the group that has it; a row that names some fits only a ticket for which they are known. */
  type?: string | undefined;
  group?: string | undefined;
}

/** The first row of the policy that matches; it alone counts, also for what it does not promise. */
export const targetFor = (
  { targets }: Pick<ClockRules, 'targets'>,
  { channel, priority, type, group }: TargetSought,
): Target | undefined =>
  targets.find(
    (row) =>
      fits(row.channels, channel) && fits(row.priorities, priority) && fits(row.types, type) && fits(row.groups, group),
  );

const fits = <T>(named: readonly T[] | undefined, asked: T | undefined): boolean =>
  named === undefined || (asked !== undefined && named.includes(asked));

export const targetOf = (row: Target | undefined, kind: PromiseKind): string | undefined => row?.[kind];

/** The calendar a row counts in. A name that policy.yaml does not define is an error, never wall time in disguise. */
export const calendarOf = (
  { calendars }: Pick<ClockRules, 'calendars'>,
  row: Pick<Target, 'id' | 'calendar'>,
): Calendar | 'always' => {
  if (row.calendar === 'always') return 'always';
  const calendar = calendars[row.calendar];
  if (calendar === undefined) throw new Error(`Target "${row.id}" counts in an unknown calendar "${row.calendar}".`);
  return calendar;
};

/** What a ticket that nobody has triaged yet is held to: the priority that triage gives when it knows nothing. */
export const untriagedPriority = ({ triage }: Pick<Policy, 'triage'>): Priority =>
  triage.matrix[triage.defaultImpact][triage.defaultUrgency];
