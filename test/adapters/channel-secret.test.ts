import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { channelSecretIn } from '../../adapters/secrets/channel-secret.ts';
import { MINUTE, plus } from '../../domain/support/time.ts';

const NOW = '2026-11-23T08:00:00.000Z';
const mock = mockClient(SecretsManagerClient);
afterAll(() => mock.restore());
const none = new ResourceNotFoundException({ message: 'no such stage', $metadata: {} });

beforeEach(() => {
  mock.reset();
  mock.on(GetSecretValueCommand, { VersionStage: 'AWSCURRENT' }).resolves({ SecretString: 'present' });
  mock.on(GetSecretValueCommand, { VersionStage: 'AWSPREVIOUS' }).resolves({ SecretString: 'earlier' });
});

const asked = () => mock.commandCalls(GetSecretValueCommand).length;

test('the secret and the one before it are read, and kept for five minutes', async () => {
  const secret = channelSecretIn('arn', new SecretsManagerClient({}));

  const first = await secret.all(NOW);
  await secret.all(plus(NOW, 4 * MINUTE));
  const before = asked();
  await secret.all(plus(NOW, 5 * MINUTE));

  expect(first).toEqual(['present', 'earlier']);
  expect([before, asked()]).toEqual([2, 4]);
});

test('asked for anew, they are read again at most once a minute', async () => {
  const secret = channelSecretIn('arn', new SecretsManagerClient({}));
  await secret.all(NOW);

  await secret.all(plus(NOW, MINUTE - 1), true);
  const before = asked();
  await secret.all(plus(NOW, MINUTE), true);

  expect([before, asked()]).toEqual([2, 4]);
});

test('a secret that was never changed has none before it', async () => {
  mock.on(GetSecretValueCommand, { VersionStage: 'AWSPREVIOUS' }).rejects(none);

  expect(await channelSecretIn('arn', new SecretsManagerClient({})).all(NOW)).toEqual(['present']);
});

test('a secret that is gone is an error, and so is an empty one', async () => {
  mock.on(GetSecretValueCommand, { VersionStage: 'AWSCURRENT' }).rejects(none);
  await expect(channelSecretIn('arn', new SecretsManagerClient({})).all(NOW)).rejects.toBe(none);

  mock.on(GetSecretValueCommand).resolves({ SecretString: '' });
  await expect(channelSecretIn('arn', new SecretsManagerClient({})).all(NOW)).rejects.toThrow('is empty');
});
