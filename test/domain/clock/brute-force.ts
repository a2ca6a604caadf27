import fc from 'fast-check';
import { standing } from '../../../domain/clock/standing.ts';
import type { Calendar, Interval, Weekday } from '../../../domain/policy.ts';
import { DAY, instant, MINUTE } from '../../../domain/support/time.ts';
import { anEvent, aPolicy } from '../../support/builders.ts';

/**
 * The clock, told a second time and as simply as can be: it looks at every minute by itself and counts it if the desk is
 * open. Nights and clock changes are asked of the wall of the zone. Nothing of domain/clock is used.
 */

const WEEK = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const satisfies readonly Weekday[];

/** The wall clock of a zone, as a time in UTC that shows the same. Zones change theirs at whole quarters of an hour. */
const wallAt = (zone: string, at: number): number => {
  const known = offsets.get(zone) ?? new Map<number, number>();
  offsets.set(zone, known);
  const quarter = Math.floor(at / QUARTER);
  const seen = known.get(quarter) ?? shownBy(zone, quarter * QUARTER) - quarter * QUARTER;
  known.set(quarter, seen);
  return at + seen;
};
const QUARTER = 15 * MINUTE;
const offsets = new Map<string, Map<number, number>>();

const formats = new Map<string, Intl.DateTimeFormat>();
const shownBy = (zone: string, at: number): number => {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
  formats.set(zone, format);
  const shown = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = shown;
  return Date.UTC(year, month - 1, day, hour, minute);
};

/** The first moment at which the wall shows this time or a later one: that of a skip, for a time that is skipped. */
const firstAt = (zone: string, wall: number): number => {
  let at = wall - 16 * 60 * MINUTE;
  while (wallAt(zone, at) < wall) at += QUARTER;
  return at;
};

const hoursOf = (calendar: Calendar, day: number): Interval[] => {
  const date = instant(day * DAY).slice(0, 10);
  if (calendar.open[date] !== undefined) return calendar.open[date] ?? [];
  if (calendar.closed.includes(date)) return [];
  return calendar.week[WEEK[new Date(day * DAY).getUTCDay()] ?? 'sun'] ?? [];
};

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

type Span = readonly [from: number, to: number];
const days = new WeakMap<Calendar, Map<number, Span[]>>();
const spansOn = (calendar: Calendar, day: number): Span[] => {
  const known = days.get(calendar) ?? new Map<number, Span[]>();
  days.set(calendar, known);
  const at = (time: string): number => firstAt(calendar.zone, day * DAY + minutesOf(time) * MINUTE);
  const spans = known.get(day) ?? hoursOf(calendar, day).map(({ from, to }): Span => [at(from), at(to)]);
  known.set(day, spans);
  return spans;
};

/** Whether the desk is open in this minute; a night of the day before reaches into this one. */
export const isOpen = (calendar: Calendar | 'always', at: number): boolean => {
  if (calendar === 'always') return true;
  const day = Math.floor(at / DAY);
  return [day - 2, day - 1, day, day + 1].some((each) =>
    spansOn(calendar, each).some(([from, to]) => from <= at && at < to),
  );
};

/** The minute at whose beginning so many minutes have counted since `start`, none of a pause among them. */
const countedOut = (
  start: number,
  minutes: number,
  calendar: Calendar | 'always',
  pauses: ReadonlyArray<{ from: number; to: number }>,
): number => {
  let left = minutes;
  let at = start;
  while (left > 0) {
    if (isOpen(calendar, at) && !pauses.some(({ from, to }) => from <= at && at < to)) left -= 1;
    at += MINUTE;
  }
  return at;
};

const times = fc.uniqueArray(fc.integer({ min: 0, max: 96 }), { minLength: 2, maxLength: 6 }).map((quarters) => {
  const sorted = quarters.toSorted((a, b) => a - b);
  const text = (quarter: number): string =>
    `${String(Math.floor(quarter / 4)).padStart(2, '0')}:${String((quarter % 4) * 15).padStart(2, '0')}`;
  return Array.from({ length: Math.floor(sorted.length / 2) }, (_, index) => ({
    from: text(sorted[index * 2] ?? 0),
    to: text(sorted[index * 2 + 1] ?? 96),
  }));
});

/** With changes of the clock by half an hour, at midnight, around Ramadan, given up since, and by a whole day (Apia, 2011). */
const ZONES = [
  'Europe/Berlin',
  'Europe/London',
  'America/New_York',
  'Asia/Tehran',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'America/St_Johns',
  'Africa/Casablanca',
  'Pacific/Apia',
  'Pacific/Chatham',
  'Asia/Beirut',
  'Africa/Cairo',
  'America/Sao_Paulo',
  'UTC',
];

/** A date as days since 1970. Most lie in two years from 2026 on, the others in years in which a zone above did something odd. */
const aDay = (): fc.Arbitrary<number> =>
  fc
    .tuple(
      fc.oneof(
        { weight: 3, arbitrary: fc.constant(2026) },
        { weight: 2, arbitrary: fc.constantFrom(2011, 2018, 2022) },
      ),
      fc.integer({ min: 0, max: 729 }),
    )
    .map(([year, day]) => Date.UTC(year, 0, 1) / DAY + day);

