import { BatchWriteItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { putsInto } from '../../adapters/dynamo/put-many.ts';
import { mockClient } from '../support/mock-client.ts';

const item = (name: string, value = '1') => ({ PK: { S: name }, SK: { S: 'FACT' }, value: { S: value } });
const aTable = () => {
  const mock = mockClient(DynamoDBClient);
  const put = putsInto({ client: new DynamoDBClient({}), name: 'Desk' });
  const asked = () =>
    mock
      .commandCalls(BatchWriteItemCommand)
      .map(({ args }) => args[0].input.RequestItems?.Desk?.map((each) => each.PutRequest?.Item));
  return { mock, put, asked };
};

test('items of one moment go in one request', async () => {
  const { mock, put, asked } = aTable();
  mock.on(BatchWriteItemCommand).resolves({});

  await Promise.all([put(item('a')), put(item('b'))]);

  expect(asked()).toEqual([[item('a'), item('b')]]);
});

test('of two items with one key the later goes, since the request may hold one', async () => {
  const { mock, put, asked } = aTable();
  mock.on(BatchWriteItemCommand).resolves({});

  await Promise.all([put(item('a', '1')), put(item('a', '2'))]);

  expect(asked()).toEqual([[item('a', '2')]]);
});

test('what the table leaves unprocessed is sent again, alone', async () => {
  const { mock, put, asked } = aTable();
  mock
    .on(BatchWriteItemCommand)
    .resolvesOnce({ UnprocessedItems: { Desk: [{ PutRequest: { Item: item('b') } }] } })
    .resolves({});

  await Promise.all([put(item('a')), put(item('b'))]);

  expect(asked()).toEqual([[item('a'), item('b')], [item('b')]]);
});

test('an item that the table never takes fails, and the others do not', async () => {
  const { mock, put } = aTable();
  mock.on(BatchWriteItemCommand).resolves({ UnprocessedItems: { Desk: [{ PutRequest: { Item: item('b') } }] } });

  const ends = await Promise.allSettled([put(item('a')), put(item('b'))]);

  expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
});
