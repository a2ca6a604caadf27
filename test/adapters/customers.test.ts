import {
  DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { customersIn } from '../../adapters/dynamo/customers.ts';
import { customerItem, identityItem } from '../../adapters/dynamo/items/customer.ts';
import { addressKey, customerKey } from '../../adapters/dynamo/keys.ts';
import { mockClient } from '../support/mock-client.ts';

const NOW = '2026-11-23T08:00:00.000Z';
const twin = { id: '01JTWIN', email: 'kim@example.com', locale: 'en', type: 'standard' };
const table = () => ({ client: new DynamoDBClient({}), name: 'Desk' });

test('a customer is made only where the address has none', async () => {
  const mock = mockClient(DynamoDBClient);
  mock.on(QueryCommand).resolves({ Items: [] });
  mock.on(TransactWriteItemsCommand).resolves({});

  await customersIn(table()).byAddress('kim@example.com', {}, NOW, '01JKIM');

  const items = mock.commandCalls(TransactWriteItemsCommand)[0]?.args[0].input.TransactItems ?? [];
  expect(items.map(({ Put }) => [Put?.Item?.PK?.S, Put?.ConditionExpression])).toEqual([
    [addressKey('kim@example.com').PK, 'attribute_not_exists(PK)'],
    [customerKey('01JKIM').PK, undefined],
  ]);
  // Whether they are known, and whether they were erased, is asked at once.
  expect(mock.calls()).toHaveLength(2);
});

test('whoever comes second at the same moment takes the customer that was made', async () => {
  const mock = mockClient(DynamoDBClient);
  // Nobody has the address, and nobody who had it was erased.
  mock.on(QueryCommand).resolves({ Items: [] });
  mock
    .on(GetItemCommand)
    .resolvesOnce({ Item: identityItem(twin) })
    .resolves({ Item: customerItem(twin) });
  const taken = { Code: 'ConditionalCheckFailed' };
  mock
    .on(TransactWriteItemsCommand)
    .rejects(new TransactionCanceledException({ message: '', $metadata: {}, CancellationReasons: [taken, {}] }));

  const customer = await customersIn(table()).byAddress('kim@example.com', {}, NOW, '01JKIM');

  expect(customer).toEqual(twin);
});
