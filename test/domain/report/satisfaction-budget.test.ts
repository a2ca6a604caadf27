import { describe, expect, test } from 'vitest';
import { surveysReport } from '../../../domain/report/surveys.ts';
import { DAY } from '../../../domain/support/time.ts';
import { aPolicy } from '../../support/builders.ts';
import { anAnswer, at, aWeek, definitions } from '../../support/report-builders.ts';
import { figureIn as figure, surveysOfTheWeek as report } from '../../support/report-reading.ts';

describe('a report by variant', () => {
  const of = (variant: string, good: number, bad: number) =>
    [...Array(good).fill(5), ...Array(bad).fill(1)].map((score) => anAnswer(score, { variant }));

  test('compares two wordings by their intervals', () => {
    const { comparisons } = report([...of('a', 45, 5), ...of('b', 30, 20)], 'variant');

    // Newcombe, from Wilson's [0.7864, 0.9565] and [0.4618, 0.7239].
    expect(comparisons).toEqual([
      { name: 'csat', variants: ['a', 'b'], difference: 0.3, interval: [0.1319, 0.4493], apart: true },
    ]);
    expect(report([...of('a', 3, 1), ...of('b', 2, 2)], 'variant').comparisons[0]?.apart).toBe(false);
    expect(report(of('a', 3, 1), 'channel').comparisons).toEqual([]);
  });
});

describe('the satisfaction budget of the quarter', () => {
  const many = (count: number, score: number, facts = {}) =>
    Array.from({ length: count }, () => anAnswer(score, facts));

  test('is what the target leaves of the answers expected, less the bad ones so far', () => {
    // Fifty so far, four of them below the top.
    const facts = [...many(46, 5), ...many(4, 3)];

    const [budget] = report([
      ...facts,
      anAnswer(1, { survey: 'points@1', series: 'stars', kind: 'follow-up' }),
    ]).budgets;

    // 50 in 28 days go on for 32 days and an hour until 1 January: 57.1 more.
    expect(budget).toMatchObject({
      series: 'stars',
      quarter: { from: '2026-09-30T22:00:00.000Z', to: '2026-12-31T23:00:00.000Z' },
      answers: 50,
      good: 46,
      bad: 4,
      expected: 107.1,
      left: 6,
      endsAt: 0.92,
      sentence: 'Ends at 92.0 % if it goes on like this; 6 more bad answers affordable.',
    });
    expect(figure(report(facts), 'satisfaction-budget')).toMatchObject({ value: 6, n: 50, numerator: 46, target: 0.9 });
  });

  test('may be overspent, counts the quarter before the period too, and never two series together', () => {
    const facts = [
      ...many(1, 1, { at: at(-40 * DAY) }),
      ...many(1, 1),
      ...many(3, 5, { survey: 'after-resolve@2', series: 'stars anew' }),
      ...many(1, 0, { survey: 'nps@1', series: 'nps', measure: 'nps', scale: 'likelihood' }),
    ];

    const { budgets } = report(facts);

    expect(budgets.map(({ series, answers, bad }) => [series, answers, bad])).toEqual([
      ['stars anew', 3, 0],
      ['stars', 2, 2],
    ]);
    expect(budgets[1]).toMatchObject({ left: -2, sentence: expect.stringContaining('2 bad answers too many') });
  });

  test('a tenth of twenty is two, however the machine counts', () => {
    const over = { ...aWeek, to: '2026-12-31T23:00:00.000Z', seenAt: '2026-12-31T23:00:00.000Z' };
    const source = { facts: many(20, 5), feedback: [], npsAsks: [], definitions, clicks: [] };

    expect(surveysReport(source, over, { now: over.seenAt, policy: aPolicy() }).budgets[0]).toMatchObject({
      left: 2,
      sentence: 'Ended at 100.0 %; 2 more bad answers affordable.',
    });
  });
});
