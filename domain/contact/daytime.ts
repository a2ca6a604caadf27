import { openSpans, type Span } from '../clock/open-spans.ts';
import type { AskingHours, Calendar, Policy, Weekday } from '../policy.ts';
import { DAY, type Instant, instant, MINUTE, millis } from '../support/time.ts';
import { isZone } from '../support/zone.ts';
import type { Requester } from '../ticket/ticket.ts';

const WEEK: Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** Hours on at least one day of the week: the desk's files are refused otherwise. */
const FAR = 14;

/** What carrying out a step may take: planned closer to the end of the hours, it would be carried out after them. */
const TAKES_AT_MOST = 15 * MINUTE;

/**
 * The first moment at or after `at` that lies within the hours, local to `zone` (IANA), on a day of the week that may
 * be used. `at` itself if it does; the end of the hours is outside. Local times that the clock skips or repeats are
 * read as in domain/clock/open-spans.ts.
 *
 * @param lasting so many milliseconds of the hours must still be left
 */
export const nextDaytime = (at: Instant, zone: string, hours: AskingHours, lasting = 0): Instant => {
  const start = millis(at);
  for (const [from, to] of daysFrom(start, zone, hours))
    if (start < to - lasting) return instant(Math.max(from, start));
  throw new Error(`The hours ${hours.from}-${hours.to} never come in ${zone}.`);
};

/** When a customer can be asked something: at or after `at`, in their own daytime, else in that of the desk. */
export const whenToAsk = (
  at: Instant,
  { timeZone }: Pick<Requester, 'timeZone'>,
  { survey }: Pick<Policy, 'survey'>,
): Instant => nextDaytime(at, zoneOf(timeZone, survey.zone), survey.hours, TAKES_AT_MOST);

/** Whether it is day where the customer is. */
export const isDaytime = (
  at: Instant,
  { timeZone }: Pick<Requester, 'timeZone'>,
  { survey }: Pick<Policy, 'survey'>,
): boolean => nextDaytime(at, zoneOf(timeZone, survey.zone), survey.hours) === at;

/** What a customer's program or form said may be no zone that this machine knows: then the desk's counts. */
const zoneOf = (said: string | undefined, desk: string): string => (said !== undefined && isZone(said) ? said : desk);

/** Days that touch, as those of hours around the clock do, are one. */
const daysFrom = (start: number, zone: string, hours: AskingHours): readonly Span[] => {
  const calendar = asCalendar(zone, hours);
  const first = Math.floor(start / DAY) - 1;
  const days: Array<[number, number]> = [];
  for (let day = first; day < first + FAR; day++)
    for (const [from, to] of openSpans(calendar, day)) {
      const before = days.at(-1);
      if (before !== undefined && before[1] === from) before[1] = to;
      else days.push([from, to]);
    }
  return days;
};

const asCalendar = (zone: string, { from, to, days = WEEK }: AskingHours): Calendar => ({
  zone,
  week: Object.fromEntries(days.map((day) => [day, [{ from, to }]])),
  closed: [],
  open: {},
});
