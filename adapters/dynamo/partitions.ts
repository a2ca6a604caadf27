import { DAY, type Instant, instant, millis } from '../../domain/support/time.ts';

/** Sorts after every key: the end of an open range. */
export const AFTER_ALL = '\uffff';

/** The UTC days that `[from, to)` touches, oldest first: `2026-11-22`. */
export const daysOf = (from: Instant, to: Instant): string[] => {
  const days: string[] = [];
  for (let at = Math.floor(millis(from) / DAY) * DAY; at < millis(to); at += DAY) days.push(instant(at).slice(0, 10));
  return days;
};

/** The months that `[from, to]` touches, oldest first: `2026-11`. Of `from`, the month alone is read. */
export const monthsOf = (from: string, to: Instant): string[] => {
  const months: string[] = [];
  for (const at = new Date(`${from.slice(0, 7)}-01`); at.toISOString() <= to; at.setUTCMonth(at.getUTCMonth() + 1))
    months.push(at.toISOString().slice(0, 7));
  return months;
};
