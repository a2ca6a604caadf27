import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addWorkingTime, workingTimeBetween } from '../../../domain/clock/calendar.ts';
import { durationMs } from '../../../domain/clock/duration.ts';
import { type Standing, standing } from '../../../domain/clock/standing.ts';
import { DAY, HOUR, instant, MINUTE, millis } from '../../../domain/support/time.ts';
import type { Happening, TicketEvent } from '../../../domain/ticket/event.ts';
import { aCalendar, anEvent, aPolicy, mondayAt9 } from '../../support/builders.ts';

const office = aCalendar();
const policy = aPolicy({
  calendars: { office },
  targets: [
    {
      id: 'urgent',
      priorities: ['P1'],
      calendar: 'office',
      firstReply: 'PT4H',
      nextReply: 'PT4H',
      resolution: 'PT20H',
    },
    { id: 'rest', calendar: 'office', firstReply: 'PT12H', nextReply: 'PT9H', resolution: 'PT60H' },
  ],
});

const triaged = (priority: 'P1' | 'P3'): Happening => ({
  type: 'triaged',
  priority,
  category: 'payment',
  group: 'frontline',
  tier: 1,
  rules: [],
});

const happenings: fc.Arbitrary<Happening> = fc.constantFrom<Happening[]>(
  { type: 'replied', agent: 'ada', message: 'm' },
  { type: 'customer-replied', channel: 'mail', message: 'm' },
  { type: 'paused', waitingFor: 'customer', stopsClock: true },
  { type: 'paused', waitingFor: 'third-party', stopsClock: true },
  { type: 'resumed' },
  { type: 'noted', message: 'm' },
  triaged('P1'),
  triaged('P3'),
);

/** Any life of one cycle: what happens, and how many minutes after the thing before. */
const lives = fc
  .array(fc.tuple(happenings, fc.integer({ min: 0, max: 3 * 24 * 60 })), { maxLength: 25 })
  .map((steps): TicketEvent[] => {
    let at = millis(mondayAt9);
    const opened = anEvent({ type: 'opened', channel: 'mail', message: 'm' }, instant(at), { version: 1 });
    return [
      opened,
      ...steps.map(([happening, minutes], index) => {
        at += minutes * MINUTE;
        return anEvent(happening, instant(at), { version: index + 2 });
      }),
    ];
  });

const endOf = (events: readonly TicketEvent[]): number => Math.max(...events.map(({ at }) => millis(at)));

test('the working time between start and due, less the pauses, is the target', () => {
  fc.assert(
    fc.property(lives, (events) => {
      const { promises } = standing(events, policy, instant(endOf(events)));

      for (const { startedAt, dueAt, target, pausedSpans } of Object.values(promises)) {
        const [start, due] = [millis(startedAt), millis(dueAt)];
        const paused = pausedSpans
          .filter((span) => span.to !== undefined)
          .reduce((sum, { from, to }) => {
            const end = Math.min(millis(to ?? from), due);
            return sum + workingTimeBetween(millis(from), end, office);
          }, 0);
        expect(workingTimeBetween(start, due, office) - paused).toBe(durationMs(target));
      }
    }),
  );
});

test('working the same ledger out again, in any order, gives the same answer', () => {
  fc.assert(
    fc.property(lives, fc.integer({ min: 0, max: 40 * DAY }), (events, later) => {
      const now = instant(endOf(events) + later);

      expect(standing(events.toReversed(), policy, now)).toEqual(standing(events, policy, now));
    }),
  );
});

test('time alone moves no due: a later look finds the same instants', () => {
  fc.assert(
    fc.property(lives, fc.integer({ min: 0, max: 40 * DAY }), (events, later) => {
      const soon = standing(events, policy, instant(endOf(events)));
      const late = standing(events, policy, instant(endOf(events) + later));

      const dues = ({ promises }: typeof soon) => Object.values(promises).map(({ dueAt }) => dueAt);
      expect(dues(late)).toEqual(dues(soon));
    }),
  );
});

test('what was met or breached stays so, whatever time brings', () => {
  fc.assert(
    fc.property(lives, fc.integer({ min: 0, max: 40 * DAY }), (events, later) => {
      const soon = standing(events, policy, instant(endOf(events))).promises;
      const late = standing(events, policy, instant(endOf(events) + later)).promises;

      for (const kind of ['firstReply', 'nextReply', 'resolution'] as const) {
        const before = soon[kind]?.state;
        expect(before === 'met' || before === 'breached' ? late[kind]?.state : before).toBe(before);
      }
    }),
  );
});

test('to pause and resume at once, anywhere in a life, changes nothing', () => {
  const waits: Happening = { type: 'paused', waitingFor: 'customer', stopsClock: true };
  fc.assert(
    fc.property(lives, fc.nat(), fc.nat({ max: 10 * DAY }), fc.boolean(), (events, where, later, atOnce) => {
      const before = events.slice(0, 1 + (where % events.length));
      const last = millis(before.at(-1)?.at ?? mondayAt9);
      const next = millis(events[before.length]?.at ?? instant(last + 10 * DAY));
      const at = instant(atOnce ? last : last + (later % (next - last + 1)));
      fc.pre(!isPaused(before));
      const numbered = (list: TicketEvent[]) => list.map((event, index) => ({ ...event, version: index + 1 }));
      const paused = numbered([
        ...before,
        anEvent(waits, at),
        anEvent({ type: 'resumed' }, at),
        ...events.slice(before.length),
      ]);
      const now = instant(endOf([...events, ...paused]) + later);

      const [without, withPause] = [standing(events, policy, now), standing(paused, policy, now)];

      expect(withoutEmptySpans(withPause)).toEqual(withoutEmptySpans(without));
    }),
  );
});

const isPaused = (events: readonly TicketEvent[]): boolean =>
  events.findLast(({ type }) => type === 'paused' || type === 'resumed')?.type === 'paused';

/** A span that begins and ends at one moment is told, and counts for nothing. */
const withoutEmptySpans = ({ promises, ...rest }: Standing): Standing => ({
  ...rest,
  promises: Object.fromEntries(
    Object.entries(promises).map(([kind, promise]) => [
      kind,
      { ...promise, pausedSpans: promise.pausedSpans.filter(({ from, to }) => from !== to) },
    ]),
  ),
});

test('a pause moves due by exactly the working time it took before the due', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 11 * HOUR }), fc.integer({ min: 0, max: 20 * DAY }), (before, length) => {
      const from = addWorkingTime(millis(mondayAt9), before, office);
      const to = from + length;
      const events = [
        anEvent({ type: 'opened', channel: 'mail', message: 'm' }, mondayAt9, { version: 1 }),
        anEvent({ type: 'paused', waitingFor: 'third-party', stopsClock: true }, instant(from), { version: 2 }),
        anEvent({ type: 'resumed' }, instant(to), { version: 3 }),
      ];

      const { promises } = standing(events, policy, instant(to));

      const moved = addWorkingTime(millis(mondayAt9), 12 * HOUR + workingTimeBetween(from, to, office), office);
      expect(promises.firstReply?.dueAt).toBe(instant(moved));
    }),
  );
});
