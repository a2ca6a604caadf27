const UNITS_MS = { W: 604_800_000, D: 86_400_000, H: 3_600_000, M: 60_000, S: 1000 } as const;

const FORM = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d{1,3})?)S)?)?$/;

/**
 * Milliseconds of an ISO 8601 duration in weeks, days, hours, minutes and seconds (`P14D`, `PT4H30M`); undefined for any
 * other text, years and months included, which have no fixed length.
 */
export const durationMs = (text: string): number | undefined => {
  const found = FORM.exec(text);
  if (!found || text === 'P') return undefined;
  const [, weeks, days, hours, minutes, seconds] = found;
  const ms =
    Number(weeks ?? 0) * UNITS_MS.W +
    Number(days ?? 0) * UNITS_MS.D +
    Number(hours ?? 0) * UNITS_MS.H +
    Number(minutes ?? 0) * UNITS_MS.M +
    Number(seconds ?? 0) * UNITS_MS.S;
  return Math.round(ms);
};
