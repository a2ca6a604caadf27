import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { busNamed } from '../../adapters/events/bus.ts';
import { linkKeysFrom } from '../../adapters/secrets/link-keys.ts';
import { mailQueuesAt } from '../../adapters/sqs/mail-queues.ts';
import { mockClient } from '../support/mock-client.ts';

const URLS = { prompt: 'https://p', patient: 'https://q', text: 'https://t' };

test('mails of one moment are queued by their keys in one request for each lane', async () => {
  const mock = mockClient(SQSClient);
  mock.on(SendMessageBatchCommand).resolves({});
  const queues = mailQueuesAt(URLS, new SQSClient({}));

  await Promise.all([
    queues.put('ack#T-1', 'patient'),
    queues.put('ack#T-2', 'prompt'),
    queues.put('ack#T-3', 'patient'),
  ]);

  expect(mock.commandCalls(SendMessageBatchCommand).map(({ args }) => args[0].input)).toEqual([
    {
      QueueUrl: 'https://q',
      Entries: [
        { Id: '0', MessageBody: '{"key":"ack#T-1"}' },
        { Id: '1', MessageBody: '{"key":"ack#T-3"}' },
      ],
    },
    { QueueUrl: 'https://p', Entries: [{ Id: '0', MessageBody: '{"key":"ack#T-2"}' }] },
  ]);
});

test('of several mails only the one that the queue did not take fails', async () => {
  const mock = mockClient(SQSClient);
  mock.on(SendMessageBatchCommand).resolves({ Failed: [{ Id: '1', Code: 'Throttled', SenderFault: false }] });
  const queues = mailQueuesAt(URLS, new SQSClient({}));

  const ends = await Promise.allSettled(['a', 'b', 'c'].map((key) => queues.put(key, 'prompt')));

  expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

test('of several events only the one that the bus did not take fails, although it answered', async () => {
  const mock = mockClient(EventBridgeClient);
  mock.on(PutEventsCommand).resolves({ Entries: [{}, { ErrorCode: 'ThrottlingException' }] });
  const bus = busNamed('default', new EventBridgeClient({}));

  const ends = await Promise.allSettled([bus.publish('careline.opened', {}), bus.publish('careline.triaged', {})]);

  expect(ends).toMatchObject([
    { status: 'fulfilled' },
    { status: 'rejected', reason: { message: expect.stringContaining('careline.triaged: ThrottlingException') } },
  ]);
});

test('more events than a request may hold go in several', async () => {
  const mock = mockClient(EventBridgeClient);
  mock.on(PutEventsCommand).resolves({ Entries: [] });
  const bus = busNamed('default', new EventBridgeClient({}));

  await Promise.all(Array.from({ length: 23 }, (_, n) => bus.publish('careline.opened', { n })));

  const sizes = mock.commandCalls(PutEventsCommand).map(({ args }) => args[0].input.Entries?.length);
  expect(sizes).toEqual([10, 10, 3]);
});

test('a request that fails as a whole fails for each of its events', async () => {
  const mock = mockClient(EventBridgeClient);
  mock.on(PutEventsCommand).rejects(new Error('down'));
  const bus = busNamed('default', new EventBridgeClient({}));

  const ends = await Promise.allSettled([bus.publish('careline.opened', {}), bus.publish('careline.triaged', {})]);

  expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
});

test('a key that was taken away signs and opens nothing five minutes later, however long a function lives', async () => {
  const mock = mockClient(SecretsManagerClient);
  mock
    .on(GetSecretValueCommand)
    .resolvesOnce({ SecretString: '{"id":"k1","key":"leaked"}' })
    .resolves({ SecretString: '{"id":"k2","key":"new"}' });
  let now = 0;
  const keys = linkKeysFrom('arn', new SecretsManagerClient({}), () => now);
  const idsAt = async (minutes: number) => {
    now = minutes * 60_000;
    return (await keys()).map(({ id }) => id);
  };

  expect([await idsAt(0), await idsAt(4), await idsAt(5)]).toEqual([['k1'], ['k1'], ['k2']]);
});

test('the keys of links are read once, and a failure is not kept', async () => {
  const mock = mockClient(SecretsManagerClient);
  mock
    .on(GetSecretValueCommand)
    .rejectsOnce(new Error('down'))
    .resolves({ SecretString: '{"id":"k2","key":"new","previous":[{"id":"k1","key":"old"}]}' });
  const keys = linkKeysFrom('arn', new SecretsManagerClient({}));
  await expect(keys()).rejects.toThrow('down');

  const [first, second] = [await keys(), await keys()];

  expect(first).toEqual([
    { id: 'k2', secret: 'new' },
    { id: 'k1', secret: 'old' },
  ]);
  expect(second).toBe(first);
  expect(mock.commandCalls(GetSecretValueCommand)).toHaveLength(2);
});
