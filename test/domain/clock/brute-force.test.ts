import fc from 'fast-check';
import { expect, test } from 'vitest';
import { workingTimeBetween } from '../../../domain/clock/calendar.ts';
import { MINUTE } from '../../../domain/support/time.ts';
import { bothWays, cases, isOpen } from './brute-force.ts';

// `npm run bench -- clock` compares 100,000 cases.
test('counting minute by minute ends at the due time, whatever the calendar, the zone and the pauses', () => {
  fc.assert(
    fc.property(cases, ({ office, span }) => {
      const [clock, counted] = bothWays(office, span);

      expect(clock).toBe(counted);
    }),
    { numRuns: 300 },
  );
});

test('the minutes of a span that are open are its working time', () => {
  fc.assert(
    fc.property(cases, ({ office, span: { start, minutes } }) => {
      const open = Array.from({ length: minutes }, (_, index) => start + index * MINUTE).filter((at) =>
        isOpen(office, at),
      );

      expect(workingTimeBetween(start, start + minutes * MINUTE, office)).toBe(open.length * MINUTE);
    }),
    { numRuns: 300 },
  );
});
