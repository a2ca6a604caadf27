import { tzOffset } from '@date-fns/tz';
import type { Calendar } from '../policy.ts';
import { DAY, type Instant, instant, MINUTE, millis } from '../support/time.ts';

/** A date of the calendar with hours of its own, instead of its weekday's. */
export interface DatedHours {
  /** Local to the calendar's zone. */
  date: string;
  /** `09:00-12:00`; none when the desk was closed. */
  hours: string[];
}

/** A promise of years crosses more dates than anybody reads. */
const MOST = 100;

/** The closures (public holidays and the desk's own) and the dates with other hours that a span of time crosses. */
export const datedHoursWithin = (calendar: Calendar, from: Instant, to: Instant): DatedHours[] => {
  const last = localDate(millis(to), calendar.zone);
  const found: DatedHours[] = [];
  for (let at = millis(from); found.length < MOST; at += DAY) {
    const date = localDate(at, calendar.zone);
    if (date > last) break;
    const hours = calendar.open[date];
    if (hours !== undefined) found.push({ date, hours: hours.map((span) => `${span.from}-${span.to}`) });
    else if (calendar.closed.includes(date)) found.push({ date, hours: [] });
  }
  return found;
};

/** What a due time may miss that falls after the last day for which the calendar lists public holidays. */
export const unlistedWithin = ({ holidaysUntil: until, zone }: Calendar, to: Instant): string | undefined =>
  until === undefined || localDate(millis(to), zone) <= until
    ? undefined
    : `Public holidays are listed until ${until}: after that none is counted, so that this may be due too early.`;

const localDate = (ms: number, zone: string): string =>
  instant(ms + tzOffset(zone, new Date(ms)) * MINUTE).slice(0, 10);
