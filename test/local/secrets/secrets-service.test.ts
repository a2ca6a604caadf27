import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { randomPassword } from '../../../local/secrets/password.ts';
import { SecretsService } from '../../../local/secrets/secrets-service.ts';
import { aDeployment, aRig, type Rig, sdk } from '../edge/rig.ts';

const LINK = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:Links-AbCdEf';

const deployment = aDeployment({
  type: 'AWS::SecretsManager::Secret',
  ref: LINK,
  properties: {
    Name: 'Links',
    GenerateSecretString: {
      SecretStringTemplate: '{"id":"k1"}',
      GenerateStringKey: 'key',
      PasswordLength: 64,
      ExcludePunctuation: true,
    },
  },
});

describe('secrets by the SDK', () => {
  let rig: Rig;
  let client: SecretsManagerClient;

  beforeEach(async () => {
    rig = aRig();
    const service = new SecretsService({ kernel: rig.kernel, deployment });
    rig.aws.register(service);
    await service.start();
    client = new SecretsManagerClient(sdk(await rig.serve()));
  });

  afterEach(() => rig.close());

  test('a generated secret has its template and a password of the asked kind, by ARN, partial ARN and name', async () => {
    const whole = await client.send(new GetSecretValueCommand({ SecretId: LINK }));
    const partial = await client.send(new GetSecretValueCommand({ SecretId: LINK.slice(0, -7) }));
    const named = await client.send(new GetSecretValueCommand({ SecretId: 'Links' }));

    expect(JSON.parse(whole.SecretString ?? '')).toEqual({ id: 'k1', key: expect.stringMatching(/^[A-Za-z0-9]{64}$/) });
    expect(partial.SecretString).toBe(whole.SecretString);
    expect(named.VersionStages).toEqual(['AWSCURRENT']);
  });

  test('a new value becomes current, the old one previous', async () => {
    const old = await client.send(new GetSecretValueCommand({ SecretId: 'Links' }));

    await client.send(new PutSecretValueCommand({ SecretId: 'Links', SecretString: 'two' }));

    const now = await client.send(new GetSecretValueCommand({ SecretId: 'Links' }));
    const previous = await client.send(new GetSecretValueCommand({ SecretId: 'Links', VersionStage: 'AWSPREVIOUS' }));
    const about = await client.send(new DescribeSecretCommand({ SecretId: 'Links' }));
    expect(now.SecretString).toBe('two');
    expect(previous.SecretString).toBe(old.SecretString);
    expect(Object.values(about.VersionIdsToStages ?? {}).sort()).toEqual([['AWSCURRENT'], ['AWSPREVIOUS']]);
  });

  test('a secret made by a call is listed; an unknown one is ResourceNotFoundException', async () => {
    await client.send(new CreateSecretCommand({ Name: 'mine', SecretString: 'x' }));

    const listed = await client.send(new ListSecretsCommand({}));
    const unknown = client.send(new GetSecretValueCommand({ SecretId: 'none' }));
    expect(listed.SecretList?.map(({ Name }) => Name)).toEqual(['Links', 'mine']);
    await expect(unknown).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});

test('a generated value stays the same after a restart', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'secrets-'));
  const file = join(directory, 'store.db');
  const values = [];
  for (let run = 0; run < 2; run += 1) {
    const rig = aRig(file);
    const service = new SecretsService({ kernel: rig.kernel, deployment });
    await service.start();
    values.push(service.secrets()[0]?.value);
    await rig.close();
  }
  rmSync(directory, { recursive: true });

  expect(values[0]).toContain('k1');
  expect(values[1]).toBe(values[0]);
});

test('a password has each included kind and no excluded character', () => {
  const passwords = Array.from({ length: 200 }, () =>
    randomPassword({ PasswordLength: 4, ExcludeCharacters: 'abc!"' }),
  );

  for (const password of passwords) {
    expect(password).toMatch(/^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)(?=.*[^A-Za-z0-9])[^abc!"]{4}$/);
  }
});
