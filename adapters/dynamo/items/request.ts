import * as z from 'zod/mini';
import type { RequestRecord } from '../../../domain/ticket/change.ts';
import { type Item, itemOf, readItem } from '../item.ts';
import { requestKey } from '../keys.ts';
import { timeToLive } from '../time-to-live.ts';
import { instant, text } from './parts.ts';

const request = z.object({ key: text, bodyHash: text, answer: z.record(text, z.unknown()), endsAt: instant });

/** `expiresAt` is what TTL goes by, in seconds; it removes late, so whoever reads compares `endsAt` with the time. */
export const requestItem = ({ expiresAt, ...rest }: RequestRecord): Item =>
  itemOf(requestKey(rest.key), { ...rest, endsAt: expiresAt, expiresAt: timeToLive(expiresAt) });

export const readRequest = (item: Item): RequestRecord => {
  const { endsAt, ...rest } = readItem(request, item);
  return { ...rest, expiresAt: endsAt };
};
