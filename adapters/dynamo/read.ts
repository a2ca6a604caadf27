import { BatchGetItemCommand, GetItemCommand, paginateQuery, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { batches } from '../../domain/support/batches.ts';
import { jitteredPause } from '../pause.ts';
import { type Item, keyOf } from './item.ts';
import type { Key } from './keys.ts';
import type { Table } from './table.ts';

/** Bytes of the longest partition and sort key of DynamoDB, which refuses to look for longer ones. */
const LONGEST = { PK: 2048, SK: 1024 } as const;

const mayExist = ({ PK, SK }: Key): boolean =>
  Buffer.byteLength(PK) <= LONGEST.PK && Buffer.byteLength(SK) <= LONGEST.SK;

/** One item as it is now. `undefined` means absent, as whatever is asked for by words too long for a key; an outage is thrown. */
export const getItem = async ({ client, name }: Table, key: Key): Promise<Item | undefined> => {
  if (!mayExist(key)) return undefined;
  const { Item } = await client.send(new GetItemCommand({ TableName: name, Key: keyOf(key), ConsistentRead: true }));
  return Item;
};

const UNPROCESSED_ROUNDS = 8;

/** The items of many keys as they are now, in no order; absent ones are left out. Unprocessed keys are asked for again. */
export const getItems = async ({ client, name }: Table, wanted: readonly Key[]): Promise<Item[]> => {
  const found: Item[] = [];
  for (const batch of batches(wanted, 100)) {
    let keys = batch.map(keyOf);
    for (let round = 0; keys.length > 0; round += 1) {
      if (round === UNPROCESSED_ROUNDS) throw new Error(`${keys.length} items stayed unread in ${round} rounds.`);
      if (round > 0) await jitteredPause(round);
      const answer = await client.send(
        new BatchGetItemCommand({ RequestItems: { [name]: { Keys: keys, ConsistentRead: true } } }),
      );
      found.push(...(answer.Responses?.[name] ?? []));
      keys = answer.UnprocessedKeys?.[name]?.Keys ?? [];
    }
  }
  return found;
};

/** Every item of a query, page by page: stop reading and no further page is asked for. */
export async function* queryItems(
  { client, name }: Table,
  query: Omit<QueryCommandInput, 'TableName'>,
): AsyncGenerator<Item> {
  for await (const { Items } of paginateQuery({ client }, { TableName: name, ...query })) yield* Items ?? [];
}

/** Every item of a query, read. */
export const allOf = <T>(items: AsyncIterable<Item>, read: (item: Item) => T): Promise<T[]> =>
  firstOf(items, Number.POSITIVE_INFINITY, read);

/** The first `limit` items of a query, read. */
export const firstOf = async <T>(items: AsyncIterable<Item>, limit: number, read: (item: Item) => T): Promise<T[]> => {
  const found: T[] = [];
  for await (const item of items) {
    found.push(read(item));
    if (found.length === limit) break;
  }
  return found;
};
