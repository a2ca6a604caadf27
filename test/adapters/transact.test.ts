import { DynamoDBClient, TransactionCanceledException, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { ticketsIn } from '../../adapters/dynamo/tickets.ts';
import { transact } from '../../adapters/dynamo/transact.ts';
import { aMail, aRequest, changing, opening, placed, triaging } from '../contract/changes.ts';
import { mockClient } from '../support/mock-client.ts';

const cancelled = (...codes: string[]) =>
  new TransactionCanceledException({
    message: 'cancelled',
    $metadata: {},
    CancellationReasons: codes.map((Code) => ({ Code })),
  });

const table = () => {
  const mock = mockClient(DynamoDBClient);
  return { mock, table: { client: new DynamoDBClient({}), name: 'Desk' } };
};

const write = { write: { Put: { TableName: 'Desk', Item: {} } } };

test('a transaction that met another one is tried again', async () => {
  const { mock, table: desk } = table();
  mock.on(TransactWriteItemsCommand).rejectsOnce(cancelled('None', 'TransactionConflict')).resolves({});

  await transact(desk, [write, write]);

  expect(mock.commandCalls(TransactWriteItemsCommand)).toHaveLength(2);
});

test('a throttled transaction is tried again', async () => {
  const { mock, table: desk } = table();
  mock.on(TransactWriteItemsCommand).rejectsOnce(cancelled('ThrottlingError')).resolves({});

  await transact(desk, [write]);

  expect(mock.commandCalls(TransactWriteItemsCommand)).toHaveLength(2);
});

test('a condition that does not hold is final, and is the refusal of its write', async () => {
  const { mock, table: desk } = table();
  mock.on(TransactWriteItemsCommand).rejects(cancelled('TransactionConflict', 'ConditionalCheckFailed'));
  const refusal = new Error('taken');

  await expect(transact(desk, [write, { ...write, refusal: () => refusal }])).rejects.toBe(refusal);

  expect(mock.commandCalls(TransactWriteItemsCommand)).toHaveLength(1);
});

test('a change that keeps meeting others ends as ConcurrentChange, so that it is decided again', async () => {
  const { mock, table: desk } = table();
  mock.on(TransactWriteItemsCommand).rejects(cancelled('TransactionConflict'));

  await expect(ticketsIn(desk).record(opening())).rejects.toMatchObject({ name: 'ConcurrentChange' });

  expect(mock.commandCalls(TransactWriteItemsCommand).length).toBeGreaterThan(2);
});

test('an outage is thrown as it came, never as a lost race', async () => {
  const { mock, table: desk } = table();
  mock.on(TransactWriteItemsCommand).rejects(Object.assign(new Error('down'), { name: 'InternalServerError' }));

  await expect(ticketsIn(desk).record(opening())).rejects.toMatchObject({ name: 'InternalServerError' });
});

test('a reply is stored only on the version it was decided on, in a status that may be replied to', async () => {
  const { mock, table: desk } = table();
  mock.on(TransactWriteItemsCommand).resolves({});
  const before = placed(opening().after);
  const reply = changing(before, { ...before, version: 3 }, { type: 'replied', agent: 'ada', message: 'm' });

  await ticketsIn(desk).record(reply);

  const items = mock.commandCalls(TransactWriteItemsCommand)[0]?.args[0].input.TransactItems;
  expect(items?.[0]?.Put).toMatchObject({
    ConditionExpression: 'version = :version AND #status IN (:status0, :status1, :status2)',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: {
      ':version': { N: '2' },
      ':status0': { S: 'open' },
      ':status1': { S: 'pending' },
      ':status2': { S: 'on-hold' },
    },
  });
});

test('a new ticket, its mail and its request are stored only where nothing is', async () => {
  const { mock, table: desk } = table();
  mock.on(TransactWriteItemsCommand).resolves({});
  const change = opening({}, aRequest());

  await ticketsIn(desk).record({ ...change, mails: [aMail(change.after)] });

  const items = mock.commandCalls(TransactWriteItemsCommand)[0]?.args[0].input.TransactItems ?? [];
  const conditions = items.map(({ Put }) => [Put?.Item?.SK?.S?.split('#')[0], Put?.ConditionExpression]);
  expect(conditions).toEqual([
    ['TICKET', 'attribute_not_exists(PK)'],
    ['REQUEST', 'attribute_not_exists(PK) OR expiresAt < :now'],
    ['EVENT', undefined],
    ['MESSAGE', undefined],
    ['MAIL', 'attribute_not_exists(PK)'],
  ]);
});

test('only a live ticket stands in a queue, in the line of its group while it has no owner, and a triaged event in its category', async () => {
  const { mock, table: desk } = table();
  mock.on(TransactWriteItemsCommand).resolves({});
  const opened = opening({ id: 'T-7K2M9Q' });
  const triaged = triaging(opened.after);
  const resolved = changing(
    triaged.after,
    { ...triaged.after, status: 'resolved' as const, resolvedAt: triaged.after.updatedAt, version: 3 },
    { type: 'resolved' },
  );

  for (const change of [opened, triaged, resolved]) await ticketsIn(desk).record(change);

  const places = mock
    .commandCalls(TransactWriteItemsCommand)
    .flatMap(({ args }) =>
      (args[0].input.TransactItems ?? []).flatMap(({ Put, Delete }) =>
        Put
          ? [
              [
                Put.Item?.SK?.S?.split('#')[0],
                Put.Item?.queuePk?.S?.replace(/\d$/, 'n'),
                Put.Item?.queueSk?.S,
                Put.Item?.lookupPk?.S,
              ],
            ]
          : [['deleted', Delete?.Key?.PK?.S, Delete?.Key?.SK?.S]],
      ),
    );
  const inLine = '2#2026-11-23T09:30:00.000Z#T-7K2M9Q';
  expect(places).toEqual([
    ['TICKET', 'QUEUE#untriaged#n', inLine, 'CUSTOMER#01JCUSTOMER'],
    ['EVENT', undefined, undefined, undefined],
    ['MESSAGE', undefined, undefined, undefined],
    ['TICKET', 'QUEUE#frontline#n', inLine, 'CUSTOMER#01JCUSTOMER'],
    ['EVENT', undefined, undefined, 'CATEGORY#printing#2026-11'],
    ['WAITING', undefined, undefined, undefined],
    ['TICKET', undefined, undefined, 'CUSTOMER#01JCUSTOMER'],
    ['EVENT', undefined, undefined, undefined],
    ['deleted', 'WAITING#frontline', `WAITING#${inLine}`],
  ]);
});
