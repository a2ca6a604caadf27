import { expect, test } from 'vitest';
import { durationMs } from '../../../domain/clock/duration.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../../domain/support/time.ts';

test.each([
  ['PT0S', 0],
  ['PT90S', 90 * SECOND],
  ['PT1H30M', 90 * MINUTE],
  ['PT24H', DAY],
  ['P1D', DAY],
  ['P1W', 7 * DAY],
  ['P2DT4H', 2 * DAY + 4 * HOUR],
])('%s has a fixed length', (iso, ms) => {
  expect(durationMs(iso)).toBe(ms);
});

test.each(['P1M', 'P1Y', 'P1Y2D'])('%s is refused: a month or a year has no fixed length', (iso) => {
  expect(() => durationMs(iso)).toThrow(/no fixed length/);
});

test.each(['24h', '', 'PT', '1 day'])('"%s" is no ISO 8601 duration', (iso) => {
  expect(() => durationMs(iso)).toThrow(/is not an ISO 8601 duration/);
});

test('a negative duration is refused', () => {
  expect(() => durationMs('-PT1H')).toThrow(/negative/);
});
