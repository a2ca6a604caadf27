import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import type { Outages } from '../../domain/ports.ts';
import { DAY, plus } from '../../domain/support/time.ts';
import type { OutageWatch } from '../../domain/triage/outage-watch.ts';
import { conditionHeld } from './condition.ts';
import { itemOf, readItem } from './item.ts';
import { count, instant, maybe, text } from './items/parts.ts';
import { outageKey } from './keys.ts';
import { isUnchanged } from './put.ts';
import { getItem } from './read.ts';
import type { Table } from './table.ts';
import { timeToLive } from './time-to-live.ts';

const watch = z.object({
  category: text,
  reports: z.array(z.object({ ticketId: text, at: instant })),
  outage: maybe(z.object({ id: text, since: instant, lastAt: instant, tickets: count, seenWith: text })),
  version: count,
});

/** After this long without a report nothing is worth keeping; until TTL removes the item, readers compare its times. */
const KEPT = 30 * DAY;

export const outagesIn = (table: Table): Outages => ({
  watchOn: async (category) => {
    const item = await getItem(table, outageKey(category));
    return item && readItem(watch, item);
  },
  keep: (next, before) =>
    conditionHeld(
      table.client.send(
        new PutItemCommand({
          TableName: table.name,
          Item: itemOf(outageKey(next.category), next, { expiresAt: expiryOf(next) }),
          ...isUnchanged(before),
        }),
      ),
    ),
});

const expiryOf = ({ reports }: OutageWatch): number => Math.max(...reports.map(({ at }) => timeToLive(plus(at, KEPT))));
