import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Runtime, startRuntime } from '../../../local/runtime.ts';
import { MACHINE_ARN, writeSmallDesk } from '../support/desk.ts';

const START = '2026-11-22T09:00:00.000Z';

let assembly: ReturnType<typeof writeSmallDesk>;
let desk: Runtime;
beforeAll(async () => {
  assembly = writeSmallDesk();
  desk = await startRuntime({
    assembly: assembly.directory,
    http: 0,
    aws: 0,
    smtp: 0,
    clock: Date.parse(START),
    speed: 0,
  });
});
afterAll(async () => {
  await desk.stop();
  assembly.remove();
});

const config = () => ({
  endpoint: `http://127.0.0.1:${desk.ports.aws}`,
  region: 'us-east-1',
  credentials: { accessKeyId: 'AKIAOUTSIDE', secretAccessKey: 'secret' },
  maxAttempts: 1,
});

const ask = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
  const response = await fetch(`http://127.0.0.1:${desk.ports.http}${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const type = response.headers.get('content-type') ?? '';
  return { status: response.status, type, text, json: type.includes('json') ? JSON.parse(text) : undefined };
};
const control = (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
  ask(method, `/_local/${path}`, body, headers);

const called = (answer: { json: { executions: Array<{ name: string }> } }, name: string) =>
  answer.json.executions.find((execution) => execution.name === name);

describe('the clock', () => {
  test('fires everything on the way at its own instant and in time order', async () => {
    const sfn = new SFNClient(config());
    const now = desk.kernel.clock.now();
    const expiresAt = { N: String(now / 1000 + 5400) };
    const item = { PK: { S: 'REQUEST#1' }, SK: { S: 'REQUEST' } };
    await new DynamoDBClient(config()).send(new PutItemCommand({ TableName: 'Desk', Item: { ...item, expiresAt } }));
    for (const [name, seconds] of [
      ['slow', 7200],
      ['quick', 3600],
    ] as const) {
      await sfn.send(
        new StartExecutionCommand({ stateMachineArn: MACHINE_ARN, name, input: JSON.stringify({ seconds }) }),
      );
    }

    const halfway = await control('POST', 'clock', { advance: 'PT90M' });
    const between = await control('GET', 'executions?machine=survey');
    const { Item } = await new DynamoDBClient(config()).send(new GetItemCommand({ TableName: 'Desk', Key: item }));
    const end = await control('POST', 'clock', { to: new Date(now + 7_200_000).toISOString() });
    const after = await control('GET', 'executions?machine=survey');

    expect(halfway.json).toEqual({ now: new Date(now + 5_400_000).toISOString(), fired: 2 });
    expect(called(between, 'slow')).toMatchObject({ status: 'RUNNING', state: 'Let It Sink In' });
    expect(called(between, 'quick')).toMatchObject({
      status: 'SUCCEEDED',
      stoppedAt: new Date(now + 3_600_000).toISOString(),
    });
    expect(Item).toBeUndefined();
    expect(end.json.fired).toBe(1);
    expect(called(after, 'slow')).toMatchObject({
      status: 'SUCCEEDED',
      stoppedAt: new Date(now + 7_200_000).toISOString(),
    });
  });

  test('a function reads the moved clock', async () => {
    const { json: moved } = await control('POST', 'clock', { advance: 'P3D' });

    const { json } = await ask('GET', '/when');

    expect(new Date(json.now).toISOString()).toBe(moved.now);
  });

  test.each([
    [{ advance: 'P1Y' }, 'P1Y'],
    [{ advance: '4 hours' }, '4 hours'],
    [{ to: '2020-01-01T00:00:00Z' }, 'never goes back'],
    [{ to: '2030-01-01T00:00:00' }, 'with a zone'],
    [{ advance: 'PT1H', to: '2030-01-01T00:00:00Z' }, 'either'],
    [{}, 'either'],
  ])('%j is refused as problem+json', async (body, why) => {
    const { status, type, json } = await control('POST', 'clock', body);

    expect(status).toBe(422);
    expect(type).toBe('application/problem+json');
    expect(json.detail).toContain(why);
  });

  test('a body that is no JSON is a bad request', async () => {
    const { status, json } = await control('POST', 'clock', '{');

    expect(status).toBe(400);
    expect(json.title).toBe('Malformed request');
  });
});

describe('the control API', () => {
  test('tells an execution with its history', async () => {
    await new SFNClient(config()).send(
      new StartExecutionCommand({ stateMachineArn: MACHINE_ARN, name: 'told', input: '{"seconds":60}' }),
    );
    await control('POST', 'settle');

    const { json } = await control('GET', 'executions/told');
    const unknown = await control('GET', 'executions/nobody');

    expect(json).toMatchObject({ name: 'told', status: 'RUNNING', state: 'Let It Sink In' });
    expect(json.history.map((event: { type: string }) => event.type)).toEqual(['ExecutionStarted', 'WaitStateEntered']);
    expect(unknown.status).toBe(404);
  });

  test('meters what is used and prices it', async () => {
    await control('DELETE', 'meter');
    await ask('GET', '/metered');
    await new SFNClient(config()).send(
      new StartExecutionCommand({ stateMachineArn: MACHINE_ARN, name: 'metered', input: '{"seconds":0}' }),
    );
    await control('POST', 'settle');

    const { json } = await control('GET', 'meter');

    expect(json.http).toBe(1);
    expect(Object.values(json.functions)).toMatchObject([{ invocations: 1, errors: 0 }]);
    expect(json.transitions).toEqual({ 'careline-local-survey': 2 });
    expect(json.dollars.transitions).toBeCloseTo(2 * 0.000025, 10);
    expect(json.dollars.total).toBeGreaterThan(json.dollars.transitions);
  });

  test('injects faults and forgets them', async () => {
    const rule = { service: 'dynamodb', operation: 'PutItem', error: 'ThrottlingException' };
    const put = () =>
      new DynamoDBClient(config()).send(
        new PutItemCommand({ TableName: 'Desk', Item: { PK: { S: 'a' }, SK: { S: 'b' } } }),
      );

    const added = await control('POST', 'faults', [rule]);
    const struck = await put().catch((error: unknown) => error);
    await control('DELETE', 'faults');
    const spared = await put();

    expect(added.json.faults).toEqual([rule]);
    expect(struck).toMatchObject({ name: 'ThrottlingException' });
    expect(spared.$metadata.httpStatusCode).toBe(200);
  });

  test('knows Step Functions by its usual name too', async () => {
    const { json } = await control('POST', 'faults', [{ service: 'stepfunctions', error: 'X' }]);
    await control('DELETE', 'faults');

    expect(json.faults).toEqual([{ service: 'states', error: 'X' }]);
  });

  test.each([
    [[{ service: 'dynamodb' }], 'exactly one'],
    [[{ service: 'dynamodb', error: 'X', kill: true }], 'exactly one'],
    [[{ service: 'dynamodb', kill: true }], 'kill is for'],
    [[{ service: 'dynamodb', twice: true }], 'twice is for'],
    [[{ service: 'streams', error: 'X' }], 'twice is for'],
    [[{ service: 'dynamodb', error: 'X', rate: 2 }], 'rate'],
    [[{ service: 'dynamo', error: 'X' }], 'is none of dynamodb'],
    [{ service: 'dynamodb', error: 'X' }, 'faults'],
  ])('refuses the fault %j', async (body, why) => {
    const { status, json } = await control('POST', 'faults', body);

    expect(status).toBe(422);
    expect(json.detail).toContain(why);
  });

  test('hands out a token of the user pool with its groups', async () => {
    const { json } = await control('GET', 'token?user=ada&groups=agent,lead');

    const claims = JSON.parse(Buffer.from(json.token.split('.')[1], 'base64url').toString());

    expect(claims).toMatchObject({ username: 'ada', 'cognito:groups': ['agent', 'lead'] });
    expect((await control('GET', 'token')).status).toBe(422);
  });

  test('hands out the credentials of a function, which may do what its role may and no more', async () => {
    const { json } = await control('GET', 'as/show-echo');
    const client = new DynamoDBClient({ ...config(), credentials: json });
    const key = { PK: { S: 'a' }, SK: { S: 'b' } };

    const read = await client.send(new GetItemCommand({ TableName: 'Desk', Key: key }));
    const write = await client
      .send(new PutItemCommand({ TableName: 'Desk', Item: key }))
      .catch((error: unknown) => error);

    expect(read.$metadata.httpStatusCode).toBe(200);
    expect(write).toMatchObject({ name: 'AccessDeniedException' });
    expect((await control('GET', 'as/nobody')).status).toBe(404);
  });

  test('tells what a function wrote', async () => {
    await ask('GET', '/fail');

    const { json } = await control('GET', 'logs?function=show-echo');

    expect(JSON.stringify(json.logs.at(-1))).toContain('told to fail');
    expect((await control('GET', 'logs?function=nobody')).status).toBe(404);
  });

  test('tells the secrets of webhooks', async () => {
    const { json } = await control('GET', 'secrets');

    expect(json.secrets).toMatchObject([{ name: 'webhook' }]);
    expect(JSON.parse(json.secrets[0].value)).toHaveProperty('key');
  });

  test('refuses a mail without recipient, with an unknown verdict, or for nobody here', async () => {
    const raw = 'Subject: hi\r\n\r\nthere';

    const answers = await Promise.all([
      control('POST', 'mail', raw, { 'x-mail-from': 'a@example.com' }),
      control('POST', 'mail', raw, {
        'x-mail-from': 'a@example.com',
        'x-rcpt-to': 'b@c.example',
        'x-verdicts': 'spf=MAYBE',
      }),
      control('POST', 'mail', raw, { 'x-mail-from': 'a@example.com', 'x-rcpt-to': 'nobody@elsewhere.example' }),
    ]);

    expect(answers.map(({ status }) => status)).toEqual([422, 422, 422]);
    expect((await control('GET', 'mail')).json).toEqual({ mails: [] });
    expect((await control('GET', 'mail/1')).status).toBe(404);
  });

  test('a path it does not have is not found, a method it does not have is not allowed', async () => {
    expect((await control('GET', 'nothing')).status).toBe(404);
    expect((await control('DELETE', 'clock')).status).toBe(405);
  });
});
