import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { expect, test } from 'vitest';
import { busNamed } from '../../adapters/events/bus.ts';
import { linkKeysFrom } from '../../adapters/secrets/link-keys.ts';
import { mailQueuesAt } from '../../adapters/sqs/mail-queues.ts';

test('a mail is queued by its key, in its lane', async () => {
  const mock = mockClient(SQSClient);
  mock.on(SendMessageCommand).resolves({});

  await mailQueuesAt({ prompt: 'https://p', patient: 'https://q', text: 'https://t' }, new SQSClient({})).put('ack#T-1', 'patient');

  expect(mock.commandCalls(SendMessageCommand)[0]?.args[0].input).toEqual({
    QueueUrl: 'https://q',
    MessageBody: '{"key":"ack#T-1"}',
  });
});

test('an event that the bus did not take is an error, although it answered', async () => {
  const mock = mockClient(EventBridgeClient);
  mock.on(PutEventsCommand).resolves({ Entries: [{ ErrorCode: 'ThrottlingException' }] });
  const bus = busNamed('default', new EventBridgeClient({}));

  await expect(bus.publish('careline.opened', {})).rejects.toThrow('ThrottlingException');
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
