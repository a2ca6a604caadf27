import { DynamoDBClient, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { mailItem } from '../../adapters/dynamo/items/mail.ts';
import { outboxIn } from '../../adapters/dynamo/outbox.ts';
import { aMail, aTicket } from '../contract/changes.ts';
import { mockClient } from '../support/mock-client.ts';

const table = () => ({ client: new DynamoDBClient({}), name: 'Desk' });
const mail = aMail(aTicket({ id: 'T-7K2M9Q' }), { message: '01JM' });
const sent = { status: 'sent' as const, messageId: 'ses-1', at: '2026-11-23T09:00:00.000Z' };

test('a mail is claimed only while it is owed, or when its claim has died', async () => {
  const mock = mockClient(DynamoDBClient);
  mock.on(UpdateItemCommand).resolves({});

  await outboxIn(table()).claim(mail, '2026-11-23T09:00:00.000Z', '2026-11-23T08:50:00.000Z');

  expect(mock.commandCalls(UpdateItemCommand)[0]?.args[0].input).toMatchObject({
    ConditionExpression: '#status = :owed OR (#status = :sending AND claimedAt < :dead)',
    ExpressionAttributeValues: { ':dead': { S: '2026-11-23T08:50:00.000Z' } },
  });
});

test('a message is marked before its mail, so that a crash in between is made good', async () => {
  const mock = mockClient(DynamoDBClient);
  mock.on(GetItemCommand).resolves({ Item: mailItem({ ...mail, status: 'sending' }) });
  mock.on(UpdateItemCommand).resolves({});

  await outboxIn(table()).settle(mail.key, sent);

  const marked = mock.commandCalls(UpdateItemCommand).map(({ args }) => args[0].input.Key?.SK?.S);
  expect(marked).toEqual(['MESSAGE#01JM', 'MAIL']);
});

test('a mail that is settled costs no further write', async () => {
  const mock = mockClient(DynamoDBClient);
  mock.on(GetItemCommand).resolves({ Item: mailItem({ ...mail, status: 'sent' }) });

  await outboxIn(table()).settle(mail.key, sent);

  expect(mock.commandCalls(UpdateItemCommand)).toEqual([]);
});

test('an outage while claiming is thrown, never taken for a lost claim', async () => {
  const mock = mockClient(DynamoDBClient);
  mock.on(UpdateItemCommand).rejects(new Error('down'));

  await expect(outboxIn(table()).claim(mail, sent.at, sent.at)).rejects.toThrow('down');
});
