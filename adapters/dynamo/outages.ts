import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import type { Outages } from '../../domain/ports.ts';
import { DAY, millis, SECOND } from '../../domain/support/time.ts';
import type { OutageWatch } from '../../domain/triage/outage-watch.ts';
import { itemOf, readItem } from './item.ts';
import { count, instant, maybe, text } from './items/parts.ts';
import { outageKey } from './keys.ts';
import { isUnchanged } from './put.ts';
import { getItem } from './read.ts';
import type { Table } from './table.ts';

const watch = z.object({
  category: text,
  reports: z.array(z.object({ ticketId: text, at: instant })),
  outage: maybe(z.object({ id: text, since: instant, lastAt: instant, tickets: count, seenWith: text })),
  version: count,
});

/** A category that was quiet for so long has nothing worth keeping; until TTL takes it away, times are compared. */
const KEPT = 30 * DAY;

export const outagesIn = (table: Table): Outages => ({
  watchOn: async (category) => {
    const item = await getItem(table, outageKey(category));
    return item && readItem(watch, item);
  },
  keep: async (next, before) => {
    try {
      await table.client.send(
        new PutItemCommand({
          TableName: table.name,
          Item: itemOf(outageKey(next.category), next, { expiresAt: expiryOf(next) }),
          ...isUnchanged(before),
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return false;
      throw error;
    }
  },
});

const expiryOf = ({ reports }: OutageWatch): number => {
  const newest = Math.max(...reports.map(({ at }) => millis(at)));
  return Math.floor((newest + KEPT) / SECOND);
};
