import { expect, test } from 'vitest';
import { recurrence } from '../../../local/events/expression.ts';

const times = (expression: string, zone: string, from: string, n: number): string[] => {
  const found: string[] = [];
  const schedule = recurrence(expression, zone, Date.parse(from));
  for (let at = schedule.next(Date.parse(from)); at !== undefined && found.length < n; at = schedule.next(at)) {
    found.push(new Date(at).toISOString().slice(0, 16));
  }
  return found;
};

test.each([
  ['rate(5 minutes)', 'UTC', '2026-11-22T09:00:00Z', ['2026-11-22T09:05', '2026-11-22T09:10']],
  ['rate(1 day)', 'UTC', '2026-11-22T09:00:00Z', ['2026-11-23T09:00', '2026-11-24T09:00']],
  ['cron(0 * * * ? *)', 'Etc/UTC', '2026-11-22T09:00:00Z', ['2026-11-22T10:00', '2026-11-22T11:00']],
  ['cron(0/20 9 ? * MON-FRI *)', 'UTC', '2026-11-22T09:00:00Z', ['2026-11-23T09:00', '2026-11-23T09:20']],
  ['cron(0 9 ? * 2 *)', 'UTC', '2026-11-22T09:00:00Z', ['2026-11-23T09:00', '2026-11-30T09:00']],
  ['cron(0 9 ? * 6L *)', 'UTC', '2026-11-22T09:00:00Z', ['2026-11-27T09:00', '2026-12-25T09:00']],
  ['cron(0 9 L * ? *)', 'UTC', '2026-11-22T09:00:00Z', ['2026-11-30T09:00', '2026-12-31T09:00']],
  ['cron(0 9 1 1 ? 2027)', 'UTC', '2026-11-22T09:00:00Z', ['2027-01-01T09:00']],
  ['cron(0 9 * * ? *)', 'Europe/Berlin', '2026-10-24T00:00:00Z', ['2026-10-24T07:00', '2026-10-25T08:00']],
  ['at(2026-12-24T18:00:00)', 'Europe/Berlin', '2026-11-22T09:00:00Z', ['2026-12-24T17:00']],
])('%s in %s after %s', (expression, zone, from, expected) => {
  const found = times(expression, zone, from, 2);

  expect(found).toEqual(expected);
});

test('a local time that spring skips is skipped, one that autumn repeats fires once', () => {
  const spring = times('cron(30 2 * * ? *)', 'Europe/Berlin', '2026-03-27T12:00:00Z', 3);
  const autumn = times('cron(30 2 * * ? *)', 'Europe/Berlin', '2026-10-23T12:00:00Z', 3);

  expect(spring).toEqual(['2026-03-28T01:30', '2026-03-30T00:30', '2026-03-31T00:30']);
  expect(autumn).toEqual(['2026-10-24T00:30', '2026-10-25T00:30', '2026-10-26T01:30']);
});

test.each(['rate(0 minutes)', 'rate(5 weeks)', 'cron(0 9 * * *)', 'cron(0 9 1 * 2 *)', 'at(tomorrow)', 'daily'])(
  '%s is refused',
  (expression) => {
    expect(() => recurrence(expression, 'UTC', 0)).toThrow(/\(|schedule/);
  },
);
