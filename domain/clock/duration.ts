import { type Duration, parse } from 'tinyduration';
import { DAY, HOUR, MINUTE, SECOND } from '../support/time.ts';

const known = new Map<string, number>();

/**
 * Milliseconds of an ISO 8601 duration, e.g. `PT24H`, `P2DT4H`, `P1W`. A day is 24 hours and a week 7 days of whatever
 * is counted (in a calendar: 24 working hours). Years and months are refused, for they have no fixed length; so are
 * negative durations and text that is no duration.
 */
export const durationMs = (iso: string): number => {
  const seen = known.get(iso);
  if (seen !== undefined) return seen;
  const read = parsed(iso);
  if (read === undefined) throw new Error(`"${iso}" is not an ISO 8601 duration.`);
  const { years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0, negative = false } = read;
  if (years !== 0 || months !== 0)
    throw new Error(`"${iso}" counts years or months, which have no fixed length. Use weeks, days or hours.`);
  const ms = Math.round((weeks * 7 + days) * DAY + hours * HOUR + minutes * MINUTE + seconds * SECOND);
  if (negative && ms > 0) throw new Error(`"${iso}" is negative.`);
  known.set(iso, ms);
  return ms;
};

const parsed = (iso: string): Duration | undefined => {
  try {
    return parse(iso);
  } catch {
    return undefined;
  }
};
