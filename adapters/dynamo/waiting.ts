import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod/mini';
import type { Waiting } from '../../domain/ports.ts';
import { type Item, itemOf, keyOf, readItem } from './item.ts';
import { count, text } from './items/parts.ts';
import { type Key, WAITINGS, waitingKey } from './keys.ts';
import { firstOf, queryItems } from './read.ts';
import type { Table } from './table.ts';

const waiting = z.object({ SK: text, ticketId: text, version: count });

/** A place in the list of a group; the version is that of the ticket which took it. */
export const waitingItem = (key: Key, ticketId: string, version: number): Item => itemOf(key, { ticketId, version });

export const waitingIn = (table: Table): Waiting => {
  const inGroup: Waiting['inGroup'] = async (group, limit, after) => {
    const items = queryItems(table, {
      ConsistentRead: true,
      Limit: limit,
      KeyConditionExpression: 'PK = :pk AND SK > :after',
      ExpressionAttributeValues: marshall({
        ':pk': waitingKey(group, '').PK,
        ':after': after === undefined ? WAITINGS : waitingKey(group, after).SK,
      }),
    });
    return firstOf(items, limit, (item) => {
      const { SK, ticketId, version } = readItem(waiting, item);
      return { place: SK.slice(WAITINGS.length), ticketId, version };
    });
  };
  return {
    inGroup,
    anybody: async (groups) => {
      for (const group of groups) if ((await inGroup(group, 1)).length > 0) return true;
      return false;
    },
    forget: async (group, { place, version }) => {
      try {
        await table.client.send(
          new DeleteItemCommand({
            TableName: table.name,
            Key: keyOf(waitingKey(group, place)),
            ConditionExpression: 'version = :version',
            ExpressionAttributeValues: marshall({ ':version': version }),
          }),
        );
      } catch (error) {
        if (!(error instanceof Error) || error.name !== 'ConditionalCheckFailedException') throw error;
      }
    },
  };
};
