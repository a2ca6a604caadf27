import { UpdateItemCommand, type UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Cap, Caps } from '../../domain/ports.ts';
import { conditionHeld } from './condition.ts';
import { keyOf } from './item.ts';
import { capKey } from './keys.ts';
import type { Table } from './table.ts';
import { timeToLive } from './time-to-live.ts';

type Counting = Pick<UpdateItemCommandInput, 'UpdateExpression' | 'ConditionExpression' | 'ExpressionAttributeValues'>;

export const capsIn = (table: Table): Caps => {
  const counts = ({ cause, who, window }: Cap, counting: Counting): Promise<boolean> => {
    const Key = keyOf(capKey(cause, who, window));
    return conditionHeld(table.client.send(new UpdateItemCommand({ TableName: table.name, Key, ...counting })));
  };
  return {
    // What was caused is kept as a set of ids, so that a delivery that comes again is not counted again.
    within: (cap, id) =>
      counts(cap, {
        UpdateExpression: 'SET v = :v, expiresAt = :ends ADD ids :id',
        ConditionExpression: 'attribute_not_exists(ids) OR contains(ids, :one) OR size(ids) < :most',
        ExpressionAttributeValues: marshall({
          ':v': 1,
          ':ends': timeToLive(cap.endsAt),
          ':id': new Set([id]),
          ':one': id,
          ':most': cap.most,
        }),
      }),
    take: (cap) =>
      counts(cap, {
        UpdateExpression: 'SET v = :v, expiresAt = :ends ADD taken :one',
        ConditionExpression: 'attribute_not_exists(taken) OR taken < :most',
        ExpressionAttributeValues: marshall({ ':v': 1, ':ends': timeToLive(cap.endsAt), ':one': 1, ':most': cap.most }),
      }),
  };
};
