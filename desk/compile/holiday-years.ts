import { DAY, instant, millis } from '../../domain/support/time.ts';
import type { PolicyFile } from '../schema.ts';
import type { Source } from './source.ts';

/** So long before their end it is told that the holidays run out. */
const IN_TIME = 365 * DAY;

/** The last day for which public holidays are listed, as in `holidaysUntil` of a calendar. */
export const lastListed = ({ to }: PolicyFile['holiday-years']): string => `${to}-12-31`;

/**
 * Holds the years of the holidays against the day of the check: a calendar counts as if nothing were closed on the days for
 * which none are listed. A year before the end it warns; once today itself is not among them, it refuses.
 *
 * @param today `2026-11-22`
 */
export const checkHolidayYears = (source: Source, file: PolicyFile, today: string): void => {
  const years = file['holiday-years'];
  const named = Object.entries(file.calendars)
    .filter(([, { holidays }]) => holidays.length > 0)
    .map(([name]) => name)
    .filter((name) => usedIn(file).has(name));
  if (named.length === 0 || years.from > years.to) return;
  const whose = `the public holidays of ${named.map((name) => `"${name}"`).join(', ')}`;
  const longer = 'write a later year, raise "version" and run "npm run desk:version"';
  if (today > lastListed(years)) source.wrong(['holiday-years', 'to'], `${whose} ended with ${years.to}; ${longer}`);
  else if (today < `${years.from}-01-01`)
    source.wrong(['holiday-years', 'from'], `${whose} begin with ${years.from}; write an earlier year`);
  else if (dayFrom(today, IN_TIME) > lastListed(years))
    source.warn(['holiday-years', 'to'], `${whose} end with ${years.to}, and what is due later counts none; ${longer}`);
};

/** Calendars whose days count: of those that are only ready for use, and of surveys, which go by hours, nothing is asked. */
const usedIn = ({ targets, groups, remediation }: PolicyFile): ReadonlySet<string | undefined> =>
  new Set([
    ...targets.map(({ calendar }) => calendar),
    ...Object.values(groups).map(({ hours }) => hours),
    remediation.calendar,
  ]);

const dayFrom = (date: string, ms: number): string => instant(millis(date) + ms).slice(0, 10);
