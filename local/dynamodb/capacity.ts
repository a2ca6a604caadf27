import { isObject, type JsonObject, listAt } from '../template/values.ts';

/** Operations that consume capacity and tell it. */
const READS = new Set(['GetItem', 'Query', 'Scan', 'BatchGetItem', 'TransactGetItems']);
const WRITES = new Set(['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem', 'TransactWriteItems']);

export const consumesCapacity = (operation: string): boolean => READS.has(operation) || WRITES.has(operation);

/** Request units of an answered call, from its ConsumedCapacity. */
export const capacityOf = (operation: string, output: JsonObject): { rru: number; wru: number } => {
  const units = listAt(output, 'ConsumedCapacity').reduce<number>(
    (sum, entry) => sum + (isObject(entry) ? Number(entry.CapacityUnits ?? 0) : 0),
    0,
  );
  return READS.has(operation) ? { rru: units, wru: 0 } : { rru: 0, wru: units };
};

/** A refused write is paid for as well: one unit, in a transaction two for each item (DynamoDB guide, "Write requests"). */
export const capacityOfRefusal = (operation: string, code: string, input: JsonObject): { rru: number; wru: number } => {
  if (code === 'TransactionCanceledException') return { rru: 0, wru: 2 * listAt(input, 'TransactItems').length };
  if (code === 'ConditionalCheckFailedException' && WRITES.has(operation)) return { rru: 0, wru: 1 };
  return { rru: 0, wru: 0 };
};
