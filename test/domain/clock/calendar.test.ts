import { expect, test } from 'vitest';
import { addWorkingTime, workingTimeBetween } from '../../../domain/clock/calendar.ts';
import type { Calendar } from '../../../domain/policy.ts';
import { DAY, HOUR, instant, MINUTE, millis } from '../../../domain/support/time.ts';
import { aCalendar } from '../../support/builders.ts';

const due = (start: string, duration: number, calendar: Calendar | 'always') =>
  instant(addWorkingTime(millis(start), duration, calendar));
const worked = (from: string, to: string, calendar: Calendar | 'always') =>
  workingTimeBetween(millis(from), millis(to), calendar) / HOUR;

const everyDay = (from: string, to: string, zone: string): Calendar => {
  const day = [{ from, to }];
  return aCalendar({ zone, week: { mon: day, tue: day, wed: day, thu: day, fri: day, sat: day, sun: day } });
};

test('an hour from Friday half past four is Monday half past nine', () => {
  expect(due('2026-11-20T15:30:00.000Z', HOUR, aCalendar())).toBe('2026-11-23T08:30:00.000Z');
});

test('the lunch break does not count', () => {
  expect(due('2026-11-23T10:30:00.000Z', HOUR, aCalendar())).toBe('2026-11-23T12:30:00.000Z');
});

test('time that is used up as the desk closes is due then, not on the next morning', () => {
  expect(due('2026-11-23T15:00:00.000Z', HOUR, aCalendar())).toBe('2026-11-23T16:00:00.000Z');
});

test('a start outside the hours counts from the next opening', () => {
  expect(due('2026-11-21T10:00:00.000Z', 30 * MINUTE, aCalendar())).toBe('2026-11-23T08:30:00.000Z');
});

test('no time at all is due at once, also at night', () => {
  expect(due('2026-11-21T22:00:00.000Z', 0, aCalendar())).toBe('2026-11-21T22:00:00.000Z');
});

test('a closed date is skipped, and a date with hours of its own has those', () => {
  const calendar = aCalendar({ closed: ['2026-11-23'], open: { '2026-11-24': [{ from: '10:00', to: '11:00' }] } });

  expect(due('2026-11-23T08:00:00.000Z', 2 * HOUR, calendar)).toBe('2026-11-25T09:00:00.000Z');
});

test('hours of its own open a date that the week or a closure closes', () => {
  const saturday = [{ from: '09:00', to: '10:00' }];
  const calendar = aCalendar({ closed: ['2026-11-21'], open: { '2026-11-21': saturday } });

  expect(worked('2026-11-21T00:00:00.000Z', '2026-11-22T00:00:00.000Z', calendar)).toBe(1);
});

test('a day from 00:00 to 24:00 joins the next without a gap', () => {
  const always = everyDay('00:00', '24:00', 'Europe/Berlin');

  expect(due('2026-11-23T22:30:00.000Z', HOUR, always)).toBe('2026-11-23T23:30:00.000Z');
});

test('the end of an interval is outside it', () => {
  expect(worked('2026-11-23T16:00:00.000Z', '2026-11-23T17:00:00.000Z', aCalendar())).toBe(0);
});

test('a whole day is 23 hours as the clock goes forward and 25 as it goes back', () => {
  const always = everyDay('00:00', '24:00', 'Europe/Berlin');

  expect(worked('2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z', always)).toBe(23);
  expect(worked('2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z', always)).toBe(25);
});

test('office hours keep their wall time over a change of the clock', () => {
  const berlin = everyDay('09:00', '17:00', 'Europe/Berlin');

  expect(due('2026-03-28T15:00:00.000Z', 2 * HOUR, berlin)).toBe('2026-03-29T08:00:00.000Z');
  expect(due('2026-10-24T14:00:00.000Z', 2 * HOUR, berlin)).toBe('2026-10-25T09:00:00.000Z');
});

test('an opening time that the clock skips is the moment of the skip', () => {
  const night = everyDay('02:30', '04:00', 'Europe/Berlin');

  expect(worked('2026-03-29T00:00:00.000Z', '2026-03-29T03:00:00.000Z', night)).toBe(1);
});

