import type { z } from 'zod';
import type { Agent, Calendar, Interval, Weekday } from '../../domain/policy.ts';
import type { teamFile } from '../schema.ts';
import { checkZone, intervals, WEEKDAYS } from './calendars.ts';
import type { Path, Source } from './source.ts';

type Member = z.output<typeof teamFile>['team'][number];

/** How somebody hears of the ladder, and when they are left alone. */
export const compileReach = (
  source: Source,
  at: Path,
  member: Member,
): Pick<Agent, 'timeZone' | 'phone' | 'tellBy' | 'quiet'> => {
  const { 'time-zone': zone, phone, 'tell-by': tellBy, quiet } = member;
  if (zone !== undefined) checkZone(source, [...at, 'time-zone'], zone);
  if (tellBy?.includes('sms') && phone === undefined)
    source.wrong([...at, 'tell-by'], `"${member.id}" is told by sms and has no number; add "phone"`);
  const timeZone = zone ?? quiet?.zone;
  const hours = quiet && quietHours(source, [...at, 'quiet'], quiet, timeZone);
  return {
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(phone === undefined ? {} : { phone }),
    ...(tellBy === undefined ? {} : { tellBy }),
    ...(hours === undefined ? {} : { quiet: hours }),
  };
};

/** The same hours every day, or a week of them. */
const quietHours = (
  source: Source,
  at: Path,
  { zone, hours, week }: NonNullable<Member['quiet']>,
  own: string | undefined,
): Calendar | undefined => {
  const counted = zone ?? own;
  if (counted === undefined) source.wrong(at, 'quiet hours of which zone? Add "zone", like Europe/Berlin');
  else if (zone !== undefined) checkZone(source, [...at, 'zone'], zone);
  if ((hours === undefined) === (week === undefined)) {
    source.wrong(at, 'write either "hours", for every day, or "week"');
    return undefined;
  }
  const daily = hours && intervals(source, [...at, 'hours'], hours);
  const quiet: Partial<Record<Weekday, Interval[]>> = {};
  for (const day of WEEKDAYS) {
    const own = week?.[day];
    const spans = daily ?? (own && intervals(source, [...at, 'week', day], own));
    if (spans !== undefined) quiet[day] = spans;
  }
  if (WEEKDAYS.every((day, index) => isQuietAllDay(quiet[day], quiet[WEEKDAYS[(index + 6) % 7] ?? 'sun'])))
    source.wrong(
      at,
      'this is quiet all day, every day: nothing could ever be told; leave some hours, or set the person away',
    );
  return counted === undefined ? undefined : { zone: counted, week: quiet, closed: [], open: {} };
};

/** Whether the spans of a day, and the night that the day before leads into it, leave no minute of it. */
const isQuietAllDay = (own: Interval[] = [], before: Interval[] = []): boolean => {
  let until = sinceMidnight(before.at(-1)?.to ?? '00:00') - DAY;
  for (const { from, to } of own)
    if (sinceMidnight(from) <= Math.max(until, 0)) until = Math.max(until, sinceMidnight(to));
  return until >= DAY;
};

const DAY = 24 * 60;
const sinceMidnight = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
