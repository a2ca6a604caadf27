import fc from 'fast-check';
import { expect, test } from 'vitest';
import { workingTimeBetween } from '../../../domain/clock/calendar.ts';
import { durationMs } from '../../../domain/clock/duration.ts';
import { standing } from '../../../domain/clock/standing.ts';
import { calendarOf } from '../../../domain/clock/targets.ts';
import { rulesNow, rulesOf } from '../../../domain/clock/versions.ts';
import type { Calendar, Interval, Policy } from '../../../domain/policy.ts';
import { DAY, instant, MINUTE, millis } from '../../../domain/support/time.ts';
import type { Happening, TicketEvent } from '../../../domain/ticket/event.ts';
import { anEvent, aPolicy, mondayAt9 } from '../../support/builders.ts';
import { calendars } from './brute-force.ts';

const minutes = fc.integer({ min: 30, max: 2000 }).map((count) => `PT${count}M`);
const version = (name: string): fc.Arbitrary<Policy> =>
  fc
    .record({
      applies: fc.boolean(),
      office: calendars,
      firstReply: minutes,
      nextReply: minutes,
      resolution: minutes,
      urgent: minutes,
    })
    .map(({ applies, office, urgent, ...promised }) =>
      aPolicy({
        version: name,
        applyToOpenTickets: applies,
        calendars: { office },
        targets: [
          {
            id: 'urgent',
            priorities: ['P1'],
            calendar: 'office',
            firstReply: urgent,
            nextReply: urgent,
            resolution: urgent,
          },
          { id: 'rest', calendar: 'office', ...promised },
        ],
      }),
    );

/** The third version is the present one. Each may apply to open tickets. */
const policies: fc.Arbitrary<Policy> = fc
  .record({ one: version('1'), two: version('2'), three: version('3') })
  .map(({ one, two, three }) => ({ ...three, past: { '1': rulesNow(one), '2': rulesNow(two) } }));

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
  { type: 'customer-thanked', channel: 'mail', message: 't' },
  { type: 'paused', waitingFor: 'customer', stopsClock: true },
  { type: 'paused', waitingFor: 'third-party', stopsClock: true },
  { type: 'paused', waitingFor: 'third-party', stopsClock: false },
  { type: 'resumed' },
  { type: 'noted', message: 'm' },
  { type: 'resolved', agent: 'ada' },
  { type: 'reopened', cause: 'customer', cycle: 2 },
  triaged('P1'),
  triaged('P3'),
);

/** A life in which the policy changes on the way: each event is stamped with the version of its time. */
const lives = fc
  .array(fc.tuple(happenings, fc.integer({ min: 0, max: 24 * 60 }), fc.boolean()), { maxLength: 25 })
  .map((steps): TicketEvent[] => {
    let at = millis(mondayAt9);
    let stamped = 1;
    const opened = anEvent({ type: 'opened', channel: 'mail', message: 'm' }, instant(at), { version: 1 });
    return [
      opened,
      ...steps.map(([happening, after, deployed], index) => {
        at += after * MINUTE;
        stamped = Math.min(3, stamped + (deployed ? 1 : 0));
        return { ...anEvent(happening, instant(at), { version: index + 2 }), policy: String(stamped) };
      }),
    ];
  });
const endOf = (events: readonly TicketEvent[]): number => Math.max(...events.map(({ at }) => millis(at)));

test('the working time between start and due, less the pauses, is the target, by whatever version it counts', () => {
  fc.assert(
    fc.property(policies, lives, (policy, events) => {
      const { promises } = standing(events, policy, instant(endOf(events)));

      for (const promise of Object.values(promises)) {
        const calendar = calendarOf(rulesOf(policy, promise.version), { id: promise.row, calendar: promise.calendar });
        const [start, due] = [millis(promise.startedAt), millis(promise.dueAt)];
        const paused = promise.pausedSpans
          .filter(({ to }) => to !== undefined)
          .reduce(
            (sum, { from, to }) => sum + workingTimeBetween(millis(from), Math.min(millis(to ?? from), due), calendar),
            0,
          );
        expect(workingTimeBetween(start, due, calendar) - paused).toBe(durationMs(promise.target));
      }
    }),
  );
});

