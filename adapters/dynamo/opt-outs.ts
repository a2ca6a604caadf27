import { DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { OptOuts } from '../../domain/ports.ts';
import type { Instant } from '../../domain/support/time.ts';
import { conditionHeld } from './condition.ts';
import { type Item, itemOf, keyOf } from './item.ts';
import { optOutKey } from './keys.ts';
import { isNew } from './put.ts';
import { getItem } from './read.ts';
import type { Table } from './table.ts';

export const optOutItem = (customerId: string, since: Instant): Item => itemOf(optOutKey(customerId), { since });

/** Kept beside the customer rather than the address: somebody who writes from two addresses says it once. */
export const optOutsIn = (table: Table): OptOuts => ({
  has: async (customerId) => (await getItem(table, optOutKey(customerId))) !== undefined,
  add: async (customerId, at) => {
    await conditionHeld(
      table.client.send(new PutItemCommand({ TableName: table.name, Item: optOutItem(customerId, at), ...isNew })),
    );
  },
  remove: async (customerId) => {
    await table.client.send(new DeleteItemCommand({ TableName: table.name, Key: keyOf(optOutKey(customerId)) }));
  },
});
