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

const between = (from: number, to: number, place: string) =>
  holidaysOf(source, ['calendars', 'office'], [place], { from, to });

test('a day that stands in counts, wherever the tables list it: Veterans Day on a Saturday is free on Friday', () => {
  expect(between(2027, 2029, 'US')).toEqual(
    expect.arrayContaining(['2027-06-18', '2027-07-05', '2027-12-24', '2027-12-31', '2028-11-10', '2029-11-12']),
  );
});

test('two holidays on one weekend of England are free on Monday and Tuesday, and a new year moves to Monday', () => {
  expect(between(2026, 2028, 'GB-ENG')).toEqual(
    expect.arrayContaining(['2026-08-31', '2026-12-28', '2027-12-27', '2027-12-28', '2028-01-03']),
  );
});

test('the year of Iran ends and begins on its own dates, leap years among them', () => {
  const dates = between(2025, 2028, 'IR').filter((date) => /-03-(19|2[0-4])$/.test(date));

  expect(dates).toEqual(
    expect.arrayContaining([
      ...['2025-03-19', '2025-03-21', '2025-03-24', '2026-03-20', '2026-03-21', '2026-03-24'],
      ...['2027-03-20', '2027-03-21', '2027-03-24', '2028-03-19', '2028-03-20', '2028-03-23'],
    ]),
  );
});

test('half days, days of banks and days to remember are left to the desk', () => {
  const germany = of2026('DE');

  expect(germany).not.toContain('2026-12-24');
  expect(germany).not.toContain('2026-12-31');
  expect(of2026('US')).not.toContain('2026-11-27');
});

test('a feast of several days is free on each whole day', () => {
  expect(of2026('TR')).toEqual(expect.arrayContaining(['2026-05-27', '2026-05-28', '2026-05-29']));
});

test('each year of the span has its own dates', () => {
  const dates = holidaysOf(source, ['calendars', 'office'], ['DE'], { from: 2026, to: 2027 });

  expect(dates).toEqual(expect.arrayContaining(['2026-04-03', '2027-03-26']));
});
