import { expect, test } from 'vitest';
import { holidaysOf } from '../../desk/compile/holidays.ts';
import type { Source } from '../../desk/compile/source.ts';

const source: Pick<Source, 'wrong'> = {
  wrong: (path, what) => {
    throw new Error(`${path.join('.')}: ${what}`);
  },
};
const of2026 = (...places: string[]) => holidaysOf(source, ['calendars', 'office'], places, { from: 2026, to: 2026 });

test('Nowruz and the days after it are free in Iran', () => {
  expect(of2026('IR')).toEqual(expect.arrayContaining(['2026-03-21', '2026-03-22', '2026-03-23', '2026-03-24']));
});

test('a region has the holidays of its country and its own', () => {
  const germany = of2026('DE');
  const bavaria = of2026('DE-BY');

  expect(bavaria).toEqual(expect.arrayContaining([...germany, '2026-01-06']));
  expect(germany).not.toContain('2026-01-06');
});

test('a holiday that falls on a weekend is free on the day that stands in for it', () => {
  expect(of2026('US')).toContain('2026-07-03');
  expect(of2026('GB')).toContain('2026-12-28');
});

test('a feast of several days is free on each whole day', () => {
  expect(of2026('TR')).toEqual(expect.arrayContaining(['2026-05-27', '2026-05-28', '2026-05-29']));
});

test('each year of the span has its own dates', () => {
  const dates = holidaysOf(source, ['calendars', 'office'], ['DE'], { from: 2026, to: 2027 });

  expect(dates).toEqual(expect.arrayContaining(['2026-04-03', '2027-03-26']));
});
