import { DAY, type Instant, instant, millis } from '../../domain/support/time.ts';
import { factPk, shards } from './keys.ts';
import { batches } from './paging.ts';

/** So many days and shards are asked for at a time. */
const SIDE_BY_SIDE = 32;

/** What lies in the partitions of the days from `from` up to, but not including, `to`, each partition asked once. */
export const ofDays = async <T>(from: Instant, to: Instant, ask: (pk: string) => Promise<T[]>): Promise<T[]> => {
  const found: T[] = [];
  const partitions = daysOf(from, to).flatMap((day) => shards.map((shard) => factPk(day, shard)));
  for (const some of batches(partitions, SIDE_BY_SIDE)) found.push(...(await Promise.all(some.map(ask))).flat());
  return found;
};

const daysOf = (from: Instant, to: Instant): string[] => {
  const days: string[] = [];
  for (let at = Math.floor(millis(from) / DAY) * DAY; at < millis(to); at += DAY) days.push(instant(at).slice(0, 10));
  return days;
};
