import type { Instant } from '../support/time.ts';
import { isZone } from '../support/zone.ts';
import type { Brand } from './brand.ts';
import type { Language, Locale } from './words.ts';

/** A language in which a time can be told. */
type Telling = Locale<'time'>;

/**
 * A time as a person of that language writes it, in the customer's zone: `Tuesday, 24 November 2026 at 10:00`, in Persian
 * with Persian digits by the Jalali calendar. Without a known zone it is told in the desk's, and says so.
 */
export const when = (at: Instant, locale: Telling, timeZone: string | undefined, brand: Brand): string => {
  const known = timeZone !== undefined && isZone(timeZone);
  const full = fill(locale.words['time.full'], at, locale, known ? timeZone : brand.timeZone);
  return known ? full : fill(locale.words['time.zone'].replace('{time}', full), at, locale, brand.timeZone);
};

/** As `when`, and the zone is named even when it is the customer's own. */
export const whenAndWhere = (at: Instant, locale: Telling, timeZone: string | undefined, brand: Brand): string => {
  const zone = timeZone !== undefined && isZone(timeZone) ? timeZone : brand.timeZone;
  const full = fill(locale.words['time.full'], at, locale, zone);
  return fill(locale.words['time.zone'].replace('{time}', full), at, locale, zone);
};

/** The size of a file: `1.2 MB`, «۱٫۲ مگابایت». */
export const fileSize = (bytes: number, locale: Language): string => {
  const mega = bytes >= 1_000_000;
  return new Intl.NumberFormat(locale.format, {
    style: 'unit',
    unit: mega ? 'megabyte' : 'kilobyte',
    // Persian has no short form in its own letters.
    unitDisplay: locale.dir === 'rtl' ? 'long' : 'short',
    maximumFractionDigits: mega ? 1 : 0,
  }).format(mega ? bytes / 1_000_000 : Math.max(1, bytes / 1000));
};

/** As `when`, without weekday and year, for lists. */
export const shortly = (at: Instant, locale: Telling, timeZone: string | undefined, brand: Brand): string =>
  fill(locale.words['time.short'], at, locale, timeZone !== undefined && isZone(timeZone) ? timeZone : brand.timeZone);

/** A day as a person of that language writes it: `2026-11-02` → `2 November 2026`, in Persian by the Jalali calendar. */
export const dayOf = (date: string, locale: Telling): string =>
  fill(locale.words['time.date'], `${date}T12:00:00.000Z`, locale, 'UTC');

/** The order of the parts is a word of the language: that of Intl reads badly in Persian, and changes with its data. */
const fill = (pattern: string, at: Instant, locale: Telling, timeZone: string): string => {
  const parts = new Intl.DateTimeFormat(locale.format, {
    timeZone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'longGeneric',
  }).formatToParts(new Date(at));
  return pattern.replace(/\{(\w+)\}/g, (_, name: string) => parts.find(({ type }) => type === PART[name])?.value ?? '');
};

const PART: Record<string, Intl.DateTimeFormatPartTypes> = {
  weekday: 'weekday',
  day: 'day',
  month: 'month',
  year: 'year',
  hour: 'hour',
  minute: 'minute',
  zone: 'timeZoneName',
};

/** A number in the digits of the language. */
export const number = (value: number, locale: Language): string =>
  new Intl.NumberFormat(locale.format, { useGrouping: false }).format(value);

/** The first wanted language that the desk writes (RFC 4647, lookup: `fa-IR` finds `fa`), else the desk's first. */
export const localeFor = <L extends Language>(
  wanted: string | readonly string[],
  locales: Record<string, L>,
  brand: Brand,
): L => {
  for (const tag of typeof wanted === 'string' ? [wanted] : wanted) {
    const parts = tag.toLowerCase().split('-');
    for (let length = parts.length; length > 0; length -= 1) {
      const code = parts.slice(0, length).join('-');
      const found = Object.hasOwn(locales, code) ? locales[code] : undefined;
      if (found !== undefined) return found;
    }
  }
  const first = locales[brand.languages[0] ?? ''];
  if (first === undefined) throw new Error('brand.yaml names a first language that is not among the locales.');
  return first;
};
