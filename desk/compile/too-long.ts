import type { Calendar } from '../../domain/policy.ts';
import type { PolicyFile } from '../schema.ts';
import { minutes } from './duration.ts';
import type { Path, Source } from './source.ts';

/** In years. The clock looks ten ahead, and a time to climb adds to the promise before it. */
const MOST = 4;

/**
 * Nothing is promised for so long that its calendar would hardly ever reach it: a mistyped number that no clock could
 * count out.
 */
export const refuseTooLong = (source: Source, file: PolicyFile, calendars: Record<string, Calendar>): void => {
  const check = (path: Path, duration: string | undefined, name: string): void => {
    const calendar = calendars[name];
    if (duration === undefined || calendar === undefined) return;
    const weekly = openMinutes(calendar);
    if (minutes(duration) > MOST * 52 * weekly)
      source.wrong(
        path,
        `"${duration}" of working time is more than ${MOST} years of "${name}" (${hours(weekly)} h a week); write less`,
      );
  };
  for (const [index, row] of file.targets.entries()) {
    const at = ['targets', index];
    for (const key of ['first-reply', 'next-reply'] as const) check([...at, key], row[key], row.calendar);
    if (typeof row.resolution !== 'object') check([...at, 'resolution'], row.resolution, row.calendar);
    else
      for (const [priority, duration] of Object.entries(row.resolution))
        check([...at, 'resolution', priority], duration, row.calendar);
  }
  const used = new Set(file.targets.map(({ calendar }) => calendar));
  for (const name of used) {
    for (const [index, step] of file.ladder.entries()) {
      if (step.at.startsWith('+')) check(['ladder', index, 'at'], step.at.slice(1), name);
      const asks = step['acknowledge-within'];
      for (const duration of typeof asks === 'object' ? Object.values(asks) : [asks])
        check(['ladder', index, 'acknowledge-within'], duration, name);
    }
    check(['acknowledged-rests'], file['acknowledged-rests'], name);
  }
  for (const key of ['deadline', 'call-again-after'] as const)
    check(['remediation', key], file.remediation[key], file.remediation.calendar);
};

const openMinutes = ({ week }: Calendar): number =>
  Object.values(week)
    .flat()
    .reduce((sum, { from, to }) => sum + sinceMidnight(to) - sinceMidnight(from), 0);

const sinceMidnight = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

const hours = (count: number): number => Math.round(count / 6) / 10;
