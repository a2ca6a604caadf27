import { Duration } from 'luxon';

const known = new Map<string, number>();

/**
 * Milliseconds of an ISO 8601 duration, e.g. `PT24H`, `P2DT4H`, `P1W`. A day is 24 hours and a week 7 days of whatever
 * is counted (in a calendar: 24 working hours). Years and months are refused, for they have no fixed length; so are
 * negative durations and text that is no duration.
 */
export const durationMs = (iso: string): number => {
  const seen = known.get(iso);
  if (seen !== undefined) return seen;
  const parsed = Duration.fromISO(iso);
  // Luxon reads a bare `PT` as no time at all; the standard wants at least one figure.
  if (!parsed.isValid || !/\d/.test(iso)) throw new Error(`"${iso}" is not an ISO 8601 duration.`);
  if (parsed.years !== 0 || parsed.quarters !== 0 || parsed.months !== 0)
    throw new Error(`"${iso}" counts years or months, which have no fixed length. Use weeks, days or hours.`);
  const ms = Math.round(parsed.toMillis());
  if (ms < 0) throw new Error(`"${iso}" is negative.`);
  known.set(iso, ms);
  return ms;
};
