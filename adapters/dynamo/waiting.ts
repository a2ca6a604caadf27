import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Waiting } from '../../domain/ports.ts';
import { conditionHeld } from './condition.ts';
import { keyOf } from './item.ts';
import { readWaiting } from './items/waiting.ts';
import { WAITINGS, waitingKey } from './keys.ts';
import { firstOf, queryItems } from './read.ts';
import type { Table } from './table.ts';

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
    return firstOf(items, limit, readWaiting);
  };
  return {
    inGroup,
    anybody: async (groups) => {
      for (const group of groups) if ((await inGroup(group, 1)).length > 0) return true;
      return false;
    },
    forget: async (group, { place, version }) => {
      const ifStillThere = new DeleteItemCommand({
        TableName: table.name,
        Key: keyOf(waitingKey(group, place)),
        ConditionExpression: 'version = :version',
        ExpressionAttributeValues: marshall({ ':version': version }),
      });
      await conditionHeld(table.client.send(ifStillThere));
    },
  };
};
