import { Cron } from 'croner';

/** When a schedule fires: `next(after)` gives the first instant later than `after`, both epoch ms. */
export interface Recurrence {
  next(after: number): number | undefined;
}

const UNIT_MS: Record<string, number> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

const rate = (text: string, anchor: number): Recurrence => {
  const [, value = '', unit = ''] = /^([1-9]\d*) (minute|hour|day)s?$/.exec(text.trim()) ?? [];
  const ms = Number(value) * (UNIT_MS[unit] ?? 0);
  if (!(ms > 0)) throw new Error(`rate(${text}) is not a rate`);
  return { next: (after) => anchor + Math.max(0, Math.floor((after - anchor) / ms) + 1) * ms };
};

/** Six fields of AWS: minutes, hours, day of month, month, day of week (1 is Sunday), year. */
const cron = (text: string, timeZone: string): Recurrence => {
  const fields = text.trim().split(/\s+/);
  if (fields.length !== 6) throw new Error(`cron(${text}) must have six fields`);
  if (fields[2] !== '?' && fields[4] !== '?') throw new Error(`cron(${text}) must have ? as one of its day fields`);
  const pattern = new Cron(`0 ${fields.join(' ')}`, {
    timezone: timeZone,
    paused: true,
    alternativeWeekdays: true,
    sloppyRanges: true,
  });
  return {
    next(after) {
      let run = pattern.nextRun(new Date(after));
      // A local time that the clocks skip in spring is skipped (Scheduler User Guide, "Daylight savings time").
      while (run && !pattern.match(run)) run = pattern.nextRun(run);
      return run?.getTime();
    },
  };
};

/** The instant that a wall clock in the zone shows; an ambiguous one in autumn is the first of the two. */
const instantIn = (local: string, timeZone: string): number => {
  const run = new Cron(local, { timezone: timeZone, paused: true }).nextRun(new Date(0));
  if (!run) throw new Error(`at(${local}) is no time in ${timeZone}`);
  return run.getTime();
};

const once = (local: string, timeZone: string): Recurrence => {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(local)) throw new Error(`at(${local}) is not yyyy-mm-ddThh:mm:ss`);
  const at = instantIn(local, timeZone);
  return { next: (after) => (at > after ? at : undefined) };
};

/**
 * Reads `rate(…)`, `cron(…)` or `at(…)`. `anchor` (epoch ms) is where a rate starts to count: its first interval ends at
 * anchor + interval.
 */
export const recurrence = (expression: string, timeZone: string, anchor: number): Recurrence => {
  const [, kind, inner = ''] = /^(rate|cron|at)\((.*)\)$/.exec(expression.trim()) ?? [];
  if (kind === 'rate') return rate(inner, anchor);
  if (kind === 'cron') return cron(inner, timeZone);
  if (kind === 'at') return once(inner, timeZone);
  throw new Error(`${expression} is no schedule expression`);
};
