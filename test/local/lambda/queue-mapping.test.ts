import { afterEach, describe, expect, test } from 'vitest';
import { AwsError } from '../../../local/aws/contract.ts';
import { aFile, aFunction, aMapping, aQueue, aWorld, queueArn, START, type World, type WorldOptions } from './world.ts';

let world: World;
afterEach(() => world.stop());

const NUMBERS = 'const numbers = (event) => event.Records.map((r) => JSON.parse(r.body).n);\n';
const TAKES_ALL = `${NUMBERS}exports.handler = async (event) => { note(numbers(event)); };`;
const BY_ITEM = `${NUMBERS}exports.handler = async (event) => { note(numbers(event)); return { batchItemFailures: event.Records.filter((r) => JSON.parse(r.body).n === Number(process.env.BAD)).map((r) => ({ itemIdentifier: r.messageId })) }; };`;
const REPORTS = { FunctionResponseTypes: ['ReportBatchItemFailures'] };

const open = async (
  code: string,
  mapping: Record<string, unknown> = {},
  more: Partial<WorldOptions> & { bad?: number; maxReceiveCount?: number; name?: string } = {},
) => {
  const { bad, maxReceiveCount = 3, ...options } = more;
  world = await aWorld({
    code: { f: code },
    resources: [
      aQueue('dead'),
      aQueue('owed', {
        VisibilityTimeout: 60,
        RedrivePolicy: { deadLetterTargetArn: queueArn('dead'), maxReceiveCount },
      }),
      aFunction('f', { Environment: { Variables: { BAD: String(bad ?? '') } } }),
      aMapping('f', queueArn('owed'), mapping),
    ],
    ...options,
  });
  return world;
};

const sendAll = async (numbers: number[]) => {
  const Entries = numbers.map((n) => ({ Id: `m${n}`, MessageBody: JSON.stringify({ n }) }));
  await world.aws.call(
    'sqs',
    'SendMessageBatch',
    { QueueUrl: `http://127.0.0.1:1/000000000000/owed`, Entries },
    { kind: 'root' },
  );
};
const settle = () => world.kernel.timeMachine.settle();
const left = async (queue = 'owed') => {
  const input = { QueueUrl: `http://127.0.0.1:1/000000000000/${queue}`, AttributeNames: ['All'] };
  const { Attributes } = await world.aws.call('sqs', 'GetQueueAttributes', input, { kind: 'root' });
  const counts = Object.entries(Attributes ?? {}).filter(([name]) => name.startsWith('ApproximateNumberOf'));
  return counts.reduce((sum, [, value]) => sum + Number(value), 0);
};

