import { durationMs } from '../clock/duration.ts';
import type { Policy } from '../policy.ts';
import type { TicketEvent } from '../ticket/event.ts';
import { attainment, isUndecided, type Period } from './attainment.ts';
import type { ClockFact } from './clock-note.ts';
import type { Report } from './figure.ts';
import { firstResponse, isUnanswered, stillUnanswered } from './first-response.ts';
import { type Objective, objective, objectiveFigures, urgentInTime } from './objective.ts';
import type { AskedPeriod } from './period.ts';
import { standingAt } from './where-it-stands.ts';

export const SLA_BY = ['group', 'priority', 'channel'] as const;
export type SlaBy = (typeof SLA_BY)[number];

export interface SlaReport extends Report {
  /** Who still waits for a first reply, the longest first. */
  unanswered: Array<{ ticket: string; since: string; ageSeconds: number }>;
  objective: Objective;
}

const PROMISES = ['firstReply', 'nextReply', 'resolution'] as const;

/**
 * Which promises were kept, for all and, if wanted, for each group, priority or channel in which they were decided. What is
 * undecided, or still waits for an answer, counts where its ticket stands when the report looks; `placings` say where.
 */
export const slaReport = (
  clocks: readonly ClockFact[],
  { from, to, seenAt, zone, calendar }: AskedPeriod,
  { reports }: Pick<Policy, 'reports'>,
  by?: SlaBy,
  placings: readonly TicketEvent[] = [],
): SlaReport => {
  const period: Period = { from, to, seenAt, smallBelow: reports.smallBelow };
  const rules = {
    target: reports.urgentInTime,
    stillResolvedAfter: durationMs(reports.stillResolvedAfter),
  };
  const figuresOf = ({ kept, answered }: Counted, of?: Record<string, string>) => [
    ...PROMISES.map((promise) => attainment(promise, kept, period, of)),
    ...firstResponse(answered, period, of),
    urgentInTime(kept, period, rules, of),
  ];
  const parts = by === undefined ? [] : partsBy(by, clocks, standingAt(placings, seenAt), period);
  const all = figuresOf({ kept: clocks, answered: clocks });
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

/** The clocks of a part: by promises that were kept or broken, and by first answers. */
interface Counted {
  kept: readonly ClockFact[];
  answered: readonly ClockFact[];
}

/** What was decided stays with whoever had it then; what was not is with whoever has it, which `standing` says. */
const partsBy = (
  by: SlaBy,
  clocks: readonly ClockFact[],
  standing: (clock: ClockFact) => ClockFact,
  period: Period,
): Array<[string, Counted]> => {
  const grouped = (isOpen: (clock: ClockFact) => boolean): Map<string, ClockFact[]> =>
    Map.groupBy(clocks, (clock) => (isOpen(clock) ? standing(clock) : clock)[by]);
  const kept = grouped((clock) => isUndecided(clock, period));
  const answered = grouped(isUnanswered);
  return [...new Set([...kept.keys(), ...answered.keys()])]
    .sort()
    .map((key) => [key, { kept: kept.get(key) ?? [], answered: answered.get(key) ?? [] }]);
};