test('a promise counts by the last version that applied to open tickets while it was owed, else by that of its start', () => {
  fc.assert(
    fc.property(policies, lives, (policy, events) => {
      const { promises } = standing(events, policy, instant(endOf(events)));
      const stampOf = (id: string | undefined) => events.find((event) => event.id === id)?.policy;

      for (const { version, startedByEvent, endedByEvent } of Object.values(promises)) {
        const made = stampOf(startedByEvent) ?? expect.fail();
        const until = stampOf(endedByEvent) ?? '3';
        const applied = ['1', '2', '3'].filter(
          (name) => made < name && name <= until && rulesOf(policy, name).applyToOpenTickets,
        );
        expect(version).toBe(applied.at(-1) ?? made);
      }
    }),
  );
});

test('no version loses a pause: every promise has stood still as long as the events say', () => {
  fc.assert(
    fc.property(policies, lives, (policy, events) => {
      const now = instant(endOf(events));
      const spans = (applies: boolean) =>
        Object.values(standing(events, { ...policy, applyToOpenTickets: applies }, now).promises).map(
          ({ startedAt, pausedSpans }) => ({ startedAt, pausedSpans }),
        );

      expect(spans(true)).toEqual(spans(false));
    }),
  );
});

test('events of one moment count in the order of their versions, however they are read', () => {
  fc.assert(
    fc.property(policies, lives, fc.infiniteStream(fc.nat()), (policy, events, order) => {
      const shuffled = events.map((event) => ({ event, at: order.next().value })).sort((a, b) => a.at - b.at);
      const now = instant(endOf(events));

      expect(
        standing(
          shuffled.map(({ event }) => event),
          policy,
          now,
        ),
      ).toEqual(standing(events, policy, now));
    }),
  );
});

test('notes and thanks at the same moment as another event change nothing, before it or after it', () => {
  fc.assert(
    fc.property(policies, lives, fc.nat(), (policy, events, where) => {
      const at = where % events.length;
      const beside = events[at]?.at ?? mondayAt9;
      const quiet = { ...anEvent({ type: 'noted', message: 'n' }, beside), policy: events[at]?.policy ?? '1' };
      const numbered = (list: TicketEvent[]) => list.map((event, index) => ({ ...event, version: index + 1 }));
      const now = instant(endOf(events));

      const before = standing(
        numbered([...events.slice(0, Math.max(1, at)), quiet, ...events.slice(Math.max(1, at))]),
        policy,
        now,
      );
      const after = standing(numbered([...events.slice(0, at + 1), quiet, ...events.slice(at + 1)]), policy, now);

      expect(before).toEqual(after);
    }),
  );
});

test('time alone moves no due, whatever versions came and went', () => {
  fc.assert(
    fc.property(policies, lives, fc.integer({ min: 0, max: 40 * DAY }), (policy, events, later) => {
      const dues = (at: number) =>
        Object.values(standing(events, policy, instant(at)).promises).map(({ dueAt, version }) => [dueAt, version]);

      expect(dues(endOf(events) + later)).toEqual(dues(endOf(events)));
    }),
  );
});

test('to split an interval of a calendar in two changes nothing', () => {
  const splitOne = ({ from, to }: Interval): Interval[] => {
    const at = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
    const middle = Math.floor((at(from) + at(to)) / 2);
    const text = `${String(Math.floor(middle / 60)).padStart(2, '0')}:${String(middle % 60).padStart(2, '0')}`;
    return text === from
      ? [{ from, to }]
      : [
          { from, to: text },
          { from: text, to },
        ];
  };
  const split = (calendar: Calendar): Calendar => ({
    ...calendar,
    week: Object.fromEntries(Object.entries(calendar.week).map(([day, hours]) => [day, hours.flatMap(splitOne)])),
    open: Object.fromEntries(Object.entries(calendar.open).map(([date, hours]) => [date, hours.flatMap(splitOne)])),
  });
  fc.assert(
    fc.property(policies, lives, (policy, events) => {
      const office = policy.calendars.office;
      const halves = { ...policy, calendars: { office: office === undefined ? expect.fail() : split(office) } };
      const now = instant(endOf(events));

      expect(standing(events, halves, now)).toEqual(standing(events, policy, now));
    }),
  );
});
