import { expect, test } from 'vitest';
import { quietUntil } from '../../../domain/clock/quiet.ts';
import type { Calendar, Interval } from '../../../domain/policy.ts';

const quiet = (spans: Interval[], zone = 'Europe/Berlin', more: Partial<Calendar['week']> = {}): Calendar => ({
  zone,
  week: { mon: spans, tue: spans, wed: spans, thu: spans, fri: spans, sat: spans, sun: spans, ...more },
  closed: [],
  open: {},
});
const night = quiet([{ from: '22:00', to: '31:00' }]);

test('nobody is quiet who never said so', () => {
  expect(quietUntil(undefined, '2026-11-24T02:00:00.000Z')).toBeUndefined();
});

test('a night is quiet from its first moment up to its end, and the end belongs to the day', () => {
  expect(quietUntil(night, '2026-11-23T20:59:59.999Z')).toBeUndefined();
  expect(quietUntil(night, '2026-11-23T21:00:00.000Z')).toBe('2026-11-24T06:00:00.000Z');
  expect(quietUntil(night, '2026-11-24T05:59:59.999Z')).toBe('2026-11-24T06:00:00.000Z');
  expect(quietUntil(night, '2026-11-24T06:00:00.000Z')).toBeUndefined();
});

test('spans that touch are one: a quiet weekend ends on Monday', () => {
  const all = [{ from: '00:00', to: '24:00' }];
  const weekend: Calendar = { ...night, week: { sat: all, sun: all } };

  expect(quietUntil(weekend, '2026-11-21T12:00:00.000Z')).toBe('2026-11-22T23:00:00.000Z');
});

test('the wall of the zone counts: the night in which clocks go forward is an hour shorter', () => {
  expect(quietUntil(night, '2026-03-28T21:30:00.000Z')).toBe('2026-03-29T05:00:00.000Z');
  expect(quietUntil(night, '2026-10-24T20:30:00.000Z')).toBe('2026-10-25T06:00:00.000Z');
});
