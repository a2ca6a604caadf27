import type { Calendar, Interval, Weekday } from '../../domain/policy.ts';
import type { PolicyFile } from '../schema.ts';
import { didYouMean } from './mistakes.ts';
import type { Path, Source } from './source.ts';

export const zoneExists = (zone: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
};

export const checkZone = (source: Source, path: Path, zone: string): void => {
  if (!zoneExists(zone))
    source.wrong(path, `time zone "${zone}" is not known${didYouMean(zone, Intl.supportedValuesOf('timeZone'))}`);
};

export const compileCalendars = (source: Source, calendars: PolicyFile['calendars']): Record<string, Calendar> =>
  Object.fromEntries(
    Object.entries(calendars).map(([name, calendar]) => {
      const at = ['calendars', name];
      if (name === 'always') source.wrong(at, '"always" means wall time and needs no entry; choose another name');
      checkZone(source, [...at, 'zone'], calendar.zone);
      const week: Partial<Record<Weekday, Interval[]>> = {};
      const day = (key: Weekday, hours: string[] | undefined): void => {
        if (hours !== undefined) week[key] = intervals(source, [...at, 'week', key], hours);
      };
      for (const key of ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const) day(key, calendar.week[key]);
      if (Object.keys(week).length === 0) source.wrong([...at, 'week'], `calendar "${name}" is never open; add a day`);
      const open = Object.entries(calendar.open).map(([date, hours]) => {
        if (calendar.closed.includes(date))
          source.wrong([...at, 'open', date], `${date} is also closed; take it out of one of the two`);
        return [date, intervals(source, [...at, 'open', date], hours)];
      });
      return [name, { zone: calendar.zone, week, closed: calendar.closed, open: Object.fromEntries(open) }];
    }),
  );

/** `["09:00-12:00", "13:00-17:00"]`; text compares as time because every part has two digits. */
const intervals = (source: Source, path: Path, hours: string[]): Interval[] => {
  if (hours.length === 0) source.wrong(path, 'no hours; leave the day out, or list the date under "closed"');
  const spans = hours.map((text, index) => {
    const [from = '', to = ''] = text.split('-');
    if (from >= to)
      source.wrong([...path, index], `"${text}" is empty; the second time has to be later (24:00 is midnight)`);
    return { from, to };
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
