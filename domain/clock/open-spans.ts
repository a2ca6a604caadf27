import { DateTime, IANAZone } from 'luxon';
import type { Calendar, Interval, Weekday } from '../policy.ts';
import { DAY } from '../support/time.ts';

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

const spansOf = (calendar: Calendar, day: number): readonly Span[] => {
  if (!IANAZone.isValidZone(calendar.zone)) throw new Error(`"${calendar.zone}" is not an IANA time zone.`);
  const date = new Date(day * DAY).toISOString().slice(0, 10);
  const spans = intervalsOn(calendar, date)
    .map((interval): Span => [instantOf(interval.from, day, calendar.zone), instantOf(interval.to, day, calendar.zone)])
    .filter(([from, to]) => to > from)
    .sort(([a], [b]) => a - b);
  return merged(spans);
};

/** Dated hours go before a dated closure, and both before the week. */
const intervalsOn = (calendar: Calendar, date: string): Interval[] => {
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
const instantOf = (wall: string, day: number, zone: string): number => {
  const minutes = minutesOf(wall);
  const local = day * DAY + minutes * 60_000;
  const ianaZone = IANAZone.create(zone);
  const offsets = [-DAY, 0, DAY].map((shift) => ianaZone.offset(local + shift) * 60_000);
  const hits = offsets.map((offset) => local - offset).filter((at) => at + ianaZone.offset(at) * 60_000 === local);
  return hits.length > 0 ? Math.min(...hits) : skipAround(local, offsets, zone);
};

/** The first instant after a forward change of the clock that has no wall time `local`. */
const skipAround = (local: number, offsets: number[], zone: string): number => {
  const at = (ms: number) => DateTime.fromMillis(ms, { zone });
  let before = local - Math.max(...offsets);
  let after = local - Math.min(...offsets);
  const offset = at(after).offset;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (at(middle).offset === offset) after = middle;
    else before = middle;
  }
  return after;
};

const minutesOf = (wall: string): number => {
  const match = /^(\d{2}):([0-5]\d)$/.exec(wall);
  const minutes = match === null ? Number.NaN : Number(match[1]) * 60 + Number(match[2]);
  if (!(minutes <= 24 * 60)) throw new Error(`"${wall}" is not a time of day from 00:00 to 24:00.`);
  return minutes;
};
