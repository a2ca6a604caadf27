import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isDaytime, nextDaytime, whenToAsk } from '../../../domain/contact/daytime.ts';
import type { AskingHours } from '../../../domain/policy.ts';
import { DAY, instant, MINUTE, millis } from '../../../domain/support/time.ts';
import { aPolicy } from '../../support/builders.ts';

const hours: AskingHours = { from: '09:00', to: '20:00' };
const ZONES = [
  'Europe/Berlin',
  'Asia/Tehran',
  'America/New_York',
  'Asia/Kathmandu',
  'Pacific/Auckland',
  'Pacific/Niue',
];
const policyOf = (over: AskingHours, zone = 'Europe/Berlin') => {
  const policy = aPolicy();
  return { ...policy, survey: { ...policy.survey, hours: over, zone } };
};

/** The time on the wall, as the operating system's own tables say it: `mon 09:00`. */
const wall = (at: string, zone: string): { day: string; time: string } => {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(millis(at));
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  return { day: part('weekday').toLowerCase(), time: `${part('hour')}:${part('minute')}` };
};

describe('the next daytime', () => {
  test.each([
    ['in the middle of the day', '2026-11-23T12:00:00.000Z', '2026-11-23T12:00:00.000Z'],
    ['at the first minute', '2026-11-23T08:00:00.000Z', '2026-11-23T08:00:00.000Z'],
    ['before it', '2026-11-23T04:00:00.000Z', '2026-11-23T08:00:00.000Z'],
    ['at the end, which is outside', '2026-11-23T19:00:00.000Z', '2026-11-24T08:00:00.000Z'],
    ['in the last millisecond', '2026-11-23T18:59:59.999Z', '2026-11-23T18:59:59.999Z'],
    ['in the night in which clocks go forward', '2026-03-28T20:00:00.000Z', '2026-03-29T07:00:00.000Z'],
    ['in the night in which clocks go back', '2026-10-24T19:00:00.000Z', '2026-10-25T08:00:00.000Z'],
  ])('%s', (_, at, expected) => {
    expect(nextDaytime(at, 'Europe/Berlin', hours)).toBe(expected);
  });

  test('is that of the zone: evening in Berlin is noon in New York', () => {
    const at = '2026-11-23T19:30:00.000Z';

    expect(nextDaytime(at, 'America/New_York', hours)).toBe(at);
    expect(nextDaytime(at, 'Europe/Berlin', hours)).toBe('2026-11-24T08:00:00.000Z');
  });

  test('waits over days on which nobody is asked', () => {
    const working: AskingHours = { ...hours, days: ['mon', 'tue', 'wed', 'thu', 'fri'] };

    expect(nextDaytime('2026-11-20T20:00:00.000Z', 'Europe/Berlin', working)).toBe('2026-11-23T08:00:00.000Z');
  });

  test('never lies outside the hours, never before, and at most a day later, in any zone and season', () => {
    const at = fc.integer({ min: Date.UTC(2025, 0, 1), max: Date.UTC(2028, 0, 1) });

    fc.assert(
      fc.property(at, fc.constantFrom(...ZONES), (ms, zone) => {
        const next = nextDaytime(instant(ms), zone, hours);

        const { time } = wall(next, zone);
        expect(time >= hours.from && time < hours.to).toBe(true);
        expect(millis(next)).toBeGreaterThanOrEqual(ms);
        expect(millis(next) - ms).toBeLessThanOrEqual(DAY);
      }),
      { numRuns: 500 },
    );
  });

  test('is the first there is: a minute earlier it was night, or nobody could have been asked yet', () => {
    const at = fc.integer({ min: Date.UTC(2025, 0, 1), max: Date.UTC(2028, 0, 1) });

    fc.assert(
      fc.property(at, fc.constantFrom(...ZONES), (ms, zone) => {
        const next = nextDaytime(instant(ms), zone, hours);

        const { time } = wall(instant(millis(next) - 1), zone);
        expect(millis(next) === ms || time < hours.from || time >= hours.to).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('keeps to the days of the week, too', () => {
    const days: AskingHours['days'] = ['sat', 'tue'];
    const at = fc.integer({ min: Date.UTC(2025, 0, 1), max: Date.UTC(2028, 0, 1) });

    fc.assert(
      fc.property(at, fc.constantFrom(...ZONES), (ms, zone) => {
        const next = nextDaytime(instant(ms), zone, { ...hours, days });

        expect(days).toContain(wall(next, zone).day);
        expect(millis(next) - ms).toBeLessThanOrEqual(4 * DAY);
      }),
      { numRuns: 200 },
    );
  });
});

describe('when a customer is asked', () => {
  const night = '2026-11-23T02:00:00.000Z';

  test('it is day where they are', () => {
    const policy = policyOf(hours);

    expect(whenToAsk(night, { timeZone: 'Asia/Tehran' }, policy)).toBe('2026-11-23T05:30:00.000Z');
    expect(isDaytime('2026-11-23T05:29:59.999Z', { timeZone: 'Asia/Tehran' }, policy)).toBe(false);
    expect(isDaytime('2026-11-23T05:30:00.000Z', { timeZone: 'Asia/Tehran' }, policy)).toBe(true);
  });

  test.each([
    ['told no zone', {}],
    ['told one that nobody knows', { timeZone: 'Mars/Olympus' }],
  ])('it is day at the desk for somebody who %s', (_, customer) => {
    expect(whenToAsk(night, customer, policyOf(hours))).toBe('2026-11-23T08:00:00.000Z');
  });

  test('what would begin in the last minutes of the day waits for the next, for it would end in the night', () => {
    const policy = policyOf(hours);
    const end = millis('2026-11-23T19:00:00.000Z');

    expect(whenToAsk(instant(end - 15 * MINUTE - 1), {}, policy)).toBe('2026-11-23T18:44:59.999Z');
    expect(whenToAsk(instant(end - 15 * MINUTE), {}, policy)).toBe('2026-11-24T08:00:00.000Z');
    expect(isDaytime(instant(end - 1), {}, policy)).toBe(true);
  });

  test('hours around the clock have no end to wait for', () => {
    const at = instant(millis('2026-11-23T00:00:00.000Z') - 1);

    expect(whenToAsk(at, { timeZone: 'UTC' }, policyOf({ from: '00:00', to: '24:00' }))).toBe(at);
  });
});
