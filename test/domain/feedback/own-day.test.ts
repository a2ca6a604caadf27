import { expect, test } from 'vitest';
import { askedWithin, dueDay } from '../../../domain/feedback/own-day.ts';
import { DAY, plus } from '../../../domain/support/time.ts';

const QUARTER = 'PT2160H';
const start = '2026-11-23T09:00:00.000Z';
const people = Array.from({ length: 900 }, (_, index) => `01J${String(index).padStart(23, '0')}`);
const daysOf = (person: string, days: number): string[] =>
  Array.from({ length: days }, (_, day) => dueDay(person, plus(start, day * DAY), QUARTER)).flatMap((day) => day ?? []);

test('everybody has one day in each period, at which a look may come up to two days late', () => {
  for (const person of people.slice(0, 50)) {
    const days = daysOf(person, 270);
    const own = [...new Set(days)];

    expect(own.length).toBeGreaterThanOrEqual(3);
    expect(days.length).toBeGreaterThanOrEqual(8);
    for (const [index, day] of own.slice(1).entries())
      expect(Date.parse(day) - Date.parse(own[index] ?? '')).toBe(90 * DAY);
  }
});

test('the days of many people are spread over the period', () => {
  const perDay = new Map<string, number>();
  for (const person of people)
    for (const day of new Set(daysOf(person, 90))) perDay.set(day, (perDay.get(day) ?? 0) + 1);

  expect(perDay.size).toBeGreaterThanOrEqual(90);
  expect(Math.max(...perDay.values())).toBeLessThan(30);
});

test('who was asked within the period is not asked again, and a day made up for does not shift the next', () => {
  const askedLate = plus(start, 2 * DAY);

  expect(askedWithin(askedLate, plus(start, 86 * DAY), QUARTER)).toBe(true);
  expect(askedWithin(askedLate, plus(start, 90 * DAY), QUARTER)).toBe(false);
});
