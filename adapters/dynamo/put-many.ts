import { BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import { gathered, type Refusals } from '../gather.ts';
import { jitteredPause } from '../pause.ts';
import type { Item } from './item.ts';
import type { Table } from './table.ts';

/** Items of one request (API reference, BatchWriteItem). */
const MOST_ITEMS = 25;
const ATTEMPTS = 6;

/**
 * Puts items without a condition, those of the same moment in one request. Of two with one key, which the request may not
 * hold, the later counts. What the table leaves unprocessed is sent again after a jittered pause.
 */
export const putsInto = ({ client, name }: Table): ((item: Item) => Promise<void>) =>
  gathered<Item>(MOST_ITEMS, async (items): Promise<Refusals> => {
    let left = new Map(items.map((item) => [keyTextOf(item), item]));
    for (let attempt = 1; left.size > 0; attempt += 1) {
      const { UnprocessedItems } = await client.send(
        new BatchWriteItemCommand({
          RequestItems: { [name]: [...left.values()].map((Item) => ({ PutRequest: { Item } })) },
        }),
      );
      const unprocessed = UnprocessedItems?.[name] ?? [];
      left = new Map(
        unprocessed.flatMap(({ PutRequest }) =>
          PutRequest?.Item ? [[keyTextOf(PutRequest.Item), PutRequest.Item]] : [],
        ),
      );
      if (attempt === ATTEMPTS) break;
      if (left.size > 0) await jitteredPause(attempt);
    }
    return items.map((item) =>
      left.has(keyTextOf(item)) ? new Error('The table did not take an item, however often it was asked.') : undefined,
    );
  });

const keyTextOf = ({ PK, SK }: Item): string => JSON.stringify([PK, SK]);
