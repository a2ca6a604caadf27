import { tzOffset } from '@date-fns/tz';
import type { Policy } from '../policy.ts';
import { type Decision, decided, refused } from '../support/decision.ts';
import { DAY, type Instant, instant, MINUTE, millis } from '../support/time.ts';

/** A report looks at this many days at most: it reads each of them. */
export const MOST_DAYS = 366;

export interface AskedPeriod {
  from: Instant;
  /** Exclusive. */
  to: Instant;
  /** Now, or the end of the period once that is over. */
  seenAt: Instant;
  /** The zone in which dates begin, and the calendar of policy.yaml that it is taken from. */
  zone: string;
  calendar: string;
}

/** In which zone the dates of a question begin: that of the desk's first calendar. */
export const datesIn = ({ calendars }: Pick<Policy, 'calendars'>): { calendar: string; zone: string } => {
  const [calendar = 'always', { zone } = { zone: 'UTC' }] = Object.entries(calendars)[0] ?? [];
  return { calendar, zone };
};

/**
 * From and to as dates (`2026-11-23`: from its first moment, through its last one, in the zone of the desk's first calendar)
 * or as instants. Without them, the 28 days that end now.
 */
export const periodOf = (
  asked: { from?: string; to?: string },
  policy: Pick<Policy, 'calendars'>,
  now: Instant,
): Decision<AskedPeriod, 'no-period'> => {
  const { calendar, zone } = datesIn(policy);
  const to = asked.to === undefined ? now : endOf(asked.to, zone);
  const from = asked.from === undefined ? instant(millis(to) - 28 * DAY) : startOf(asked.from, zone);
  if (from >= to) return refused('no-period', 'The period ends before it begins.');
  // A day with a clock change is an hour longer.
  if (millis(to) - millis(from) > MOST_DAYS * DAY + DAY / 24)
    return refused('no-period', `A report covers ${MOST_DAYS} days at most.`);
  // What happens at this very moment counts.
  return decided({ from, to, seenAt: to < now ? to : instant(millis(now) + 1), zone, calendar });
};

const isDate = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text);

/** A date's first moment, or the instant itself. */
export const startOf = (text: string, zone: string): Instant =>
  isDate(text) ? midnight(Date.parse(text), zone) : instant(Date.parse(text));

/** The first moment after a date, or the instant itself. */
export const endOf = (text: string, zone: string): Instant =>
  isDate(text) ? midnight(Date.parse(text) + DAY, zone) : instant(Date.parse(text));

/** The quarter of the year in which a moment lies, in the zone; `to` is exclusive. */
export const quarterOf = (at: Instant, zone: string): { from: Instant; to: Instant } => {
  const [year, month] = localDate(at, zone);
  const first = month - ((month - 1) % 3);
  return { from: monthStart(year, first, zone), to: monthStart(year, first + 3, zone) };
};

/** Whose months a report counts by: those of the Gregorian calendar, or of Iran's. */
export const MONTHS = ['gregorian', 'jalali'] as const;
export type Months = (typeof MONTHS)[number];

const CALENDARS: Record<Months, string> = { gregorian: 'gregory', jalali: 'persian' };

/** Says in which month a moment lies, in the zone: `2026-11`, or `1405-09` of the Jalali calendar. */
export const monthIn = (zone: string, months: Months): ((at: Instant) => string) => {
  const format = new Intl.DateTimeFormat(`en-u-ca-${CALENDARS[months]}-nu-latn`, {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
  });
  return (at) => {
    const parts = new Map(format.formatToParts(new Date(at)).map(({ type, value }) => [type, value]));
    return `${parts.get('year')}-${parts.get('month')}`;
  };
};

const localDate = (at: Instant, zone: string): [year: number, month: number] => {
  const local = new Date(millis(at) + tzOffset(zone, new Date(at)) * MINUTE);
  return [local.getUTCFullYear(), local.getUTCMonth() + 1];
};

const monthStart = (year: number, month: number, zone: string): Instant => midnight(Date.UTC(year, month - 1, 1), zone);

/** The first moment of a local date; where the clock skips midnight, the moment of the skip. */
const midnight = (date: number, zone: string): Instant => {
  const offsets = [date - DAY, date + DAY].map((near) => tzOffset(zone, new Date(near)) * MINUTE);
  const hits = offsets
    .map((offset) => date - offset)
    .filter((at) => at + tzOffset(zone, new Date(at)) * MINUTE === date);
  return instant(hits.length > 0 ? Math.min(...hits) : date - Math.min(...offsets));
};
