import { durationMs } from '../clock/duration.ts';
import type { Policy } from '../policy.ts';
import { attainment, type Period } from './attainment.ts';
import type { ClockFact } from './clock-note.ts';
import type { Report } from './figure.ts';
import { firstResponse, stillUnanswered } from './first-response.ts';
import { type Objective, objective, objectiveFigures, urgentInTime } from './objective.ts';
import type { AskedPeriod } from './period.ts';

export const SLA_BY = ['group', 'priority', 'channel'] as const;
export type SlaBy = (typeof SLA_BY)[number];

export interface SlaReport extends Report {
  /** Who still waits for a first reply, the longest first. */
  unanswered: Array<{ ticket: string; since: string; ageSeconds: number }>;
  objective: Objective;
}

const PROMISES = ['firstReply', 'nextReply', 'resolution'] as const;

/** Which promises were kept, for all and, if wanted, for each group, priority or channel in which they were decided. */
export const slaReport = (
  clocks: readonly ClockFact[],
  { from, to, seenAt, zone, calendar }: AskedPeriod,
  { reports }: Pick<Policy, 'reports'>,
  by?: SlaBy,
): SlaReport => {
  const period: Period = { from, to, seenAt, smallBelow: reports.smallBelow };
  const rules = {
    target: reports.urgentInTime,
    stillResolvedAfter: durationMs(reports.stillResolvedAfter),
  };
  const figuresOf = (some: readonly ClockFact[], of?: Record<string, string>) => [
    ...PROMISES.map((promise) => attainment(promise, some, period, of)),
    ...firstResponse(some, period, of),
    urgentInTime(some, period, rules, of),
  ];
  const parts =
    by === undefined ? [] : [...Map.groupBy(clocks, (clock) => clock[by])].sort(([a], [b]) => (a < b ? -1 : 1));
  const all = figuresOf(clocks);
  const share = urgentInTime(clocks, period, rules);
  const reckoned = objective(share, clocks, period, rules.target);
  return {
    from,
    to,
    zone,
    calendar,
    ...(by === undefined ? {} : { by }),
    figures: [
      ...all,
      ...objectiveFigures(reckoned, { ...share, smallBelow: period.smallBelow }),
      ...parts.flatMap(([key, some]) =>
        figuresOf(some, by === undefined ? {} : { [by]: key }).filter(({ n, parts: told }) => n > 0 || hasAny(told)),
      ),
    ],
    unanswered: stillUnanswered(clocks, period),
    objective: reckoned,
  };
};

const hasAny = (parts: Record<string, { n: number }>): boolean => Object.values(parts).some(({ n }) => n > 0);