test('intervals that touch at a time the clock skips neither overlap nor part', () => {
  const night = [
    { from: '00:00', to: '02:30' },
    { from: '02:30', to: '08:00' },
  ];
  const calendar = aCalendar({ week: { sun: night } });

  expect(worked('2026-03-28T12:00:00.000Z', '2026-03-29T12:00:00.000Z', calendar)).toBe(7);
});

test('a time that happens twice is its first occurrence', () => {
  const early = everyDay('00:00', '02:30', 'Europe/Berlin');

  expect(worked('2026-10-24T22:00:00.000Z', '2026-10-25T22:00:00.000Z', early)).toBe(2.5);
});

test('overlapping intervals count once', () => {
  const doubled = [
    { from: '09:00', to: '12:00' },
    { from: '10:00', to: '13:00' },
  ];

  expect(worked('2026-11-23T00:00:00.000Z', '2026-11-24T00:00:00.000Z', aCalendar({ week: { mon: doubled } }))).toBe(4);
});

test('a zone far from UTC has its own dates', () => {
  const auckland = everyDay('09:00', '10:00', 'Pacific/Auckland');

  expect(due('2026-11-22T19:00:00.000Z', HOUR, auckland)).toBe('2026-11-22T21:00:00.000Z');
});

test('a desk in Tehran rests on Thursday and Friday and over Nowruz', () => {
  const day = [{ from: '08:30', to: '16:30' }];
  const week = { sat: day, sun: day, mon: day, tue: day, wed: day };
  const nowruz = ['2027-03-20', '2027-03-21', '2027-03-22', '2027-03-23', '2027-03-24'];
  const tehran = aCalendar({ zone: 'Asia/Tehran', week, closed: nowruz });

  expect(due('2027-03-17T12:30:00.000Z', HOUR, tehran)).toBe('2027-03-27T05:30:00.000Z');
});

test('wall time counts every moment', () => {
  expect(due('2026-11-20T23:00:00.000Z', 24 * HOUR, 'always')).toBe('2026-11-21T23:00:00.000Z');
  expect(worked('2026-11-20T23:00:00.000Z', '2026-11-20T22:00:00.000Z', 'always')).toBe(0);
});

test('a calendar that never opens is an error, not an endless search', () => {
  expect(() => due('2026-11-23T08:00:00.000Z', HOUR, aCalendar({ week: {} }))).toThrow(/too little working time/);
});

test('an unknown zone and a time that is none are named', () => {
  const never = [{ from: '9:00', to: '25:00' }];

  expect(() => due('2026-11-23T08:00:00.000Z', HOUR, aCalendar({ zone: 'Europe/Atlantis' }))).toThrow(/Atlantis/);
  expect(() => due('2026-11-23T08:00:00.000Z', HOUR, aCalendar({ week: { mon: never } }))).toThrow(/"9:00"/);
});

test('a night belongs to the date on which it began, and goes on through a closed one', () => {
  const nights: Calendar = {
    zone: 'Europe/Berlin',
    week: { thu: [{ from: '22:00', to: '30:00' }], fri: [{ from: '22:00', to: '30:00' }] },
    closed: ['2026-12-25'],
    open: {},
  };
  const thursdayAt23 = millis('2026-12-24T22:00:00Z');

  const due = addWorkingTime(thursdayAt23, 7 * HOUR, nights);

  expect(new Date(due).toISOString()).toBe('2026-12-25T05:00:00.000Z');
  expect(workingTimeBetween(thursdayAt23, thursdayAt23 + 3 * DAY, nights)).toBe(7 * HOUR);
});

test('a night that runs into the hours of a dated morning counts once', () => {
  const nights: Calendar = {
    zone: 'Europe/Berlin',
    week: { mon: [{ from: '22:00', to: '30:00' }] },
    closed: [],
    open: { '2026-11-24': [{ from: '05:00', to: '08:00' }] },
  };
  const monday = millis('2026-11-23T00:00:00Z');

  const worked = workingTimeBetween(monday, monday + 2 * DAY, nights);

  expect(worked).toBe(10 * HOUR);
});

test('a night in which the clock goes forward is an hour shorter', () => {
  const nights: Calendar = {
    zone: 'Europe/Berlin',
    week: { sat: [{ from: '22:00', to: '30:00' }] },
    closed: [],
    open: {},
  };
  const saturday = millis('2026-03-28T00:00:00Z');

  const worked = workingTimeBetween(saturday, saturday + 2 * DAY, nights);

  expect(worked).toBe(7 * HOUR);
});
