import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import type { CarriedPolicy } from '../../domain/ports.ts';
import { conditionHeld } from './condition.ts';
import { itemOf, readItem } from './item.ts';
import { count, maybe, text } from './items/parts.ts';
import { carriedKey } from './keys.ts';
import { isUnchanged } from './put.ts';
import { getItem } from './read.ts';
import type { Table } from './table.ts';

const carried = z.object({
  policy: maybe(text),
  next: maybe(z.object({ policy: text, upTo: text })),
  version: count,
});

export const carriedPolicyIn = (table: Table): CarriedPolicy => ({
  read: async () => {
    const item = await getItem(table, carriedKey);
    return item && readItem(carried, item);
  },
  note: (value, before) =>
    conditionHeld(
      table.client.send(
        new PutItemCommand({ TableName: table.name, Item: itemOf(carriedKey, value), ...isUnchanged(before) }),
      ),
    ),
});