/** Any calendar: a few open days of one or more spans, nights among them, and days with hours of their own. */
export const calendars: fc.Arbitrary<Calendar> = fc
  .record({
    zone: fc.constantFrom(...ZONES),
    week: fc.uniqueArray(fc.tuple(fc.constantFrom(...WEEK), times), {
      minLength: 3,
      maxLength: 7,
      selector: ([day]) => day,
    }),
    night: fc.option(fc.constantFrom(...WEEK)),
    closed: fc.uniqueArray(aDay(), { maxLength: 40 }),
    open: fc.uniqueArray(fc.tuple(aDay(), times), { maxLength: 10, selector: ([day]) => day }),
  })
  .map(({ zone, week, night, closed, open }) => ({
    zone,
    week: {
      ...Object.fromEntries(week),
      ...(night === null ? {} : { [night]: [{ from: '22:00', to: '30:00' }] }),
    },
    closed: closed.map(dateOf),
    open: Object.fromEntries(open.map(([day, hours]) => [dateOf(day), hours])),
  }));

const dateOf = (day: number): string => instant(day * DAY).slice(0, 10);

/** A start, a target and pauses, in minutes. */
const spans = fc.record({
  start: fc.tuple(aDay(), fc.integer({ min: 0, max: 24 * 60 - 1 })).map(([day, minute]) => day * DAY + minute * MINUTE),
  minutes: fc.oneof(
    { weight: 19, arbitrary: fc.integer({ min: 1, max: 300 }) },
    { weight: 1, arbitrary: fc.integer({ min: 301, max: 3000 }) },
  ),
  pauses: fc.array(fc.tuple(fc.integer({ min: 0, max: 2000 }), fc.integer({ min: 0, max: 2000 })), { maxLength: 3 }),
});

/** Where and when clocks change: forward, back, by half an hour, at midnight, and by a whole day. */
const CHANGES: ReadonlyArray<readonly [zone: string, date: string]> = [
  ['Europe/Berlin', '2026-03-29'],
  ['Europe/Berlin', '2026-10-25'],
  ['America/New_York', '2026-11-01'],
  ['Australia/Lord_Howe', '2026-04-05'],
  ['Australia/Lord_Howe', '2026-10-04'],
  ['Asia/Beirut', '2026-03-29'],
  ['Asia/Beirut', '2026-10-24'],
  ['America/Sao_Paulo', '2018-11-04'],
  ['Asia/Tehran', '2022-03-22'],
  ['Africa/Casablanca', '2026-02-15'],
  ['Pacific/Apia', '2011-12-30'],
];

/**
 * A calendar with a span in it. Every second span begins near a change of clocks, and every calendar is closed, or has hours
 * of its own, on days soon after the start: what is far from a span is never counted.
 */
export const cases = fc
  .record({
    calendar: calendars,
    span: spans,
    change: fc.option(fc.constantFrom(...CHANGES)),
    before: fc.integer({ min: 0, max: (2 * DAY) / MINUTE }),
    closed: fc.uniqueArray(fc.integer({ min: 0, max: 5 }), { maxLength: 2 }),
    open: fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 5 }), times), { maxLength: 2, selector: ([day]) => day }),
  })
  .map(({ calendar, span, change, before, closed, open }) => {
    const start = change === null ? span.start : Date.parse(change[1]) + DAY - before * MINUTE;
    const soon = (days: number): string => dateOf(Math.floor(start / DAY) + days);
    const office: Calendar = {
      ...calendar,
      zone: change?.[0] ?? calendar.zone,
      closed: [...calendar.closed, ...closed.map(soon)],
      open: { ...calendar.open, ...Object.fromEntries(open.map(([days, hours]) => [soon(days), hours])) },
    };
    return { office, span: { ...span, start } };
  });

/** Pauses that follow one another, from a start: a gap and a length each, in minutes. */
const pausesFrom = (
  start: number,
  steps: ReadonlyArray<readonly [gap: number, length: number]>,
): Array<{ from: number; to: number }> => {
  let at = start;
  return steps.map(([gap, length]) => {
    const from = at + gap * MINUTE;
    at = from + length * MINUTE;
    return { from, to: at };
  });
};

/** The due time by the clock, and by counting. */
export const bothWays = (
  office: Calendar,
  {
    start,
    minutes,
    pauses: steps,
  }: { start: number; minutes: number; pauses: ReadonlyArray<readonly [number, number]> },
): [clock: string | undefined, counted: string] => {
  const pauses = pausesFrom(start, steps);
  const policy = aPolicy({
    calendars: { office },
    targets: [{ id: 'all', calendar: 'office', firstReply: `PT${minutes}M` }],
  });
  const events = [
    anEvent({ type: 'opened', channel: 'mail', message: 'm' }, instant(start), { version: 1 }),
    ...pauses.flatMap(({ from, to }, index) => [
      anEvent({ type: 'paused', waitingFor: 'third-party', stopsClock: true }, instant(from), {
        version: index * 2 + 2,
      }),
      anEvent({ type: 'resumed' }, instant(to), { version: index * 2 + 3 }),
    ]),
  ];
  const { promises } = standing(events, policy, instant(pauses.at(-1)?.to ?? start));
  return [promises.firstReply?.dueAt, instant(countedOut(start, minutes, office, pauses))];
};
