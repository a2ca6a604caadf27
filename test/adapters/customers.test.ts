import {
  DynamoDBClient,
  GetItemCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { expect, test } from 'vitest';
import { customersIn } from '../../adapters/dynamo/customers.ts';
import { customerItem, identityItem } from '../../adapters/dynamo/items/customer.ts';
import { addressKey, customerKey } from '../../adapters/dynamo/keys.ts';

const NOW = '2026-11-23T08:00:00.000Z';
const twin = { id: '01JTWIN', email: 'kim@example.com', locale: 'en', type: 'standard' };
const table = () => ({ client: new DynamoDBClient({}), name: 'Desk' });

test('a customer is made only where the address has none', async () => {
  const mock = mockClient(DynamoDBClient);
  mock.on(GetItemCommand).resolves({});
  mock.on(TransactWriteItemsCommand).resolves({});

  await customersIn(table()).byAddress('kim@example.com', {}, NOW, '01JKIM');

  const items = mock.commandCalls(TransactWriteItemsCommand)[0]?.args[0].input.TransactItems ?? [];
  expect(items.map(({ Put }) => [Put?.Item?.PK?.S, Put?.ConditionExpression])).toEqual([
    [addressKey('kim@example.com').PK, 'attribute_not_exists(PK)'],
    [customerKey('01JKIM').PK, undefined],
  ]);
});

test('whoever comes second at the same moment takes the customer that was made', async () => {
  const mock = mockClient(DynamoDBClient);
  mock
    .on(GetItemCommand)
    // Nobody has the address, and nobody who had it was erased.
    .resolvesOnce({})
    .resolvesOnce({})
    .resolvesOnce({ Item: identityItem(twin) })
    .resolves({ Item: customerItem(twin) });
  const taken = { Code: 'ConditionalCheckFailed' };
  mock
    .on(TransactWriteItemsCommand)
    .rejects(new TransactionCanceledException({ message: '', $metadata: {}, CancellationReasons: [taken, {}] }));

  const customer = await customersIn(table()).byAddress('kim@example.com', {}, NOW, '01JKIM');

  expect(customer).toEqual(twin);
});
