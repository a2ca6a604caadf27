import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Budgets } from '../../domain/ports.ts';
import { DAY, plus } from '../../domain/support/time.ts';
import { conditionHeld } from './condition.ts';
import { keyOf } from './item.ts';
import { contactKey } from './keys.ts';
import type { Table } from './table.ts';
import { timeToLive } from './time-to-live.ts';

/** One counter per customer, day and matter; TTL removes it when the day is over. */
export const budgetsIn = (table: Table): Budgets => ({
  take: (customerId, what, most, now) =>
    conditionHeld(
      table.client.send(
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
            ':end': timeToLive(plus(now, 2 * DAY)),
          }),
        }),
      ),
    ),
});
