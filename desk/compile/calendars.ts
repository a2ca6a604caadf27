import { intervalsOn } from '../../domain/clock/open-spans.ts';
import type { Calendar, Interval, Weekday } from '../../domain/policy.ts';
import { DAY, instant, millis } from '../../domain/support/time.ts';
import { isZone } from '../../domain/support/zone.ts';
import type { PolicyFile, VersionFile } from '../schema.ts';
import { lastListed } from './holiday-years.ts';
import { holidaysOf } from './holidays.ts';
import { didYouMean } from './mistakes.ts';
import type { Path, Source } from './source.ts';

export const checkZone = (source: Source, path: Path, zone: string): void => {
  if (/^[+-]/.test(zone))
    source.wrong(path, `"${zone}" is no time zone: its clocks would never change; write a zone like Europe/Berlin`);
  else if (!isZone(zone)) {
    const meant = didYouMean(zone, Intl.supportedValuesOf('timeZone'));
    source.wrong(path, `time zone "${zone}" is not known${meant === '' ? '; write one like Europe/Berlin' : meant}`);
  }
};

export const compileCalendars = (
  source: Source,
  calendars: VersionFile['calendars'],
  years: PolicyFile['holiday-years'],
): Record<string, Calendar> => {
  if (years.from > years.to) source.wrong(['holiday-years', 'to'], 'the last year is before the first');
  return Object.fromEntries(
    Object.entries(calendars).map(([name, file]) => {
      const at = ['calendars', name];
      if (name === 'always') source.wrong(at, '"always" means wall time and needs no entry; choose another name');
      checkZone(source, [...at, 'zone'], file.zone);
      const week: Partial<Record<Weekday, Interval[]>> = {};
      for (const key of WEEKDAYS) {
        const hours = file.week[key];
        if (hours !== undefined) week[key] = intervals(source, [...at, 'week', key], hours);
      }
      if (Object.keys(week).length === 0) source.wrong([...at, 'week'], `calendar "${name}" is never open; add a day`);
      refuseLongNights(source, at, week);
      const open = Object.entries(file.open).map(([date, hours]) => {
        if (file.closed.includes(date))
          source.wrong([...at, 'open', date], `${date} is also closed; take it out of one of the two`);
        return [date, intervals(source, [...at, 'open', date], hours)];
      });
      const closed = [...new Set([...file.closed, ...holidaysOf(source, at, file.holidays, years)])].sort();
      const holidaysUntil = file.holidays.length > 0 ? lastListed(years) : file['holidays-until'];
      const calendar = {
        zone: file.zone,
        week,
        closed,
        open: Object.fromEntries(open),
        ...(holidaysUntil === undefined ? {} : { holidaysUntil }),
      };
      refuseDatedNights(source, at, calendar);
      return [name, calendar];
    }),
  );
};

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const satisfies readonly Weekday[];

/**
 * `["09:00-12:00", "13:00-17:00"]`; text compares as time because every part has two digits. `22:00-06:00` is a night: it
 * ends on the next day, which only the last interval of a day can do.
 */
export const intervals = (source: Source, path: Path, hours: string[]): Interval[] => {
  if (hours.length === 0) source.wrong(path, 'no hours; leave the day out, or list the date under "closed"');
  const spans = hours.map((text, index) => {
    const [from = '', to = ''] = text.split('-');
    if (from === to) source.wrong([...path, index], `"${text}" is empty; write the whole day as "00:00-24:00"`);
    return { from, to: from < to ? to : nextDay(to) };
  });
  spans.forEach(({ from }, index) => {
    const before = spans[index - 1];
    if (before !== undefined && from < before.to)
      source.wrong(
        [...path, index],
        `"${hours[index]}" overlaps "${hours[index - 1]}"; write hours in order and apart`,
      );
  });
  return spans;
};

/** `06:00` of the day after: `30:00`. */
const nextDay = (time: string): string => `${Number(time.slice(0, 2)) + 24}${time.slice(2)}`;

const refuseLongNights = (source: Source, at: Path, week: Partial<Record<Weekday, Interval[]>>): void => {
  for (const [index, day] of WEEKDAYS.entries()) {
    const night = week[day]?.at(-1)?.to ?? '';
    const next = WEEKDAYS[(index + 1) % 7] ?? 'mon';
    const morning = week[next]?.[0];
    if (morning !== undefined && night > '24:00' && nextDay(morning.from) < night)
      source.wrong(
        [...at, 'week', day],
        `the night of ${day} goes on when ${next} begins; end it before, or join them`,
      );
  }
};

/** A night runs into what the next date has, and one of the two has hours of its own. */
const refuseDatedNights = (source: Source, at: Path, calendar: Calendar): void => {
  for (const date of Object.keys(calendar.open)) {
    const [before, after] = [dayFrom(date, -1), dayFrom(date, 1)];
    if (runsInto(calendar, before, date))
      source.wrong(
        [...at, 'open', date],
        `the night of ${before} goes on when ${date} begins; begin later, or give ${before} hours of its own`,
      );
    if (calendar.open[after] === undefined && runsInto(calendar, date, after))
      source.wrong(
        [...at, 'open', date],
        `the night of ${date} goes on when ${after} begins; end it before, or give ${after} hours of its own`,
      );
  }
};

const runsInto = (calendar: Calendar, date: string, next: string): boolean => {
  const night = intervalsOn(calendar, date).at(-1)?.to ?? '';
  const morning = intervalsOn(calendar, next)[0];
  return morning !== undefined && night > '24:00' && nextDay(morning.from) < night;
};

const dayFrom = (date: string, days: number): string => instant(millis(date) + days * DAY).slice(0, 10);
