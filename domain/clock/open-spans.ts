import { tzOffset } from '@date-fns/tz';
import type { Calendar, Interval, Weekday } from '../policy.ts';
import { DAY, MINUTE } from '../support/time.ts';

/** From (inclusive) to (exclusive), in milliseconds since the epoch. */
export type Span = readonly [from: number, to: number];

const WEEKDAYS: readonly Weekday[] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

// A policy is one object for the life of a process, and every ticket asks about the same few days.
const cache = new WeakMap<Calendar, Map<number, readonly Span[]>>();

/** The open spans of one local date, given as days since 1970-01-01, in order and without overlap. */
export const openSpans = (calendar: Calendar, day: number): readonly Span[] => {
  const days = cache.get(calendar) ?? new Map<number, readonly Span[]>();
  cache.set(calendar, days);
  const known = days.get(day);
  if (known !== undefined) return known;
  const spans = spansOf(calendar, day);
  days.set(day, spans);
  return spans;
};

/** A night that began the day before goes on into this date: what it covers is its own, and counts once. */
const spansOf = (calendar: Calendar, day: number): readonly Span[] => {
  const night = spansFrom(calendar, day - 1).at(-1)?.[1] ?? Number.NEGATIVE_INFINITY;
  return spansFrom(calendar, day)
    .map(([from, to]): Span => [Math.max(from, night), to])
    .filter(([from, to]) => from < to);
};

/** What begins on this date. */
const spansFrom = (calendar: Calendar, day: number): readonly Span[] => {
  const { zone } = calendar;
  const date = new Date(day * DAY).toISOString().slice(0, 10);
  // The offsets before and after the date, wherever on earth it is. Asking the zone is slow: twice a date is enough.
  const offsets = [day - 1, day + 3].map((near) => offsetAt(near * DAY, zone));
  const spans = intervalsOn(calendar, date)
    .map(({ from, to }): Span => [instantOf(from, day, offsets, zone), instantOf(to, day, offsets, zone)])
    .sort(([a], [b]) => a - b);
  return merged(spans);
};

/** What begins on a date: dated hours go before a dated closure, and both before the week. */
export const intervalsOn = (calendar: Calendar, date: string): Interval[] => {
  const dated = calendar.open[date];
  if (dated !== undefined) return dated;
  if (calendar.closed.includes(date)) return [];
  const weekday = WEEKDAYS[new Date(`${date}T00:00:00Z`).getUTCDay()];
  return (weekday === undefined ? undefined : calendar.week[weekday]) ?? [];
};

/** Overlapping intervals count once. */
const merged = (spans: readonly Span[]): readonly Span[] => {
  const result: Array<[number, number]> = [];
  for (const [from, to] of spans) {
    const last = result.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else result.push([from, to]);
  }
  return result;
};

/**
 * The instant of a wall time. A time that happens twice is its first occurrence; one that the clock skips is the moment
 * of the skip. So wall times stay in order, and intervals that touch on the wall touch in time.
 */
const instantOf = (wall: string, day: number, offsets: number[], zone: string): number => {
  const local = day * DAY + minutesOf(wall) * MINUTE;
  const [before = 0, after = 0] = offsets;
  if (before === after) return local - before;
  const hits = offsets.map((offset) => local - offset).filter((at) => at + offsetAt(at, zone) === local);
  return hits.length > 0 ? Math.min(...hits) : skipAround(local, before, after, zone);
};

/** The first instant of the new offset, when the clock goes forward over the wall time `local`. */
const skipAround = (local: number, before: number, after: number, zone: string): number => {
  let old = local - after;
  let fresh = local - before;
  while (fresh - old > 1) {
    const middle = Math.floor((old + fresh) / 2);
    if (offsetAt(middle, zone) === after) fresh = middle;
    else old = middle;
  }
  return fresh;
};

const offsetAt = (ms: number, zone: string): number => {
  const minutes = tzOffset(zone, new Date(ms));
  if (Number.isNaN(minutes)) throw new Error(`"${zone}" is not an IANA time zone.`);
  return minutes * MINUTE;
};

const minutesOf = (wall: string): number => {
  const match = /^(\d{2}):([0-5]\d)$/.exec(wall);
  const minutes = match === null ? Number.NaN : Number(match[1]) * 60 + Number(match[2]);
  if (!(minutes <= 48 * 60)) throw new Error(`"${wall}" is not a time from 00:00 to 48:00.`);
  return minutes;
};
