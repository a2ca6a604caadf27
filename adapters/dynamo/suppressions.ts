import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Suppressions } from '../../domain/ports.ts';
import { itemOf } from './item.ts';
import { suppressionKey } from './keys.ts';
import { getItem } from './read.ts';
import type { Table } from './table.ts';

/** Kept by the hash of the address: the item tells that it must not be written to, not whose it is. */
export const suppressionsIn = (table: Table): Suppressions => ({
  has: async (email) => (await getItem(table, suppressionKey(email))) !== undefined,
  add: async (email, why, at) => {
    await table.client.send(
      new PutItemCommand({ TableName: table.name, Item: itemOf(suppressionKey(email), { why, since: at }) }),
    );
  },
});
