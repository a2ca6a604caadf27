import { DURATION } from '../schema.ts';

/** Minutes of `1h30m`; a day has 24 hours. */
export const minutes = (duration: string): number => {
  const [, days, hours, rest] = DURATION.exec(duration) ?? [];
  return Number(days ?? 0) * 24 * 60 + Number(hours ?? 0) * 60 + Number(rest ?? 0);
};

/** ISO 8601 in hours and minutes, `3d` → `PT72H`: a calendar day would mean something else when clocks change. */
export const iso = (duration: string): string => {
  const all = minutes(duration);
  const hours = Math.floor(all / 60);
  const rest = all % 60;
  return `PT${hours > 0 || rest === 0 ? `${hours}H` : ''}${rest > 0 ? `${rest}M` : ''}`;
};
