import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addWorkingTime, workingTimeBetween } from '../../../domain/clock/calendar.ts';
import type { Calendar, Interval } from '../../../domain/policy.ts';
import { DAY, HOUR, millis } from '../../../domain/support/time.ts';

const wall = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

// Cuts beyond 24:00 make nights, which may run into whatever the next date has.
const intervals: fc.Arbitrary<Interval[]> = fc
  .uniqueArray(fc.integer({ min: 0, max: 34 * 60 }), { minLength: 2, maxLength: 6 })
  .map((cuts) => cuts.sort((a, b) => a - b))
  .map((cuts) =>
    cuts.flatMap((from, index) => {
      const to = cuts[index + 1];
      return index % 2 === 0 && to !== undefined && from < 24 * 60 ? [{ from: wall(from), to: wall(to) }] : [];
    }),
  );

const dates = fc
  .integer({ min: 0, max: 400 })
  .map((day) => new Date(millis('2026-01-01T00:00:00Z') + day * DAY).toISOString().slice(0, 10));

// Zones with changes of the clock by an hour and by half an hour, at night and at midnight, and without any.
const zones = fc.constantFrom(
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'America/Santiago',
  'Asia/Beirut',
  'Asia/Tehran',
  'Pacific/Kiritimati',
);

const calendars: fc.Arbitrary<Calendar> = fc.record({
  zone: zones,
  week: fc.record({ mon: intervals, wed: intervals, thu: intervals, sun: intervals }),
  closed: fc.array(dates, { maxLength: 5 }),
  open: fc.dictionary(dates, intervals, { maxKeys: 5 }),
});

const starts = fc.integer({ min: millis('2026-01-01T00:00:00Z'), max: millis('2027-01-01T00:00:00Z') });
const durations = fc.integer({ min: 1, max: 60 * HOUR });

const runs = { numRuns: 150 };

test('the working time from start to due is the target, whatever the calendar', () => {
  fc.assert(
    fc.property(calendars, starts, durations, (calendar, start, duration) => {
      const due = addWorkingTime(start, duration, calendar);

      expect(workingTimeBetween(start, due, calendar)).toBe(duration);
    }),
    runs,
  );
});

test('due is the first such moment: a millisecond earlier is too little', () => {
  fc.assert(
    fc.property(calendars, starts, durations, (calendar, start, duration) => {
      const due = addWorkingTime(start, duration, calendar);

      expect(workingTimeBetween(start, due - 1, calendar)).toBe(duration - 1);
    }),
    runs,
  );
});

test('working time adds up over any moment between', () => {
  fc.assert(
    fc.property(
      calendars,
      starts,
      fc.integer({ min: 0, max: 30 * DAY }),
      fc.integer({ min: 0, max: 30 * DAY }),
      (calendar, start, first, second) => {
        const [middle, end] = [start + first, start + first + second];

        const parts = workingTimeBetween(start, middle, calendar) + workingTimeBetween(middle, end, calendar);

        expect(parts).toBe(workingTimeBetween(start, end, calendar));
      },
    ),
    runs,
  );
});

test('two steps of working time lead where one long step leads', () => {
  fc.assert(
    fc.property(calendars, starts, durations, durations, (calendar, start, first, second) => {
      const inTwo = addWorkingTime(addWorkingTime(start, first, calendar), second, calendar);

      expect(inTwo).toBe(addWorkingTime(start, first + second, calendar));
    }),
    runs,
  );
});

test('working time is never more than the time that passed', () => {
  fc.assert(
    fc.property(calendars, starts, fc.integer({ min: 0, max: 60 * DAY }), (calendar, start, span) => {
      expect(workingTimeBetween(start, start + span, calendar)).toBeLessThanOrEqual(span);
    }),
    runs,
  );
});
