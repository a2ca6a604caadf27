import { readdirSync } from 'node:fs';
import {
  DynamoDBClient,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { GetObjectCommand, ListBucketsCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetSecretValueCommand, ListSecretsCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import { ListStateMachinesCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningDesk } from '../../local/client/running-desk.ts';
import { act, clientOf, mailsTo, openTicket, seen, startDesk } from '../support/journey.ts';

const FUNCTIONS = readdirSync('functions').filter((name) => !name.startsWith('_'));
/** One only reads the message whose files it keeps, one adds to counts of articles alone, one needs no table. */
const OTHERS = ['keep-uploads', 'rate-article', 'receive-upload'];
const KEY = { PK: { S: 'TICKET#T-000000' }, SK: { S: 'TICKET' } };
const MAIL = {
  Source: 'support@desk.example.com',
  Destinations: ['a@b.example'],
  RawMessage: { Data: Buffer.from('Subject: x\r\n\r\nx') },
};

let desk: RunningDesk;
let table: string;
beforeAll(async () => {
  desk = await startDesk();
  const { TableNames = [] } = await new DynamoDBClient(clientOf(desk)).send(new ListTablesCommand({}));
  table = TableNames[0] ?? '';
});
afterAll(() => desk.stop());

const as = async (name: string) => clientOf(desk, await desk.control('GET', `as/${name}`));

/** The name of the error, or that it was allowed. Another refusal than of the role means that the role would be let in. */
const verdict = async (call: Promise<unknown>): Promise<'denied' | 'allowed'> => {
  try {
    await call;
    return 'allowed';
  } catch (error) {
    return error instanceof Error && /AccessDenied/.test(error.name) ? 'denied' : 'allowed';
  }
};

/** The functions that may do it. */
const mayDo = async (attempt: (config: Awaited<ReturnType<typeof as>>) => Promise<unknown>): Promise<string[]> => {
  const allowed: string[] = [];
  for (const name of FUNCTIONS) if ((await verdict(attempt(await as(name)))) === 'allowed') allowed.push(name);
  return allowed;
};

describe('the role of a function', () => {
  test('of show-ticket reads the table and cannot write to it', async () => {
    const dynamo = new DynamoDBClient(await as('show-ticket'));

    const read = await verdict(dynamo.send(new GetItemCommand({ TableName: table, Key: KEY })));
    const put = await verdict(dynamo.send(new PutItemCommand({ TableName: table, Item: KEY })));
    const update = await verdict(
      dynamo.send(
        new UpdateItemCommand({
          TableName: table,
          Key: KEY,
          UpdateExpression: 'SET a = :a',
          ExpressionAttributeValues: { ':a': { S: 'x' } },
        }),
      ),
    );

    expect([read, put, update]).toEqual(['allowed', 'denied', 'denied']);
  });

  test.each(['show-survey', 'show-ticket'])(
    'of %s notes opened links, and cannot touch anything else',
    async (name) => {
      const dynamo = new DynamoDBClient(await as(name));
      const noteIn = (PK: string, SK: string) =>
        verdict(
          dynamo.send(
            new UpdateItemCommand({
              TableName: table,
              Key: { PK: { S: PK }, SK: { S: SK } },
              UpdateExpression: 'SET a = :a',
              ExpressionAttributeValues: { ':a': { S: 'x' } },
            }),
          ),
        );

      const tried = await Promise.all([
        noteIn('CLICKS#T-000000#1#csat', 'CLICKS'),
        noteIn('TICKET#T-000000', 'SURVEY#1#csat'),
        noteIn('TICKET#T-000000', 'TICKET'),
        noteIn('MAIL#CLICKS#', 'MAIL'),
      ]);

      expect(tried).toEqual(['allowed', 'denied', 'denied', 'denied']);
    },
  );

  test('lets nobody scan the table', async () => {
    const allowed = await mayDo((config) => new DynamoDBClient(config).send(new ScanCommand({ TableName: table })));

    expect(allowed).toEqual([]);
  });

  test('lets the pages for reading only read, and everybody else who has something to say write', async () => {
    const writers = await mayDo((config) =>
      new DynamoDBClient(config).send(
        new PutItemCommand({ TableName: table, Item: { PK: { S: 'PROBE' }, SK: { S: 'PROBE' } } }),
      ),
    );

    const pages = FUNCTIONS.filter((name) => name.startsWith('show-'));
    expect(pages).toEqual(expect.arrayContaining(['show-survey', 'show-ticket']));
    expect(writers).toEqual(FUNCTIONS.filter((name) => !pages.includes(name) && !OTHERS.includes(name)));
  });

  test('lets send-mail alone send mail, from the desk’s own identity only', async () => {
    const allowed = await mayDo((config) => new SESClient(config).send(new SendRawEmailCommand(MAIL)));

    const foreign = new SESClient(await as('send-mail')).send(
      new SendRawEmailCommand({ ...MAIL, Source: 'ceo@other.example' }),
    );

    expect(allowed).toEqual(['send-mail']);
    expect(await verdict(foreign)).toBe('denied');
  });

  test('lets dispatch-changes alone start workflows, and the sweep those that may have been lost', async () => {
    const { stateMachines = [] } = await new SFNClient(clientOf(desk)).send(new ListStateMachinesCommand({}));

    const starters = await Promise.all(
      stateMachines.map(async ({ name = '', stateMachineArn }) => [
        name.split('-').at(-1),
        await mayDo((config) =>
          new SFNClient(config).send(
            new StartExecutionCommand({ stateMachineArn, name: 'probe-1', input: '{"no":"ticket"}' }),
          ),
        ),
      ]),
    );

    expect(Object.fromEntries(starters)).toEqual({
      escalation: ['dispatch-changes', 'sweep-abandoned'],
      intake: ['dispatch-changes', 'sweep-abandoned'],
      remediation: ['dispatch-changes'],
      survey: ['dispatch-changes'],
    });
  });

  test('lets dispatch-changes alone put events on a bus', async () => {
    const allowed = await mayDo((config) =>
      new EventBridgeClient(config).send(
        new PutEventsCommand({
          Entries: [{ Source: 'x', DetailType: 'x', Detail: '{}', EventBusName: 'careline-local' }],
        }),
      ),
    );

    expect(allowed.filter((name) => name !== 'dispatch-changes')).toEqual([]);
  });

  test('lets those alone read raw mail that receive, open or hand it out, and nobody write it', async () => {
    const { Buckets = [] } = await new S3Client({ ...clientOf(desk), forcePathStyle: true }).send(
      new ListBucketsCommand({}),
    );
    const Bucket = Buckets.find(({ Name }) => /mail/i.test(Name ?? ''))?.Name;

    const readers = await mayDo((config) =>
      new S3Client({ ...config, forcePathStyle: true }).send(new GetObjectCommand({ Bucket, Key: 'in/x' })),
    );
    const writers = await mayDo((config) =>
      new S3Client({ ...config, forcePathStyle: true }).send(new PutObjectCommand({ Bucket, Key: 'in/x', Body: 'x' })),
    );

    expect(readers).toEqual(['open-parked', 'receive-mail', 'show-attachment', 'take-privacy-request']);
    expect(writers).toEqual([]);
  });

  test('gives secrets only to those that say they need one', async () => {
    const { SecretList = [] } = await new SecretsManagerClient(clientOf(desk)).send(new ListSecretsCommand({}));

    const readers = new Set<string>();
    for (const { ARN } of SecretList)
      for (const name of await mayDo((config) =>
        new SecretsManagerClient(config).send(new GetSecretValueCommand({ SecretId: ARN })),
      ))
        readers.add(name);

    const asking = await Promise.all(
      FUNCTIONS.map(async (name) => {
        const { env }: { env: { shape: object } } = await import(`../../functions/${name}/env.ts`);
        return Object.keys(env.shape).some((variable) => variable.endsWith('SECRET_ARN')) ? [name] : [];
      }),
    );
    expect(SecretList.length).toBeGreaterThan(0);
    expect([...readers].sort()).toEqual(asking.flat());
    expect(FUNCTIONS.filter((name) => !readers.has(name))).toEqual(
      expect.arrayContaining(['dispatch-changes', 'keep-uploads', 'sweep-abandoned', 'triage-ticket']),
    );
  });

  test('lets no function list or call another', async () => {
    const listing = await mayDo((config) => new LambdaClient(config).send(new ListFunctionsCommand({})));

    expect(listing).toEqual([]);
  });

  test('suffices for its work: after all the refusals a ticket still lives', async () => {
    const id = await openTicket(desk, 'alive@shop.example');

    await act(desk, 'replies', id, { body: 'Hello.' });

    expect((await seen(desk, id)).ticket.status).toBe('open');
    expect(await mailsTo(desk, 'alive@shop.example')).toHaveLength(2);
  });
});
