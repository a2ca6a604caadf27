import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  GetFunctionCommand,
  InvokeCommand,
  LambdaClient,
  ListFunctionsCommand,
  UpdateFunctionCodeCommand,
  waitUntilFunctionActiveV2,
} from '@aws-sdk/client-lambda';
import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AwsEndpoint } from '../../../local/aws/endpoint.ts';
import { AwsGate } from '../../../local/aws/gate.ts';
import { Faults } from '../../../local/faults/faults.ts';
import { createKernel, type Kernel } from '../../../local/kernel/kernel.ts';
import { LambdaService } from '../../../local/lambda/service.ts';
import { Meter } from '../../../local/meter/meter.ts';
import { SqsService } from '../../../local/sqs/service.ts';
import { FakeChangeLog, functionArn, queueArn, START } from './world.ts';

let kernel: Kernel;
let server: Server;
let services: { sqs: SqsService; lambda: LambdaService };
let sqs: SQSClient;
let lambda: LambdaClient;
const reported: unknown[] = [];

beforeAll(async () => {
  kernel = createKernel({ start: START, speed: 1 });
  const parts = {
    kernel,
    deployment: { resources: () => [], resource: () => undefined, byArn: () => undefined, assetDirectory: () => '' },
    meter: new Meter(),
    faults: new Faults(),
    say: () => {},
  };
  const gate = new AwsGate({ ...parts, authorizer: { authorize: async () => {} } });
  server = createServer(new AwsEndpoint(gate, (error) => reported.push(error)).handle);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  const queues = new SqsService({ ...parts, aws: gate, endpoint: () => url });
  const functions = new LambdaService({
    ...parts,
    aws: gate,
    queues,
    changeLog: new FakeChangeLog(() => START),
    endpoint: () => url,
  });
  services = { sqs: queues, lambda: functions };
  gate.register(queues);
  gate.register(functions);
  await queues.start();
  await functions.start();
  const config = { endpoint: url, region: 'us-east-1', credentials: { accessKeyId: 'me', secretAccessKey: 'me' } };
  sqs = new SQSClient(config);
  lambda = new LambdaClient(config);
});

afterAll(async () => {
  await services.lambda.stop();
  await services.sqs.stop();
  server.closeAllConnections();
  server.close();
  kernel.timers.stop();
});

const zip = (files: Record<string, string>) =>
  zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)])));
const text = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString();
const aNew = (FunctionName: string, files: Record<string, string>) =>
  lambda.send(
    new CreateFunctionCommand({
      FunctionName,
      Runtime: 'nodejs24.x',
      Role: 'arn:aws:iam::000000000000:role/outside',
      Handler: 'index.handler',
      Timeout: 20,
      Environment: { Variables: { GREETING: 'hello' } },
      Code: { ZipFile: zip(files) },
    }),
  );

describe('the SQS client of the AWS SDK', () => {
  test('sends, receives and deletes, and its checks of digests pass', async () => {
    const { QueueUrl } = await sqs.send(
      new CreateQueueCommand({ QueueName: 'q', Attributes: { VisibilityTimeout: '30' } }),
    );
    const MessageAttributes = {
      word: { DataType: 'String', StringValue: 'grüße' },
      number: { DataType: 'Number.int', StringValue: '42' },
      bytes: { DataType: 'Binary', BinaryValue: new Uint8Array([1, 2, 255]) },
    };

    const sent = await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'é', MessageAttributes }));
    await sqs.send(
      new SendMessageBatchCommand({ QueueUrl, Entries: [{ Id: 'a', MessageBody: 'b', MessageAttributes }] }),
    );
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: 10,
        MessageAttributeNames: ['All'],
        MessageSystemAttributeNames: ['All'],
      }),
    );
    await sqs.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl,
        ReceiptHandle: Messages[0]?.ReceiptHandle,
        VisibilityTimeout: 60,
      }),
    );
    const Entries = Messages.map(({ ReceiptHandle }, n) => ({ Id: `${n}`, ReceiptHandle }));
    const deleted = await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));

    expect(sent.MD5OfMessageAttributes).toMatch(/^[0-9a-f]{32}$/);
    expect(Messages.map(({ Body }) => Body)).toEqual(['é', 'b']);
    expect(Messages[0]?.MessageAttributes?.bytes?.BinaryValue).toEqual(new Uint8Array([1, 2, 255]));
    expect(deleted.Successful).toHaveLength(2);
    expect(reported).toEqual([]);
  });

  test('names errors as on AWS', async () => {
    const QueueUrl = 'http://127.0.0.1:1/000000000000/nowhere';

    await expect(sqs.send(new GetQueueAttributesCommand({ QueueUrl }))).rejects.toMatchObject({
      name: 'QueueDoesNotExist',
    });
  });

  test('gets a message it waits for', async () => {
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'polled' }));
    const waiting = sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }));

    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'at last' }));

    expect((await waiting).Messages).toMatchObject([{ Body: 'at last' }]);
  });
});

