import { openSpans } from '../clock/open-spans.ts';
import type { AskingHours, Calendar, Policy, Weekday } from '../policy.ts';
import { DAY, type Instant, instant, millis } from '../support/time.ts';
import type { Requester } from '../ticket/ticket.ts';
import { isZone } from './format.ts';

const WEEK: Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** Hours on at least one day of the week are refused otherwise when the desk's files are compiled. */
const FAR = 14;

/**
 * The first moment at or after `at` that lies within the hours on the wall in `zone` (IANA), on a day of the week that may
 * be used. `at` itself if it does; the end of the hours is outside. Wall times that the clock skips or repeats are read
 * as in domain/clock/open-spans.ts.
 */
export const nextDaytime = (at: Instant, zone: string, hours: AskingHours): Instant => {
  const start = millis(at);
  const calendar = asCalendar(zone, hours);
  const first = Math.floor(start / DAY) - 1;
  for (let day = first; day < first + FAR; day++)
    for (const [from, to] of openSpans(calendar, day)) if (start < to) return instant(Math.max(from, start));
  throw new Error(
    `Nobody in ${zone} can be asked anything within ${FAR} days: the hours are ${hours.from}-${hours.to}.`,
  );
};

/** When a customer may be asked something: at or after `at`, in their own daytime, else in that of the desk. */
export const whenToAsk = (
  at: Instant,
  { timeZone }: Pick<Requester, 'timeZone'>,
  { survey }: Pick<Policy, 'survey'>,
): Instant => nextDaytime(at, zoneOf(timeZone, survey.zone), survey.hours);

/** What the customer's program or form said is no zone on every machine: then the desk's counts. */
const zoneOf = (said: string | undefined, desk: string): string => (said !== undefined && isZone(said) ? said : desk);

const asCalendar = (zone: string, { from, to, days = WEEK }: AskingHours): Calendar => ({
  zone,
  week: Object.fromEntries(days.map((day) => [day, [{ from, to }]])),
  closed: [],
  open: {},
});
