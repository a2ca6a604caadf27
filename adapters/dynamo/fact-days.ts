import { batches } from '../../domain/support/batches.ts';
import type { Instant } from '../../domain/support/time.ts';
import { factPk, shards } from './keys.ts';
import { daysOf } from './partitions.ts';

/** Partitions queried at the same time. */
const SIDE_BY_SIDE = 32;

/** What lies in the partitions of the days from `from` up to, but not including, `to`, each partition asked once. */
export const ofDays = async <T>(from: Instant, to: Instant, ask: (pk: string) => Promise<T[]>): Promise<T[]> => {
  const found: T[] = [];
  const partitions = daysOf(from, to).flatMap((day) => shards.map((shard) => factPk(day, shard)));
  for (const some of batches(partitions, SIDE_BY_SIDE)) found.push(...(await Promise.all(some.map(ask))).flat());
  return found;
};