describe('a queue mapping', () => {
  test('hands over messages in batches and deletes what was done', async () => {
    await open(TAKES_ALL, { BatchSize: 5 });

    await sendAll([1, 2, 3, 4, 5, 6, 7]);
    await settle();

    expect(world.notes()).toEqual([
      [1, 2, 3, 4, 5],
      [6, 7],
    ]);
    expect(await left()).toBe(0);
  });

  test('hands over the message as AWS shapes it', async () => {
    await open('exports.handler = async (event) => note(event.Records[0]);');

    const sent = await world.send(
      'owed',
      { n: 1 },
      { MessageAttributes: { kind: { DataType: 'String', StringValue: 'survey' } } },
    );
    await settle();

    expect(world.notes()).toEqual([
      {
        messageId: sent.MessageId,
        receiptHandle: expect.any(String),
        body: '{"n":1}',
        attributes: {
          ApproximateReceiveCount: '1',
          SentTimestamp: String(START),
          SenderId: '000000000000',
          ApproximateFirstReceiveTimestamp: String(START),
        },
        messageAttributes: {
          kind: { stringValue: 'survey', stringListValues: [], binaryListValues: [], dataType: 'String' },
        },
        md5OfMessageAttributes: sent.MD5OfMessageAttributes,
        md5OfBody: sent.MD5OfMessageBody,
        eventSource: 'aws:sqs',
        eventSourceARN: queueArn('owed'),
        awsRegion: 'us-east-1',
      },
    ]);
  });

  test('receives and deletes as the role of the function', async () => {
    await open(TAKES_ALL);

    await sendAll([1]);
    await settle();

    const callers = world.calls
      .filter(({ operation }) => /^(Receive|Delete)Message/.test(operation))
      .map(({ caller }) => caller);
    expect(new Set(callers.map((caller) => JSON.stringify(caller)))).toEqual(
      new Set([JSON.stringify({ kind: 'role', roleArn: 'arn:aws:iam::000000000000:role/f', holder: 'f' })]),
    );
  });

  test.each(['sqs:GetQueueAttributes', 'sqs:DeleteMessage'])(
    'refuses to start when the role lacks %s',
    async (lacking) => {
      const denied = open(
        TAKES_ALL,
        {},
        {
          check: (_caller, action) => {
            if (action === lacking) throw new AwsError('AccessDeniedException', `not authorized to perform: ${action}`);
          },
        },
      );

      await expect(denied).rejects.toMatchObject({
        code: 'AccessDeniedException',
        message: expect.stringContaining(lacking),
      });
      world = await aWorld();
    },
  );

  test('says so when the role lacks sqs:ReceiveMessage', async () => {
    await open(
      TAKES_ALL,
      {},
      {
        check: (_caller, action) => {
          if (action === 'sqs:ReceiveMessage') throw new AwsError('AccessDeniedException', 'not authorized');
        },
      },
    );
    await settle();

    expect(world.said).toEqual([expect.stringMatching(/cannot receive from .*owed: AccessDeniedException/)]);
  });

  test('refuses a queue whose visibility timeout is shorter than the timeout of the function', async () => {
    const made = aWorld({
      resources: [aQueue('quick', { VisibilityTimeout: 5 }), aFunction('f'), aMapping('f', queueArn('quick'))],
      code: { f: TAKES_ALL },
    });

    await expect(made).rejects.toMatchObject({
      code: 'InvalidParameterValueException',
      message: expect.stringContaining('Queue visibility timeout: 5 seconds is less than Function timeout: 10 seconds'),
    });
    world = await aWorld();
  });

  test('waits for more within its window, which is not activity', async () => {
    await open(TAKES_ALL, { BatchSize: 20, MaximumBatchingWindowInSeconds: 5 });

    await sendAll([1, 2]);
    await settle();
    await sendAll([3]);
    await settle();
    const within = world.notes();
    await world.advance(5);

    expect(within).toEqual([]);
    expect(world.notes()).toEqual([[1, 2, 3]]);
    expect(await left()).toBe(0);
  });

  test('gathers a batch of more than one receive', async () => {
    await open(TAKES_ALL, { BatchSize: 15, MaximumBatchingWindowInSeconds: 5 });

    await sendAll([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    await sendAll([11, 12, 13, 14, 15, 16]);
    await world.advance(5);

    expect(world.notes()).toEqual([[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15], [16]]);
  });

  test('deletes unseen what its filter refuses', async () => {
    await open(TAKES_ALL, { FilterCriteria: { Filters: [{ Pattern: '{"body":{"n":[{"numeric":[">",1]}]}}' }] } });

    await sendAll([1, 2]);
    await world.aws.call(
      'sqs',
      'SendMessage',
      { QueueUrl: 'http://127.0.0.1:1/000000000000/owed', MessageBody: 'no JSON' },
      { kind: 'root' },
    );
    await settle();

    expect(world.notes()).toEqual([[2]]);
    expect(await left()).toBe(0);
  });

  test('never runs more batches at a time than its maximum concurrency', async () => {
    await open('let n = 0; exports.handler = async () => { await new Promise((d) => setTimeout(d, 20)); };', {
      BatchSize: 1,
      ScalingConfig: { MaximumConcurrency: 2 },
    });

    await sendAll([1, 2, 3, 4, 5, 6]);
    await settle();

    expect(world.lambda.stats().coldStarts.f).toBe(2);
    expect(world.meter.read().functions.f?.invocations).toBe(6);
  });

  test('takes a delayed message when its delay is over, which is a timer', async () => {
    await open(TAKES_ALL);

    await world.send('owed', { n: 1 }, { DelaySeconds: 30 });
    await world.advance(29);
    const before = world.notes();
    await world.advance(1);

    expect(before).toEqual([]);
    expect(world.notes()).toEqual([[1]]);
  });
});

describe('a failing queue batch', () => {
  test('comes back after the visibility timeout, not before', async () => {
    await open(
      `${NUMBERS}exports.handler = async (event) => { note(Date.now()); if (Date.now() < ${START + 60_000}) throw new Error('not yet'); };`,
    );

    await sendAll([1]);
    await world.advance(3600);

    expect(world.notes()).toEqual([START, START + 60_000]);
    expect(await left()).toBe(0);
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])(
    'of ten, with number %i bad and reported, does the nine once',
    async (bad) => {
      await open(BY_ITEM, REPORTS, { bad });

      await sendAll([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
      await world.advance(60);

      expect(world.notes()).toEqual([[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], [bad]]);
    },
  );

  test('without reports comes back whole', async () => {
    await open(
      BY_ITEM.replace('return', 'if (numbers(event).includes(Number(process.env.BAD))) throw new Error(); return'),
      {},
      { bad: 2 },
    );

    await sendAll([1, 2, 3]);
    await world.advance(60);

    expect(world.notes()).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ]);
  });

  test.each([1, 3, 5])('reaches the dead-letter queue after exactly %i receives', async (maxReceiveCount) => {
    await open(BY_ITEM, REPORTS, { bad: 1, maxReceiveCount });

    await sendAll([1, 2]);
    await world.advance(3600);

    expect(
      world
        .notes()
        .flat()
        .filter((n) => n === 1),
    ).toHaveLength(maxReceiveCount);
    expect(
      world
        .notes()
        .flat()
        .filter((n) => n === 2),
    ).toHaveLength(1);
    const [dead, ...more] = await world.receive('dead', { MessageSystemAttributeNames: ['All'] });
    expect(dead).toMatchObject({ Body: '{"n":1}', Attributes: { DeadLetterQueueSourceArn: queueArn('owed') } });
    expect(more).toEqual([]);
  });

  test('whose thread was killed comes back', async () => {
    await open(TAKES_ALL);
    world.faults.add([{ service: 'function', operation: 'f', kill: true, times: 1 }]);

    await sendAll([1]);
    await world.advance(60);

    expect(world.notes().at(-1)).toEqual([1]);
    expect(await left()).toBe(0);
    expect(world.meter.read().functions.f).toMatchObject({ invocations: 2, errors: 1 });
  });

  test('delivers doubled when it cannot be deleted, and in any order', async () => {
    await open(TAKES_ALL, { BatchSize: 1 });
    world.faults.add([{ service: 'sqs', operation: 'DeleteMessageBatch', error: 'ServiceUnavailable', times: 2 }]);

    await sendAll([1, 2, 3]);
    await world.advance(60);

    expect(world.notes()).toHaveLength(5);
    expect(new Set(world.notes().flat())).toEqual(new Set([1, 2, 3]));
    expect(await left()).toBe(0);
  });

  test('is received again when receiving fails for a while', async () => {
    await open(TAKES_ALL);
    await settle();
    world.faults.add([{ service: 'sqs', operation: 'ReceiveMessage', error: 'ServiceUnavailable', times: 2 }]);

    await sendAll([1]);
    await world.advance(3);

    expect(world.notes()).toEqual([[1]]);
    expect(world.said).toHaveLength(1);
  });
});

test('after a restart a mapping takes what was waiting, and what was in flight after its visibility timeout', async () => {
  const file = aFile();
  await open(
    "exports.handler = async () => { note('began'); await new Promise((done) => setTimeout(done, 5000)); };",
    { BatchSize: 1 },
    { file },
  );
  await sendAll([1]);
  await expect.poll(() => world.notes()).toHaveLength(1);
  await world.stop();

  await open(TAKES_ALL, { BatchSize: 1 }, { file });
  await settle();
  const atOnce = world.notes();
  await world.advance(60);

  expect(atOnce).toEqual([]);
  expect(world.notes()).toEqual([[1]]);
});
