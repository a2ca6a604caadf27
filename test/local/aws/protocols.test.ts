import { createServer, type Server } from 'node:http';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetSendStatisticsCommand, SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import { SendTaskSuccessCommand, SFNClient } from '@aws-sdk/client-sfn';
import { GetTopicAttributesCommand, PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { AwsError, type AwsRequest, type AwsService, type ServiceName } from '../../../local/aws/contract.ts';
import { AwsEndpoint } from '../../../local/aws/endpoint.ts';
import { AwsGate } from '../../../local/aws/gate.ts';
import { Faults } from '../../../local/faults/faults.ts';
import { TemplateAuthorizer } from '../../../local/iam/authorizer.ts';
import { Meter } from '../../../local/meter/meter.ts';
import { deploymentWith } from '../support/assembly.ts';

/** Answers every operation with what the test says, and remembers what it was asked. */
class Recorder implements AwsService {
  readonly name: ServiceName;
  readonly operations: string[];
  asked: AwsRequest[] = [];
  answer: () => Record<string, unknown> = () => ({});

  constructor(name: ServiceName, operations: string[]) {
    this.name = name;
    this.operations = operations;
  }

  permissions(): [] {
    return [];
  }

  async handle(request: AwsRequest): Promise<Record<string, unknown>> {
    this.asked.push(request);
    return this.answer();
  }
}

const ses = new Recorder('ses', ['SendRawEmail']);
const sns = new Recorder('sns', ['Publish', 'GetTopicAttributes']);
const states = new Recorder('states', ['SendTaskSuccess']);
const sqs = new Recorder('sqs', ['ReceiveMessage']);
const events = new Recorder('events', ['PutEvents']);
const s3 = new Recorder('s3', ['GetObject']);
const recorders = [ses, sns, states, sqs, events, s3];

const faults = new Faults();
const reported: unknown[] = [];
let server: Server;
let config: {
  endpoint: string;
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
  maxAttempts: 1;
};

beforeAll(async () => {
  const gate = new AwsGate({ authorizer: new TemplateAuthorizer(deploymentWith({})), faults, meter: new Meter() });
  for (const recorder of recorders) gate.register(recorder);
  Object.assign(s3, {
    http: async () => {
      throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404);
    },
  });
  server = createServer(new AwsEndpoint(gate, (error) => reported.push(error)).handle);
  const port = await new Promise<number>((done) =>
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      done(typeof address === 'object' && address ? address.port : 0);
    }),
  );
  const credentials = { accessKeyId: 'AKIAOUTSIDE', secretAccessKey: 'secret' };
  config = { endpoint: `http://127.0.0.1:${port}`, region: 'us-east-1', credentials, maxAttempts: 1 };
});
beforeEach(() => {
  for (const recorder of recorders) recorder.asked = [];
  faults.clear();
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

const failure = (call: Promise<unknown>): Promise<unknown> => call.catch((error: unknown) => error);

describe('the endpoint speaks the protocol of each service', () => {
  test('Query: forms with lists come in as structures, and the answer goes out as XML', async () => {
    ses.answer = () => ({ MessageId: 'a<b>&"c' });

    const { MessageId } = await new SESClient(config).send(
      new SendRawEmailCommand({
        RawMessage: { Data: Buffer.from('Subject: hi\r\n\r\nthere') },
        Destinations: ['a@example.com', 'b@example.com'],
        Tags: [{ Name: 'key', Value: 'T-1' }],
      }),
    );

    expect(MessageId).toBe('a<b>&"c');
    expect(ses.asked[0]?.input).toEqual({
      RawMessage: { Data: Buffer.from('Subject: hi\r\n\r\nthere').toString('base64') },
      Destinations: ['a@example.com', 'b@example.com'],
      Tags: [{ Name: 'key', Value: 'T-1' }],
    });
  });

  test('Query: maps go in and out by their entries', async () => {
    sns.answer = () => ({ Attributes: new Map([['TopicArn', 'arn:x']]) });
    const client = new SNSClient(config);

    await client.send(
      new PublishCommand({
        PhoneNumber: '+4912345',
        Message: 'hi',
        MessageAttributes: { kind: { DataType: 'String', StringValue: 'alarm' } },
      }),
    );
    const { Attributes } = await client.send(new GetTopicAttributesCommand({ TopicArn: 'arn:x' }));

    expect(sns.asked[0]?.input).toMatchObject({
      MessageAttributes: { kind: { DataType: 'String', StringValue: 'alarm' } },
    });
    expect(Attributes).toEqual({ TopicArn: 'arn:x' });
  });

  test('Query: an error has its name and message', async () => {
    ses.answer = () => {
      throw new AwsError('MessageRejected', 'Email address is not verified.');
    };

    const error = await failure(
      new SESClient(config).send(new SendRawEmailCommand({ RawMessage: { Data: Buffer.from('x') } })),
    );

    expect(error).toMatchObject({ name: 'MessageRejected', message: 'Email address is not verified.' });
  });

  test('JSON 1.0: an error has its name, message and further members', async () => {
    states.answer = () => {
      throw new AwsError('InvalidToken', 'Invalid Token', 400, { kind: 'token' });
    };

    const error = await failure(
      new SFNClient(config).send(new SendTaskSuccessCommand({ taskToken: 't', output: '{}' })),
    );

    expect(error).toMatchObject({ name: 'InvalidToken', message: 'Invalid Token', $metadata: { httpStatusCode: 400 } });
  });

  test('JSON 1.1: EventBridge takes entries', async () => {
    events.answer = () => ({ FailedEntryCount: 0, Entries: [{ EventId: 'e-1' }] });

    const { Entries } = await new EventBridgeClient(config).send(
      new PutEventsCommand({ Entries: [{ Source: 'careline', DetailType: 'Ticket', Detail: '{}' }] }),
    );

    expect(Entries).toEqual([{ EventId: 'e-1' }]);
    expect(events.asked[0]?.input.Entries).toEqual([{ Source: 'careline', DetailType: 'Ticket', Detail: '{}' }]);
  });

  test('SQS: a missing queue has the name that clients of the former protocol know as well', async () => {
    sqs.answer = () => {
      throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
    };

    const error = await failure(
      new SQSClient(config).send(new ReceiveMessageCommand({ QueueUrl: `${config.endpoint}/000000000000/none` })),
    );

    expect(error).toMatchObject({ name: 'QueueDoesNotExist', Code: 'AWS.SimpleQueueService.NonExistentQueue' });
  });

  test('S3: an error is XML', async () => {
    const client = new S3Client({ ...config, forcePathStyle: true });

    const error = await failure(client.send(new GetObjectCommand({ Bucket: 'mail', Key: 'in/1' })));

    expect(error).toMatchObject({ name: 'NoSuchKey', message: 'The specified key does not exist.' });
  });

  test('an operation or a service that the runtime lacks is refused by name', async () => {
    const operation = await failure(new SESClient(config).send(new GetSendStatisticsCommand({})));
    const service = await fetch(config.endpoint, {
      method: 'POST',
      headers: { 'x-amz-target': 'Logs_20140328.PutLogEvents' },
      body: '{}',
    });
    const sts = await fetch(`${config.endpoint}/?Action=GetCallerIdentity&Version=2011-06-15`);

    expect(String(operation)).toContain('GetSendStatistics');
    expect(await service.text()).toContain('Logs_20140328 (PutLogEvents)');
    expect(await sts.text()).toContain('STS (GetCallerIdentity)');
  });

  test('a mistake of the runtime itself is told to the terminal and not to the caller', async () => {
    states.answer = () => {
      throw new Error('a secret detail');
    };

    const error = await failure(
      new SFNClient(config).send(new SendTaskSuccessCommand({ taskToken: 't', output: '{}' })),
    );

    expect(error).toMatchObject({ name: 'InternalFailure', $metadata: { httpStatusCode: 500 } });
    expect(String(error)).not.toContain('secret detail');
    expect(reported.map(String)).toEqual(['Error: a secret detail']);
  });
});

describe('faults', () => {
  test('hit the operation they name as often as they say, before it takes effect', async () => {
    states.answer = () => ({});
    faults.add([{ service: 'states', operation: 'SendTaskSuccess', error: 'ThrottlingException', times: 1 }]);
    const call = () => new SFNClient(config).send(new SendTaskSuccessCommand({ taskToken: 't', output: '{}' }));

    const first = await failure(call());
    const askedAtFirst = states.asked.length;
    await call();

    expect(first).toMatchObject({ name: 'ThrottlingException' });
    expect(askedAtFirst).toBe(0);
    expect(states.asked).toHaveLength(1);
  });

  test('may come after the call took effect, as when an answer is lost', async () => {
    states.answer = () => ({});
    faults.add([{ service: 'states', error: 'ServiceUnavailable', after: true }]);

    const error = await failure(
      new SFNClient(config).send(new SendTaskSuccessCommand({ taskToken: 't', output: '{}' })),
    );

    expect(error).toMatchObject({ name: 'ServiceUnavailable', $metadata: { httpStatusCode: 503 } });
    expect(states.asked).toHaveLength(1);
  });

  test('a function is meant by the words of its name, and only it dies', () => {
    faults.add([{ service: 'lambda', operation: 'send-mail', kill: true, times: 1 }]);

    expect(faults.next('function', 'careline-local-service-SendMailFunction3F2A')).toEqual({ kind: 'kill' });
    expect(faults.next('function', 'careline-local-service-SendMailFunction3F2A')).toBeUndefined();
    expect(faults.next('lambda', 'Invoke')).toBeUndefined();
  });

  test('a rate hits its share of the calls', () => {
    const draws = [0.05, 0.2, 0.09, 0.5];
    const some = new Faults(() => draws.shift() ?? 1);
    some.add([{ service: 'ses', error: 'Throttling', rate: 0.1 }]);

    const hits = [1, 2, 3, 4].map(() => some.next('ses', 'SendRawEmail') !== undefined);

    expect(hits).toEqual([true, false, true, false]);
  });
});
