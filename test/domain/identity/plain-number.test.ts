import { expect, test } from 'vitest';
import { plainNumber } from '../../../domain/identity/plain-number.ts';

test.each([
  ['+49 (30) 1234-56', '+4930123456'],
  ['0049 151.1234.5678', '+4915112345678'],
  ['۰۰۹۸۹۱۲۱۲۳۴۵۶۷', '+989121234567'],
  ['+٩٧١ ٥٠ ١٢٣ ٤٥٦٧', '+971501234567'],
  ['+1–202–555–0123', '+12025550123'],
])('%s is %s', (written, number) => {
  expect(plainNumber(written)).toBe(number);
});

test.each(['030 123456', 'call me', '', '+', '+0123456789', '+12', '+1234567890123456'])(
  '%s is no number',
  (written) => {
    expect(plainNumber(written)).toBeUndefined();
  },
);
