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
  /** How budget, burn and end are reckoned. */
  formula: string;
}

const RECKONED =
  'budget: (1 - target) x n of urgent-resolved-in-time, rounded down; used: those of it that were late or did not last. ' +
  'burn: late / decided in the window that ends now / (1 - target), on the day it was decided; 1 spends exactly what is ' +
  'allowed, and without a decision there is no rate. ends at: 1 - (used + what is late by the end) / (n + what is decided ' +
  'by the end), if every three days to come bring as many as the last three.';

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
  { from, to, seenAt }: Period,
  target: number,
): Objective => {
  const used = n - numerator;
  const burn = WINDOWS.map(([window, length]): Burn => burnOver(window, plus(seenAt, -length), seenAt, clocks, target));
  const recent = burn.at(-1) ?? { decided: 0, late: 0 };
  // A period that is still to come has as much of it ahead as it is long.
  const ahead = Math.max(0, millis(to) - Math.max(millis(seenAt), millis(from))) / LOOK_BACK;
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
    formula: RECKONED,
  };
};

/** The same as figures, so that a spreadsheet has them too. */
export const objectiveFigures = (
  { target, budget, burn, endsAt, formula }: Objective,
  { n, tickets, smallBelow }: Pick<Figure, 'n' | 'tickets'> & Pick<Period, 'smallBelow'>,
): Figure[] => {
  const facts = { formula, target, parts: {} };
  return [
    {
      ...facts,
      name: 'objective.budget-left',
      value: budget.left,
      unit: 'count',
      n,
      numerator: budget.used,
      small: n < smallBelow,
      tickets,
    },
    ...burn.map(
      ({ window, decided, late, rate }): Figure => ({
        ...facts,
        name: 'objective.burn-rate',
        of: { window },
        ...(rate === undefined ? {} : { value: rate }),
        unit: 'ratio',
        n: decided,
        numerator: late,
        small: decided < smallBelow,
        tickets: [],
      }),
    ),
    {
      ...facts,
      name: 'objective.ends-at',
      ...(endsAt === undefined ? {} : { value: endsAt }),
      unit: 'share',
      n,
      small: n < smallBelow,
      tickets,
    },
  ];
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
