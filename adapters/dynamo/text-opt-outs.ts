import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod/mini';
import type { TextOptOuts } from '../../domain/ports.ts';
import { conditionHeld } from './condition.ts';
import { itemOf, readItem } from './item.ts';
import { instant } from './items/parts.ts';
import { textOptOutKey } from './keys.ts';
import { getItem } from './read.ts';
import type { Table } from './table.ts';

const wished = z.object({ wish: z.enum(['stop', 'start']), saidAt: instant });

/** Kept by the hash of the number: the item tells what is wished, not by whom. */
export const textOptOutsIn = (table: Table): TextOptOuts => ({
  has: async (phone) => {
    const item = await getItem(table, textOptOutKey(phone));
    return item !== undefined && readItem(wished, item).wish === 'stop';
  },
  say: async (phone, wish, saidAt) => {
    const unlessOlder = new PutItemCommand({
      TableName: table.name,
      Item: itemOf(textOptOutKey(phone), { wish, saidAt }),
      ConditionExpression: 'attribute_not_exists(PK) OR saidAt < :saidAt',
      ExpressionAttributeValues: marshall({ ':saidAt': saidAt }),
    });
    await conditionHeld(table.client.send(unlessOlder));
  },
});
