import * as z from 'zod/mini';
import type { ControlParts } from './contract.ts';
import { durationMs } from './duration.ts';
import { unprocessable } from './problem.ts';
import { jsonBody, type Routes } from './router.ts';

const move = z.union([z.strictObject({ advance: z.string() }), z.strictObject({ to: z.string() })]);

/** With zone, as in `2026-11-23T09:00:00Z`: an instant must not depend on where the runtime stands. */
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

const iso = (instant: number): string => new Date(instant).toISOString();

const targetOf = (body: unknown, now: number): number => {
  const read = move.safeParse(body);
  if (!read.success) throw unprocessable('Say either {"advance": "PT4H"} or {"to": "2026-11-23T09:00:00Z"}');
  if ('advance' in read.data) {
    const ms = durationMs(read.data.advance);
    if (ms === undefined) {
      throw unprocessable(`"${read.data.advance}" is no ISO 8601 duration in weeks, days, hours, minutes and seconds`);
    }
    return now + ms;
  }
  const target = INSTANT.test(read.data.to) ? Date.parse(read.data.to) : Number.NaN;
  if (Number.isNaN(target)) throw unprocessable(`"${read.data.to}" is no ISO 8601 instant with a zone`);
  if (target < now) throw unprocessable(`${iso(target)} is before now, ${iso(now)}: the clock never goes back`);
  return target;
};

/** Reading and moving the clock; waiting until all is quiet. */
export const clockRoutes = ({ kernel }: ControlParts): Routes => ({
  'GET clock': async () => ({
    now: iso(kernel.clock.now()),
    speed: kernel.clock.speed,
    nextTimer: isoOrNull(kernel.timers.nextDue()),
    underWay: kernel.activity.describe(),
  }),
  'POST clock': async (request) => {
    const { now, fired } = await kernel.timeMachine.moveTo(targetOf(jsonBody(request), kernel.clock.now()));
    return { now: iso(now), fired };
  },
  'POST settle': async () => {
    await kernel.timeMachine.settle();
    return { now: iso(kernel.clock.now()) };
  },
});

const isoOrNull = (instant: number | undefined): string | null => (instant === undefined ? null : iso(instant));
