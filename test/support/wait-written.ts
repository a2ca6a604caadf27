import type { Item } from '../../adapters/dynamo/item.ts';
import { onTheWire } from '../../local/stepfunctions/attribute-values.ts';
import { isObject, type Json } from '../../local/stepfunctions/json.ts';

interface Update {
  Key: Record<string, { S: string }>;
  UpdateExpression: string;
  ExpressionAttributeNames: Record<string, string>;
  ExpressionAttributeValues: Record<string, never>;
}

/** The item that an `UpdateItem` of a workflow writes, which does nothing but set attributes. */
export const attributesOf = (args: Json): Item => {
  const update = onTheWire(isObject(args) ? args : {}) as unknown as Update;
  const { Key, UpdateExpression, ExpressionAttributeNames, ExpressionAttributeValues } = update;
  const set = UpdateExpression.slice('SET '.length)
    .split(', ')
    .map((part) => part.split(' = '));
  const named = set.map(([name = '', value = '']) => [
    ExpressionAttributeNames[name],
    ExpressionAttributeValues[value],
  ]);
  return { ...Key, ...Object.fromEntries(named) };
};
