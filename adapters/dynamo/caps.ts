import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Caps } from '../../domain/ports.ts';
import { millis } from '../../domain/support/time.ts';
import { keyOf } from './item.ts';
import { capKey } from './keys.ts';
import type { Table } from './table.ts';

/** What was caused is kept as a set of ids, so that a delivery that comes again is not counted again. */
export const capsIn = (table: Table): Caps => ({
  within: async ({ cause, who, window, most, endsAt }, id) => {
    try {
      await table.client.send(
        new UpdateItemCommand({
          TableName: table.name,
          Key: keyOf(capKey(cause, who, window)),
          UpdateExpression: 'SET v = :v, expiresAt = :ends ADD ids :id',
          ConditionExpression: 'attribute_not_exists(ids) OR contains(ids, :one) OR size(ids) < :most',
          ExpressionAttributeValues: marshall({
            ':v': 1,
            ':ends': Math.ceil(millis(endsAt) / 1000),
            ':id': new Set([id]),
            ':one': id,
            ':most': most,
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
