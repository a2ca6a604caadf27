import { ACCOUNT, AwsError, type Permission, REGION } from '../aws/contract.ts';
import { isObject, isText, type JsonObject, listAt, objectAt, textAt } from '../template/values.ts';
import { type Tables, tableName } from './tables.ts';

const tableArn = (name: unknown): string => `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/${tableName(name)}`;

/** The text of a key value for `dynamodb:LeadingKeys`. */
const scalar = (value: unknown): string[] => (isObject(value) ? Object.values(value).map(String) : []);

const onItem = (
  tables: Tables,
  action: string,
  request: JsonObject,
  table: unknown = request.TableName,
): Permission => {
  const hash = tables.get(tableName(table))?.keys[0] ?? '';
  const keys = scalar((isObject(request.Item) ? request.Item : objectAt(request, 'Key'))[hash]);
  return { action, resource: tableArn(table), context: { 'dynamodb:LeadingKeys': keys } };
};

/** The partition key value that a query asks for, out of `#pk = :pk`. */
const queriedKey = (hash: string, query: JsonObject): string[] => {
  const names = objectAt(query, 'ExpressionAttributeNames');
  const values = objectAt(query, 'ExpressionAttributeValues');
  const equalities = (textAt(query, 'KeyConditionExpression') ?? '').matchAll(/([#\w.-]+)\s*=\s*(:\w+)/g);
  return Array.from(equalities).flatMap(([, name = '', value = '']) =>
    (names[name] ?? name) === hash ? scalar(values[value]) : [],
  );
};

const onRead = (tables: Tables, operation: string, input: JsonObject): Permission => {
  const facts = tables.get(tableName(input.TableName));
  const index = input.IndexName;
  const hash = isText(index) ? facts?.indexes.get(index) : facts?.keys[0];
  const resource = tableArn(input.TableName) + (isText(index) ? `/index/${index}` : '');
  const keys = operation === 'Query' ? queriedKey(hash ?? '', input) : [];
  return { action: `dynamodb:${operation}`, resource, context: { 'dynamodb:LeadingKeys': keys } };
};

/** Within a transaction IAM asks for the action of each item (DynamoDB guide, "IAM for transactions"). */
const TRANSACTED: Record<string, string> = {
  Put: 'dynamodb:PutItem',
  Update: 'dynamodb:UpdateItem',
  Delete: 'dynamodb:DeleteItem',
  ConditionCheck: 'dynamodb:ConditionCheckItem',
  Get: 'dynamodb:GetItem',
};

const onTransaction = (tables: Tables, input: JsonObject): Permission[] =>
  listAt(input, 'TransactItems').flatMap((item) =>
    Object.entries(isObject(item) ? item : {}).flatMap(([kind, request]) => {
      const action = TRANSACTED[kind];
      return action !== undefined && isObject(request) ? [onItem(tables, action, request)] : [];
    }),
  );

const onBatch = (tables: Tables, operation: string, input: JsonObject): Permission[] =>
  Object.entries(objectAt(input, 'RequestItems')).map(([table, requests]) => {
    const hash = tables.get(tableName(table))?.keys[0] ?? '';
    const entries = Array.isArray(requests)
      ? requests.flatMap((request: unknown) => [
          objectAt(objectAt(request, 'PutRequest'), 'Item'),
          objectAt(objectAt(request, 'DeleteRequest'), 'Key'),
        ])
      : listAt(requests, 'Keys');
    const keys = entries.flatMap((entry) => (isObject(entry) ? scalar(entry[hash]) : []));
    return { action: `dynamodb:${operation}`, resource: tableArn(table), context: { 'dynamodb:LeadingKeys': keys } };
  });

const WITHOUT_TABLE = new Set(['ListTables', 'DescribeLimits', 'DescribeEndpoints']);

/** What a role must be allowed for an operation of DynamoDB. */
export const dynamodbPermissions = (tables: Tables, operation: string, input: JsonObject): Permission[] => {
  if (WITHOUT_TABLE.has(operation)) return [{ action: `dynamodb:${operation}`, resource: '*' }];
  switch (operation) {
    case 'Query':
    case 'Scan':
      return [onRead(tables, operation, input)];
    case 'TransactWriteItems':
    case 'TransactGetItems':
      return onTransaction(tables, input);
    case 'BatchGetItem':
    case 'BatchWriteItem':
      return onBatch(tables, operation, input);
    case 'ExecuteStatement':
    case 'BatchExecuteStatement':
    case 'ExecuteTransaction':
      throw new AwsError(
        'NotSupportedByLocalRuntime',
        `The local runtime cannot check a role's permission for PartiQL (${operation}): use the item operations`,
        501,
      );
    default:
      return [onItem(tables, `dynamodb:${operation}`, input, input.TableName ?? input.ResourceArn)];
  }
};
