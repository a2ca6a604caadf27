import fc from 'fast-check';
import { standing } from '../domain/clock/standing.ts';
import { HOUR, instant, millis } from '../domain/support/time.ts';
import type { Happening } from '../domain/ticket/event.ts';
import { bothWays, cases } from '../test/domain/clock/brute-force.ts';
import { aCalendar, anEvent, aPolicy, mondayAt9 } from '../test/support/builders.ts';
import type { Figure } from './figure.ts';

const CASES = 100_000;
const EVENTS = 200;
const ROUNDS = 501;

const wrote: Happening = { type: 'customer-replied', channel: 'chat', message: 'm' };
const replied: Happening = { type: 'replied', agent: 'ada', message: 'm' };
const waits: Happening = { type: 'paused', waitingFor: 'customer', stopsClock: true };

/** A long life in office hours: asked, answered, paused and resumed, an hour apart. */
const life = [
  anEvent({ type: 'opened', channel: 'chat', message: 'm' }, mondayAt9, { version: 1 }),
  ...Array.from({ length: EVENTS - 1 }, (_, index) => {
    const happening = [replied, waits, { type: 'resumed' } as const, wrote][index % 4] ?? wrote;
    return anEvent(happening, instant(millis(mondayAt9) + (index + 1) * HOUR), { version: index + 2 });
  }),
];

/** The clock against counting by minutes, and how long it takes to say where a ticket of 200 events stands. */
export const clock = async (): Promise<Figure[]> => {
  let differ = 0;
  fc.assert(
    fc.property(cases, ({ office, span }) => {
      const [due, counted] = bothWays(office, span);
      if (due !== counted) differ += 1;
    }),
    { numRuns: CASES, seed: 1 },
  );
  const policy = aPolicy({ calendars: { office: aCalendar() } });
  const now = instant(millis(mondayAt9) + EVENTS * HOUR);
  const times = Array.from({ length: ROUNDS }, () => {
    const from = performance.now();
    standing(life, policy, now);
    return performance.now() - from;
  }).sort((a, b) => a - b);
  return [
    { what: `due times that differ from counting minutes, of ${CASES}`, value: differ, unit: 'cases', target: 0 },
    {
      what: `where a ticket of ${EVENTS} events stands, median`,
      value: times[ROUNDS >> 1] ?? Infinity,
      unit: 'ms',
      target: 1,
    },
  ];
};
