/** An instant as ISO 8601 in UTC with milliseconds, `2026-11-22T09:00:00.000Z`: sorts as text, reads as time. */
export type Instant = string;

export const instant = (epochMs: number): Instant => new Date(epochMs).toISOString();
export const millis = (at: Instant): number => Date.parse(at);
export const plus = (at: Instant, ms: number): Instant => instant(millis(at) + ms);
/** The earliest of the given instants; undefined ones do not count. */
export const earliest = (...instants: Array<Instant | undefined>): Instant | undefined =>
  instants.filter((at) => at !== undefined).sort()[0];

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
