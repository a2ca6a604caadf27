import { DAY, type Instant, instant, millis, plus } from '../support/time.ts';
import { type Answer, isTop } from './answers.ts';
import { type Figure, rounded } from './figure.ts';
import { quarterOf } from './period.ts';
import { countOf, grouped, partOf } from './weighed.ts';

/** How many dissatisfied answers the quarter still bears, for one series of the question after resolving. */
export interface SatisfactionBudget {
  series: string;
  /** The quarter in which the report looks; `to` is exclusive. */
  quarter: { from: Instant; to: Instant };
  target: number;
  answers: number;
  good: number;
  bad: number;
  /** Answers at the end of the quarter, if they come as in the last 28 days. */
  expected: number;
  /** floor((1 - target) x expected) - bad: below zero when it is overspent. */
  left: number;
  /** (good so far + what comes at the present rate) / expected; where it ended, once the quarter is over. */
  endsAt: number;
  /** Of the answers of that time, how fast the budget goes: 1 spends exactly what is allowed. */
  burn: Array<{ window: string; answers: number; bad: number; rate?: number }>;
  sentence: string;
}

/** The present rate is that of these days. */
const RECENT = 28 * DAY;
const WINDOWS = [
  ['P1D', DAY],
  ['P7D', 7 * DAY],
  ['P28D', RECENT],
] as const;

const FORMULA =
  'floor((1 - target) x answers expected at the end of the quarter) - answers below the top so far. Expected: so far, and ' +
  'as many as in the last 28 days for the rest. Below zero it is overspent.';

/** What the report has to read before its period. */
export const budgetFrom = (seenAt: Instant, zone: string): Instant => quarterFor(seenAt, zone).from;

// A period that is over ends where the next quarter may begin.
const quarterFor = (seenAt: Instant, zone: string) => quarterOf(instant(millis(seenAt) - 1), zone);

/**
 * The satisfaction budget of the quarter, of each series by itself: answers to different words are
 * never counted together.
 *
 * @param answers whole, of the quarter so far
 */
export const satisfactionBudgets = (
  answers: readonly Answer[],
  { seenAt, zone }: { seenAt: Instant; zone: string },
  target: number,
): SatisfactionBudget[] => {
  const quarter = quarterFor(seenAt, zone);
  return grouped(answers.filter(isCounted), ({ series }) => series)
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([series, some]) => budgetOf(series, some, { quarter, seenAt, target }));
};

const isCounted = ({ to, on }: Answer): boolean => to === 'csat' && on.measure === 'csat';

const budgetOf = (
  series: string,
  answers: readonly Answer[],
  { quarter, seenAt, target }: { quarter: SatisfactionBudget['quarter']; seenAt: Instant; target: number },
): SatisfactionBudget => {
  const since = (length: number) => {
    const start = plus(seenAt, -length);
    return answers.filter(({ at }) => at > start);
  };
  const good = answers.filter(isTop).length;
  const bad = answers.length - good;
  const recent = since(RECENT);
  const length = Math.min(RECENT, millis(seenAt) - millis(quarter.from));
  const ahead = (Math.max(0, millis(quarter.to) - millis(seenAt)) / length) * recent.length;
  const recentGood = recent.length === 0 ? 0 : recent.filter(isTop).length / recent.length;
  const expected = answers.length + ahead;
  // 1 - 0.9 is a little less than a tenth: without this, 20 would allow one.
  const left = Math.floor(expected * (1 - target) + 1e-9) - bad;
  const endsAt = rounded((good + ahead * recentGood) / expected);
  return {
    series,
    quarter,
    target,
    answers: answers.length,
    good,
    bad,
    expected: Math.round(expected * 10) / 10,
    left,
    endsAt,
    burn: WINDOWS.map(([window, ms]) => {
      const some = since(ms);
      const low = some.filter((each) => !isTop(each)).length;
      const rate = Math.round((low / some.length / (1 - target)) * 100) / 100;
      return { window, answers: some.length, bad: low, ...(some.length > 0 && { rate }) };
    }),
    sentence: inWords(endsAt, left, seenAt < quarter.to),
  };
};

const inWords = (endsAt: number, left: number, goesOn: boolean): string => {
  const share = `${(Math.floor(endsAt * 1000) / 10).toFixed(1)} %`;
  const many = (count: number) => `bad ${count === 1 ? 'answer' : 'answers'}`;
  const rest = left < 0 ? `${-left} ${many(-left)} too many` : `${left} more ${many(left)} affordable`;
  return goesOn ? `Ends at ${share} if it goes on like this; ${rest}.` : `Ended at ${share}; ${rest}.`;
};

/** The same as figures, for a spreadsheet. */
export const budgetFigures = (budgets: readonly SatisfactionBudget[], answers: readonly Answer[]): Figure[] =>
  budgets.map(({ series, target, left, answers: n, good }) => {
    const some = answers.filter((each) => isCounted(each) && each.series === series);
    return {
      ...countOf({ name: 'satisfaction-budget', of: { series }, formula: FORMULA, target }, some, {
        below: partOf(some.filter((each) => !isTop(each))),
      }),
      value: left,
      n,
      numerator: good,
    };
  });
