import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import * as sdk from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import * as lean from '../../infra/bundling/dynamodb.ts';
import { GetSecretValueCommand, SecretsManagerClient } from '../../infra/bundling/secrets-manager.ts';

interface Heard {
  headers: IncomingMessage['headers'];
  body: Record<string, unknown>;
}

/** A service that answers as it is told, the last answer again and again, and remembers what it was asked. */
let heard: Heard[] = [];
let answers: Array<(response: ServerResponse) => void> = [];
let server: Server;
let endpoint: string;

const tells =
  (status: number, body: unknown, headers: Record<string, string> = {}) =>
  (response: ServerResponse): void => {
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
const fails = (status: number, name: string, more: object = {}) =>
  tells(status, { __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: `${name}!`, ...more });
const hangsUp = (response: ServerResponse): void => {
  response.destroy();
};

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    heard.push({ headers: request.headers, body: JSON.parse(Buffer.concat(chunks).toString()) });
    (answers.length > 1 ? answers.shift() : answers[0])?.(response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  endpoint = typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}` : '';
});
afterAll(() => server.close());

beforeEach(() => {
  heard = [];
  answers = [tells(200, {})];
  vi.stubEnv('AWS_REGION', 'eu-central-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIA');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  vi.stubEnv('AWS_SESSION_TOKEN', 'token');
  vi.stubEnv('AWS_ENDPOINT_URL', endpoint);
});
afterEach(() => vi.unstubAllEnvs());

const TableName = 'Desk';
const Key = { PK: { S: 'TICKET#T-7K2M9Q' }, SK: { S: 'TICKET' } };
const update = {
  TableName,
  Key,
  UpdateExpression: 'SET a = :a ADD n :n',
  ExpressionAttributeValues: { ':a': { L: [{ BOOL: true }, { NULL: true }] }, ':n': { N: '1' } },
};

describe('the lean client of the table', () => {
  test.each([
    ['GetItem', new lean.GetItemCommand({ TableName, Key }), new sdk.GetItemCommand({ TableName, Key })],
    ['Query', new lean.QueryCommand({ TableName, Limit: 2 }), new sdk.QueryCommand({ TableName, Limit: 2 })],
    ['PutItem', new lean.PutItemCommand({ TableName, Item: Key }), new sdk.PutItemCommand({ TableName, Item: Key })],
    ['UpdateItem', new lean.UpdateItemCommand(update), new sdk.UpdateItemCommand(update)],
    ['DeleteItem', new lean.DeleteItemCommand({ TableName, Key }), new sdk.DeleteItemCommand({ TableName, Key })],
    [
      'BatchGetItem',
      new lean.BatchGetItemCommand({ RequestItems: { Desk: { Keys: [Key] } } }),
      new sdk.BatchGetItemCommand({ RequestItems: { Desk: { Keys: [Key] } } }),
    ],
    [
      'BatchWriteItem',
      new lean.BatchWriteItemCommand({ RequestItems: { Desk: [{ PutRequest: { Item: Key } }] } }),
      new sdk.BatchWriteItemCommand({ RequestItems: { Desk: [{ PutRequest: { Item: Key } }] } }),
    ],
  ])('asks for %s as the SDK does, signed in the same way', async (_, ours, theirs) => {
    await new lean.DynamoDBClient().send(ours);
    // biome-ignore lint/suspicious/noExplicitAny: a union of commands, each of which the client takes.
    await new sdk.DynamoDBClient({ maxAttempts: 4 }).send(theirs as any);

    const [lightly, wholly] = heard;
    expect(lightly?.body).toEqual(wholly?.body);
    for (const header of ['x-amz-target', 'content-type', 'content-length', 'host', 'x-amz-security-token'])
      expect(lightly?.headers[header]).toBe(wholly?.headers[header]);
    expect(lightly?.headers.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIA\/\d{8}\/eu-central-1\/dynamodb\/aws4_request, SignedHeaders=[a-z0-9;-]*x-amz-target, Signature=[0-9a-f]{64}$/,
    );
  });

  test('gives a transaction a token, the same one when it is tried again after a lost answer', async () => {
    answers = [hangsUp, tells(503, 'busy'), tells(200, {})];

    await new lean.DynamoDBClient({ maxAttempts: 4 }).send(new lean.TransactWriteItemsCommand({ TransactItems: [] }));

    const tokens = heard.map(({ body }) => body.ClientRequestToken);
    expect(tokens).toHaveLength(3);
    expect(new Set(tokens).size).toBe(1);
    expect(tokens[0]).toMatch(/^[0-9a-f-]{36}$/);
  });

  test.each([
    ['a fault of the service', fails(500, 'InternalServerError'), 'InternalServerError'],
    [
      'a throttled call',
      fails(400, 'ProvisionedThroughputExceededException'),
      'ProvisionedThroughputExceededException',
    ],
    ['a lost connection', hangsUp, 'TimeoutError'],
  ])('tries again after %s, as often as it may, and then says so', async (_, answer, name) => {
    answers = [answer];

    await expect(
      new lean.DynamoDBClient({ maxAttempts: 3 }).send(new lean.GetItemCommand({ TableName, Key })),
    ).rejects.toMatchObject({ name });

    expect(heard).toHaveLength(3);
  });

  test.each(['ConditionalCheckFailedException', 'ValidationException', 'AccessDeniedException'])(
    'does not try again after %s, and calls it by that name',
    async (name) => {
      answers = [fails(400, name, { Item: Key })];

      await expect(new lean.DynamoDBClient().send(new lean.UpdateItemCommand(update))).rejects.toMatchObject({
        name,
        message: `${name}!`,
        Item: Key,
        $metadata: { httpStatusCode: 400 },
      });
      expect(heard).toHaveLength(1);
    },
  );

  test('tells why a transaction was cancelled, item by item', async () => {
    const CancellationReasons = [{ Code: 'None' }, { Code: 'ConditionalCheckFailed', Message: 'no' }];
    answers = [fails(400, 'TransactionCanceledException', { CancellationReasons })];

    const refused = new lean.DynamoDBClient().send(new lean.TransactWriteItemsCommand({ TransactItems: [] }));

    await expect(refused).rejects.toBeInstanceOf(lean.TransactionCanceledException);
    await expect(refused).rejects.toMatchObject({ name: 'TransactionCanceledException', CancellationReasons });
  });

  test('reads a query page by page until there is none left', async () => {
    answers = [
      tells(200, { Items: [Key], LastEvaluatedKey: Key }),
      tells(200, { Items: [], LastEvaluatedKey: { ...Key, SK: { S: 'X' } } }),
      tells(200, { Items: [Key] }),
    ];

    const pages = [];
    for await (const page of lean.paginateQuery({ client: new lean.DynamoDBClient() }, { TableName })) pages.push(page);

    expect(pages).toHaveLength(3);
    expect(heard.map(({ body }) => body.ExclusiveStartKey)).toEqual([undefined, Key, { ...Key, SK: { S: 'X' } }]);
  });

  test('tries again what is not answered in time', async () => {
    answers = [() => {}, tells(200, { Item: Key })];

    const client = new lean.DynamoDBClient({ maxAttempts: 2, patience: 50 });

    expect(await client.send(new lean.GetItemCommand({ TableName, Key }))).toEqual({ Item: Key });
    expect(heard).toHaveLength(2);
  });

  test('waits no longer than it is told to', async () => {
    answers = [() => {}];

    const waiting = new lean.DynamoDBClient().send(new lean.GetItemCommand({ TableName, Key }), {
      abortSignal: AbortSignal.timeout(20),
    });

    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
    expect(heard).toHaveLength(1);
  });

  test('refuses what it could not write as the SDK would', async () => {
    const Item = { ...Key, file: { B: new Uint8Array([1]) } };

    await expect(new lean.DynamoDBClient().send(new lean.PutItemCommand({ TableName, Item }))).rejects.toThrow(
      'binary',
    );
    expect(heard).toEqual([]);
  });

  test('tells a page of a proxy by its status alone', async () => {
    answers = [tells(403, '<html>Forbidden</html>')];

    await expect(new lean.DynamoDBClient().send(new lean.GetItemCommand({ TableName, Key }))).rejects.toMatchObject({
      name: 'UnknownError',
      $metadata: { httpStatusCode: 403 },
    });
  });

  test('reads letters of all languages, wherever the answer is broken into pieces', async () => {
    const S = 'سلام — Grüße'.repeat(5000);
    answers = [tells(200, { Item: { a: { S } } })];

    expect(await new lean.DynamoDBClient().send(new lean.GetItemCommand({ TableName, Key }))).toEqual({
      Item: { a: { S } },
    });
  });

  test('asks at an endpoint of its own before that of all services', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL', 'http://127.0.0.1:1');
    vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', endpoint);

    await new lean.DynamoDBClient({ maxAttempts: 1 }).send(new lean.GetItemCommand({ TableName, Key }));

    expect(heard).toHaveLength(1);
  });
});

test('the lean client of secrets reads a secret, signed for its own service', async () => {
  answers = [tells(200, { SecretString: '{"id":"k1"}' })];

  const read = await new SecretsManagerClient({ maxAttempts: 4 }).send(new GetSecretValueCommand({ SecretId: 'arn' }));

  expect(read).toEqual({ SecretString: '{"id":"k1"}' });
  expect(heard[0]).toMatchObject({
    body: { SecretId: 'arn' },
    headers: { 'x-amz-target': 'secretsmanager.GetSecretValue', 'content-type': 'application/x-amz-json-1.1' },
  });
  expect(heard[0]?.headers.authorization).toContain('/eu-central-1/secretsmanager/aws4_request');
});