describe('the Lambda client of the AWS SDK', () => {
  test('makes, waits for, invokes, changes, lists and deletes a function', async () => {
    const made = await aNew('greet', {
      'index.mjs': "export const handler = async (e) => process.env.GREETING + ' ' + e.name;",
    });
    await waitUntilFunctionActiveV2({ client: lambda, maxWaitTime: 5 }, { FunctionName: 'greet' });
    const first = await lambda.send(
      new InvokeCommand({ FunctionName: 'greet', Payload: '{"name":"Ada"}', LogType: 'Tail' }),
    );
    const changed = await lambda.send(
      new UpdateFunctionCodeCommand({
        FunctionName: 'greet',
        ZipFile: zip({ 'index.js': 'exports.handler = async () => 2;' }),
      }),
    );
    const second = await lambda.send(new InvokeCommand({ FunctionName: functionArn('greet') }));
    const listed = await lambda.send(new ListFunctionsCommand({}));
    await lambda.send(new DeleteFunctionCommand({ FunctionName: 'greet' }));

    expect(made).toMatchObject({ FunctionArn: functionArn('greet'), State: 'Active', Timeout: 20 });
    expect(text(first.Payload)).toBe('"hello Ada"');
    expect(Buffer.from(first.LogResult ?? '', 'base64').toString()).toContain('START RequestId');
    expect(changed.CodeSha256).not.toBe(made.CodeSha256);
    expect(text(second.Payload)).toBe('2');
    expect(listed.Functions?.map(({ FunctionName }) => FunctionName)).toEqual(['greet']);
    await expect(lambda.send(new GetFunctionCommand({ FunctionName: 'greet' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  test('is told of a failure in the header and of the error in the payload', async () => {
    await aNew('fails', { 'index.js': "exports.handler = async () => { throw new RangeError('no'); };" });

    const answer = await lambda.send(new InvokeCommand({ FunctionName: 'fails' }));

    expect(answer).toMatchObject({ StatusCode: 200, FunctionError: 'Unhandled' });
    expect(JSON.parse(text(answer.Payload))).toMatchObject({ errorType: 'RangeError', errorMessage: 'no' });
  });

  test.each([
    ['a function that is there', { FunctionName: 'twice' }, 'ResourceConflictException'],
    ['another runtime', { FunctionName: 'snake', Runtime: 'python3.13' as const }, 'NotSupportedByLocalRuntime'],
    ['no zip', { FunctionName: 'torn', Code: { ZipFile: strToU8('not a zip') } }, 'InvalidParameterValueException'],
    [
      'a zip that leaves its folder',
      { FunctionName: 'escapes', Code: { ZipFile: zip({ '../../index.js': '' }) } },
      'InvalidParameterValueException',
    ],
    ['layers', { FunctionName: 'layered', Layers: ['arn'] }, 'NotSupportedByLocalRuntime'],
  ])('is refused %s', async (_title, more, name) => {
    const given = {
      Runtime: 'nodejs24.x' as const,
      Role: 'arn:aws:iam::000000000000:role/outside',
      Handler: 'index.handler',
      Code: { ZipFile: zip({ 'index.js': '' }) },
    };
    await lambda.send(new CreateFunctionCommand({ ...given, FunctionName: 'twice' })).catch(() => {});

    await expect(lambda.send(new CreateFunctionCommand({ ...given, ...more }))).rejects.toMatchObject({ name });
  });

  test('reaches the other services from within a function, as its role', async () => {
    const client = createRequire(import.meta.url).resolve('@aws-sdk/client-sqs');
    await sqs.send(new CreateQueueCommand({ QueueName: 'from-within' }));
    await aNew('sender', {
      'index.js': `const { SQSClient, SendMessageCommand, GetQueueUrlCommand } = require(${JSON.stringify(client)});
        const sqs = new SQSClient();
        exports.handler = async (event) => {
          const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: 'from-within' }));
          return (await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: event.text }))).MessageId;
        };`,
    });

    const answer = await lambda.send(new InvokeCommand({ FunctionName: 'sender', Payload: '{"text":"inside"}' }));
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'from-within' }));
    const { Messages } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MessageSystemAttributeNames: ['SenderId'] }),
    );

    expect(text(answer.Payload)).toMatch(/^"[0-9a-f-]{36}"$/);
    expect(Messages).toMatchObject([
      { Body: 'inside', MessageId: JSON.parse(text(answer.Payload)), Attributes: { SenderId: 'outside:sender' } },
    ]);
    expect(queueArn('from-within')).toContain('from-within');
  });
});
