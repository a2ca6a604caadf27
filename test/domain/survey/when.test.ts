import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY, HOUR, instant, millis, plus, SECOND } from '../../../domain/support/time.ts';
import { reminderAt, surveyAt } from '../../../domain/survey/when.ts';
import { reactionsTo } from '../../../domain/ticket/reactions.ts';
import { aPolicy } from '../../support/builders.ts';
import { aResolvedLedger } from '../../support/survey-builders.ts';

const base = aPolicy();
const policy = aPolicy({
  survey: { ...base.survey, askAfter: 'PT1H', remindAfter: 'PT48H', hours: { from: '09:00', to: '20:00' } },
});
const ZONES = ['Europe/Berlin', 'Asia/Tehran', 'America/St_Johns', 'Pacific/Chatham', 'America/Los_Angeles'];
const moment = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2028, 0, 1) });

const hourOn = (at: string, timeZone: string): number =>
  Number(new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format(millis(at)));

/** What the workflow is started with when this customer's ticket is resolved then. */
const startedWith = (resolvedAt: string, timeZone: string) => {
  const { ticket } = aResolvedLedger();
  if (ticket.status !== 'resolved') return expect.fail('not resolved');
  const after = { ...ticket, resolvedAt, customer: { ...ticket.customer, timeZone } };
  const { resolvedAt: gone, ...open } = after;
  const commands = reactionsTo({ kind: 'ticket', before: { ...open, status: 'open' }, after }, policy);
  return commands.find((command) => command.do === 'start-survey') ?? expect.fail('no survey');
};

test('a survey goes out by day, never sooner than an hour after the resolution, at most a day after that', () => {
  fc.assert(
    fc.property(moment, fc.constantFrom(...ZONES), (ms, zone) => {
      const { askAt } = startedWith(instant(ms), zone);

      expect(hourOn(askAt, zone)).toBeGreaterThanOrEqual(9);
      expect(hourOn(askAt, zone)).toBeLessThan(20);
      expect(millis(askAt)).toBeGreaterThanOrEqual(ms + HOUR);
      expect(millis(askAt)).toBeLessThanOrEqual(ms + HOUR + DAY);
    }),
    { numRuns: 300 },
  );
});

test('so does its reminder, two days after the survey at the soonest', () => {
  fc.assert(
    fc.property(moment, fc.constantFrom(...ZONES), (ms, zone) => {
      const { askAt, remindAfterSeconds } = startedWith(instant(ms), zone);
      const remindAt = plus(askAt, remindAfterSeconds * SECOND);

      expect(hourOn(remindAt, zone)).toBeGreaterThanOrEqual(9);
      expect(hourOn(remindAt, zone)).toBeLessThan(20);
      expect(remindAfterSeconds * SECOND).toBeGreaterThanOrEqual(2 * DAY);
      expect(remindAfterSeconds * SECOND).toBeLessThanOrEqual(3 * DAY);
    }),
    { numRuns: 300 },
  );
});

test('a survey of the night goes out in the morning, and its reminder two mornings later', () => {
  const resolvedAt = '2026-11-23T20:30:00.000Z';

  const askAt = surveyAt(resolvedAt, { timeZone: 'Europe/Berlin' }, policy);

  expect(askAt).toBe('2026-11-24T08:00:00.000Z');
  expect(reminderAt(askAt, { timeZone: 'Europe/Berlin' }, policy)).toBe('2026-11-26T08:00:00.000Z');
});
