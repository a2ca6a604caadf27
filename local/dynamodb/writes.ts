import { isObject, type JsonObject, listAt, objectAt, textAt } from '../template/values.ts';
import type { Item } from './contract.ts';
import { keyOf, type TableFacts, type Tables, tableName } from './tables.ts';

/** What one operation does to one item, as far as its input tells. */
export interface Write {
  table: string;
  kind: 'put' | 'update' | 'delete';
  key: Item;
  /** The whole item of a put. */
  item?: JsonObject;
  /** Of an update: whether its expression names the table's expiry attribute. */
  touchesExpiry: boolean;
}

const namesExpiry = (facts: TableFacts, update: JsonObject): boolean => {
  if (facts.expiry === undefined) return false;
  if (facts.expiry in objectAt(update, 'AttributeUpdates')) return true;
  const names = objectAt(update, 'ExpressionAttributeNames');
  const spelled = [facts.expiry, ...Object.keys(names).filter((alias) => names[alias] === facts.expiry)];
  const expression = textAt(update, 'UpdateExpression') ?? '';
  return spelled.some((name) => expression.includes(name));
};

const one = (tables: Tables, kind: Write['kind'], request: JsonObject, table = request.TableName): Write[] => {
  const facts = tables.get(tableName(table));
  if (!facts) return [];
  const item = kind === 'put' ? objectAt(request, 'Item') : undefined;
  return [
    {
      table: facts.name,
      kind,
      key: keyOf(facts, item ?? objectAt(request, 'Key')),
      ...(item ? { item } : {}),
      touchesExpiry: kind === 'update' && namesExpiry(facts, request),
    },
  ];
};

/** The single writes that an operation carries out; none for an operation that reads. */
export const writesOf = (tables: Tables, operation: string, input: JsonObject): Write[] => {
  switch (operation) {
    case 'PutItem':
      return one(tables, 'put', input);
    case 'UpdateItem':
      return one(tables, 'update', input);
    case 'DeleteItem':
      return one(tables, 'delete', input);
    case 'BatchWriteItem':
      return Object.entries(objectAt(input, 'RequestItems')).flatMap(([table, requests]) =>
        (Array.isArray(requests) ? requests : []).flatMap((request: unknown) =>
          isObject(request) && isObject(request.PutRequest)
            ? one(tables, 'put', request.PutRequest, table)
            : one(tables, 'delete', objectAt(request, 'DeleteRequest'), table),
        ),
      );
    case 'TransactWriteItems':
      return listAt(input, 'TransactItems').flatMap((item) => [
        ...(isObject(item) && isObject(item.Put) ? one(tables, 'put', item.Put) : []),
        ...(isObject(item) && isObject(item.Update) ? one(tables, 'update', item.Update) : []),
        ...(isObject(item) && isObject(item.Delete) ? one(tables, 'delete', item.Delete) : []),
      ]);
    default:
      return [];
  }
};
