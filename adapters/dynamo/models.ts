import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod/mini';
import type { Models } from '../../domain/ports.ts';
import { DAY, plus } from '../../domain/support/time.ts';
import { itemOf, readItem } from './item.ts';
import { count, instant, text } from './items/parts.ts';
import { MODELS, modelKey } from './keys.ts';
import { firstOf, queryItems } from './read.ts';
import type { Table } from './table.ts';
import { timeToLive } from './time-to-live.ts';

const model = z.object({
  version: instant,
  examples: count,
  perCategory: z.record(text, count),
  heldOut: z.object({ asked: count, answered: count, right: count }),
  counts: text,
});

/** A model this old was trained on a desk that has changed since: TTL removes it. */
const KEPT = 90 * DAY;

export const modelsIn = (table: Table): Models => ({
  newest: async () => {
    const items = queryItems(table, {
      Limit: 1,
      ScanIndexForward: false,
      KeyConditionExpression: 'PK = :pk AND begins_with(SK, :models)',
      ExpressionAttributeValues: marshall({ ':pk': modelKey('').PK, ':models': MODELS }),
    });
    const [newest] = await firstOf(items, 1, (item) => readItem(model, item));
    return newest;
  },
  keep: async (value) => {
    const expiresAt = timeToLive(plus(value.version, KEPT));
    await table.client.send(
      new PutItemCommand({ TableName: table.name, Item: itemOf(modelKey(value.version), value, { expiresAt }) }),
    );
  },
});
