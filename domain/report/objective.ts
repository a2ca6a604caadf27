import { DAY, HOUR, type Instant, millis, plus } from '../support/time.ts';
import { idsOf, type Period } from './attainment.ts';
import { isOfObjective } from './clock-facts.ts';
import type { ClockFact } from './clock-note.ts';
import { type Figure, part, rounded, wilson } from './figure.ts';

export interface ObjectiveRules {
  /** The share to reach, 0 to 1. */
  target: number;
  /** How long a resolution has to last, in milliseconds of wall time. */
  stillResolvedAfter: number;
}

/** How fast the budget is spent: 1 spends exactly what is allowed, 2 twice as much. */
export interface Burn {
  window: string;
  decided: number;
  late: number;
  /** Absent when nothing was decided in the window. */
  rate?: number;
}

export interface Objective {
  target: number;
  /** How many of the cohort may fail, how many have, and what is left; below zero when it is overspent. */
  budget: { allowed: number; used: number; left: number };
  burn: Burn[];
  /** Where the period ends if the last three days go on as they were; where it ended, once it is over. */
  endsAt?: number;
  affordable: number;
  sentence: string;
}

const WINDOWS = [
  ['PT1H', HOUR],
  ['PT6H', 6 * HOUR],
  ['P3D', 3 * DAY],
] as const;

/** What the report has to read before its period, for the longest window. */
export const LOOK_BACK = 3 * DAY;

const FORMULA =
  'resolved in time and still resolved after {after} / resolutions due in the period of tickets that ever were P1 or P2. ' +
  'Lowering the priority takes no ticket out; overdue open ones count as late; one that was resolved in time counts as ' +
  'kept, provisionally, until the time is over. Merged and withdrawn tickets and tickets of the staff are out.';

/** The share of urgent matters that were put right in time and stayed so (target 95 %). */
export const urgentInTime = (
  clocks: readonly ClockFact[],
  period: Period,
  { target, stillResolvedAfter }: ObjectiveRules,
  of?: Record<string, string>,
): Figure => {
  const { from, seenAt, smallBelow } = period;
  const all = clocks.filter((clock) => isOfObjective(clock) && clock.dueAt >= from && clock.dueAt < seenAt);
  const due = all.filter(({ leftOut }) => leftOut === undefined);
  const lasts = ({ endedAt = '', reopenedAt }: ClockFact): boolean =>
    reopenedAt === undefined || millis(reopenedAt) - millis(endedAt) > stillResolvedAfter;
  const kept = due.filter((clock) => clock.outcome === 'met' && lasts(clock));
  const cameBack = due.filter((clock) => clock.outcome === 'met' && !lasts(clock));
  const late = due.filter(({ outcome }) => outcome === 'breached');
  const provisional = kept.filter(
    ({ endedAt = '', reopenedAt }) => reopenedAt === undefined && plus(endedAt, stillResolvedAfter) > seenAt,
  );
  const interval = wilson(kept.length, due.length);
  return {
    name: 'urgent-resolved-in-time',
    ...(of && { of }),
    ...(due.length === 0 ? {} : { value: rounded(kept.length / due.length) }),
    unit: 'share',
    n: due.length,
    numerator: kept.length,
    ...(interval && { interval }),
    formula: FORMULA.replace('{after}', `${stillResolvedAfter / DAY} days`),
    target,
    small: due.length < smallBelow,
    tickets: idsOf(due),
    parts: {
      kept: partOf(kept),
      provisional: partOf(provisional),
      late: partOf(late),
      reopened: partOf(cameBack),
      staff: partOf(all.filter(({ leftOut }) => leftOut === 'staff')),
    },
  };
};

const partOf = (clocks: readonly ClockFact[]) => part(clocks.map(({ ticketId }) => ticketId));

/** The same figure as an objective: what is left of its budget and how fast that goes. */
export const objective = (
  { n, numerator = 0 }: Figure,
  clocks: readonly ClockFact[],
  { to, seenAt }: Period,
  target: number,
): Objective => {
  const used = n - numerator;
  const burn = WINDOWS.map(([window, length]): Burn => burnOver(window, plus(seenAt, -length), seenAt, clocks, target));
  const recent = burn.at(-1) ?? { decided: 0, late: 0 };
  const ahead = Math.max(0, millis(to) - millis(seenAt)) / LOOK_BACK;
  const allAtEnd = n + recent.decided * ahead;
  const lateAtEnd = used + recent.late * ahead;
  const endsAt = allAtEnd === 0 ? undefined : 1 - lateAtEnd / allAtEnd;
  // 1 - 0.95 is a little more than a twentieth: without this, 20 would allow none.
  const allowed = (count: number): number => Math.floor(count * (1 - target) + 1e-9);
  const affordable = allowed(allAtEnd) - used;
  return {
    target,
    budget: { allowed: allowed(n), used, left: allowed(n) - used },
    burn,
    ...(endsAt === undefined ? {} : { endsAt: rounded(endsAt) }),
    affordable,
    sentence: inWords(endsAt, affordable, seenAt < to),
  };
};

const burnOver = (window: string, from: Instant, to: Instant, clocks: readonly ClockFact[], target: number): Burn => {
  const decided = clocks.filter(
    (clock) =>
      isOfObjective(clock) &&
      clock.leftOut === undefined &&
      clock.decidedAt !== undefined &&
      clock.decidedAt > from &&
      clock.decidedAt <= to,
  );
  const late = decided.filter(({ outcome }) => outcome === 'breached').length;
  const n = decided.length;
  return { window, decided: n, late, ...(n === 0 ? {} : { rate: Math.round((late / n / (1 - target)) * 100) / 100 }) };
};

const inWords = (endsAt: number | undefined, affordable: number, goesOn: boolean): string => {
  if (endsAt === undefined) return 'Nothing urgent was due.';
  const share = `${(Math.floor(endsAt * 1000) / 10).toFixed(1)} %`;
  const breaches = (count: number): string => `${count} ${count === 1 ? 'breach' : 'breaches'}`;
  const left =
    affordable < 0
      ? `${breaches(-affordable)} too many`
      : `${affordable} more ${affordable === 1 ? 'breach' : 'breaches'} affordable`;
  return goesOn ? `Ends at ${share} if it goes on like this; ${left}.` : `Ended at ${share}; ${left}.`;
};
