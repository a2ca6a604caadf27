import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Budgets } from '../../domain/ports.ts';
import { DAY, millis, plus } from '../../domain/support/time.ts';
import { keyOf } from './item.ts';
import { contactKey } from './keys.ts';
import type { Table } from './table.ts';

/** One counter per customer, day and matter; TTL removes it when the day is over. */
export const budgetsIn = (table: Table): Budgets => ({
  take: async (customerId, what, most, now) => {
    try {
      await table.client.send(
        new UpdateItemCommand({
          TableName: table.name,
          Key: keyOf(contactKey(customerId, now.slice(0, 10))),
          UpdateExpression: 'SET v = :v, expiresAt = :end ADD #what :one',
          ConditionExpression: 'attribute_not_exists(#what) OR #what < :most',
          ExpressionAttributeNames: { '#what': what },
          ExpressionAttributeValues: marshall({
            ':v': 1,
            ':one': 1,
            ':most': most,
            ':end': Math.ceil(millis(plus(now, 2 * DAY)) / 1000),
          }),
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return false;
      throw error;
    }
  },
});
