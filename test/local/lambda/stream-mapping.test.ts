import { afterEach, describe, expect, test } from 'vitest';
import {
  aFile,
  aFunction,
  aMapping,
  aQueue,
  aResource,
  aWorld,
  FakeChangeLog,
  functionArn,
  queueArn,
  START,
  STREAM,
  type World,
  type WorldOptions,
} from './world.ts';

let world: World;
afterEach(() => world.stop());

const table = aResource(
  'AWS::DynamoDB::GlobalTable',
  'Desk',
  {
    KeySchema: [
      { AttributeName: 'PK', KeyType: 'HASH' },
      { AttributeName: 'SK', KeyType: 'RANGE' },
    ],
  },
  { StreamArn: STREAM },
);

const NUMBERS = 'const numbers = (event) => event.Records.map((r) => Number(r.dynamodb.NewImage.n.N));\n';
/** Notes each batch; fails as a whole if it holds the bad number. */
const ALL_OR_NOTHING = `${NUMBERS}exports.handler = async (event) => { note(numbers(event)); if (numbers(event).includes(Number(process.env.BAD))) throw new Error('bad'); };`;
/** Notes each batch; names the bad record. */
const BY_ITEM = `${NUMBERS}exports.handler = async (event) => { note(numbers(event)); return { batchItemFailures: event.Records.filter((r) => r.dynamodb.NewImage.n.N === process.env.BAD).map((r) => ({ itemIdentifier: r.dynamodb.SequenceNumber })) }; };`;

const open = async (
  code: string,
  mapping: Record<string, unknown> = {},
  more: Partial<WorldOptions> & { bad?: number } = {},
) => {
  const { bad, ...options } = more;
  world = await aWorld({
    code: { f: code },
    resources: [
      ...[table, aQueue('parked')],
      aFunction('f', { Environment: { Variables: { BAD: String(bad ?? '') } } }),
      aMapping('f', STREAM, { StartingPosition: 'TRIM_HORIZON', ...mapping }),
    ],
    ...options,
  });
  return world;
};

const REPORTS = { FunctionResponseTypes: ['ReportBatchItemFailures'] };
const PARKS = { DestinationConfig: { OnFailure: { Destination: queueArn('parked') } } };
const changes = (...numbers: number[]) => numbers.map((n) => ({ pk: 'T', n }));
const settle = () => world.kernel.timeMachine.settle();

describe('a stream mapping', () => {
  test('hands a batch over again when its answer was lost, and goes on behind it', async () => {
    await open(ALL_OR_NOTHING, { BatchSize: 2 });
    world.faults.add([{ service: 'streams', operation: 'f', twice: true, times: 1 }]);

    world.changes.write(...changes(1, 2, 3));
    await settle();

    expect(world.notes()).toEqual([[1, 2], [1, 2], [3]]);
  });

  test('hands over changes in batches, in order, as soon as they are written', async () => {
    await open(ALL_OR_NOTHING, { BatchSize: 2 });

    world.changes.write(...changes(1, 2, 3));
    await settle();

    expect(world.notes()).toEqual([[1, 2], [3]]);
  });

  test('hands over the record as AWS shapes it', async () => {
    await open('exports.handler = async (event) => note(event);');

    world.changes.write(...changes(1));
    await settle();

    expect(world.notes()).toEqual([{ Records: [world.changes.records[0]] }]);
  });

  test('cuts a batch whose event would be too large for an invocation', async () => {
    await open('exports.handler = async (event) => note(event.Records.length);');

    world.changes.write(...[1, 2, 3].map((n) => ({ pk: 'x'.repeat(1_400_000), n })));
    await settle();

    expect(world.notes()).toEqual([2, 1]);
  });

  test('feeds nothing to a function that may not run', async () => {
    world = await aWorld({
      code: { f: ALL_OR_NOTHING },
      resources: [
        aFunction('f', { ReservedConcurrentExecutions: 0 }),
        aMapping('f', STREAM, { StartingPosition: 'LATEST' }),
      ],
    });

    world.changes.write(...changes(1));
    await settle();

    expect(world.notes()).toEqual([]);
  });

  test('starts at the end of the stream if told so, and at the beginning otherwise', async () => {
    const log = new FakeChangeLog(() => START);
    log.write(...changes(1));

    await open(ALL_OR_NOTHING, { StartingPosition: 'LATEST' }, { changes: log });
    log.write(...changes(2));
    await settle();
    const fromTheEnd = world.notes();
    await world.stop();
    await open(ALL_OR_NOTHING, {}, { changes: log });
    await settle();

    expect(fromTheEnd).toEqual([[2]]);
    expect(world.notes()).toEqual([[1, 2]]);
  });

  test('waits for more within its window, which is not activity', async () => {
    await open(ALL_OR_NOTHING, { BatchSize: 3, MaximumBatchingWindowInSeconds: 20 });

    world.changes.write(...changes(1));
    await world.advance(19);
    world.changes.write(...changes(2));
    await settle();
    const within = world.notes();
    await world.advance(1);
    world.changes.write(...changes(3, 4, 5));
    await settle();

    expect(within).toEqual([]);
    expect(world.notes()).toEqual([
      [1, 2],
      [3, 4, 5],
    ]);
  });

  test('skips what its filter refuses', async () => {
    await open(ALL_OR_NOTHING, {
      FilterCriteria: {
        Filters: [
          { Pattern: '{"eventName":["REMOVE"]}' },
          { Pattern: '{"dynamodb":{"Keys":{"PK":{"S":[{"prefix":"X"}]}}}}' },
        ],
      },
    });

    world.changes.write({ pk: 'T', n: 1 }, { pk: 'XY', n: 2 }, { pk: 'T', n: 3, eventName: 'REMOVE' });
    await settle();

    expect(world.notes()).toEqual([[2, 3]]);
  });

  test('begins no batch of a key before the one ahead of it has ended', async () => {
    const code = `${NUMBERS}exports.handler = async (event) => { note(numbers(event)); await new Promise((done) => setTimeout(done, 100)); note('end'); };`;
    await open(code, { ParallelizationFactor: 2 });

    world.changes.write(...changes(1));
    await expect.poll(() => world.notes()).toEqual([[1]]);
    world.changes.write(...changes(2));
    await settle();

    expect(world.notes()).toEqual([[1], 'end', [2], 'end']);
    expect(world.lambda.stats().coldStarts.f).toBe(1);
  });

  test('keeps the order of a partition key and lets another key pass a failing one', async () => {
    const code = `${NUMBERS}exports.handler = async (event) => { note(numbers(event)); if (event.Records[0].dynamodb.Keys.PK.S === 'a' && Date.now() === ${START}) throw new Error('not yet'); };`;
    await open(code, { ParallelizationFactor: 10, BatchSize: 1 });

    world.changes.write({ pk: 'a', n: 1 }, { pk: 'b', n: 2 }, { pk: 'a', n: 3 }, { pk: 'b', n: 4 });
    await settle();
    const atOnce = world.notes().flat();
    await world.advance(10);

    expect(atOnce.toSorted()).toEqual([1, 2, 4]);
    expect(world.notes().flat().slice(3)).toEqual([1, 3]);
  });
});

describe('a failing stream batch', () => {
  test('is tried again until it succeeds, with growing waits that are not activity', async () => {
    const code =
      'exports.handler = async (event) => { note(Date.now()); if (Date.now() < ' +
      (START + 1250) +
      ") throw new Error('not yet'); };";
    await open(code);

    world.changes.write(...changes(1));
    await settle();
    const first = world.notes().length;
    await world.advance(60);

    expect(first).toBe(1);
    expect(world.notes()).toEqual([START, START + 250, START + 750, START + 1750]);
  });

  test('comes again from the first failed record on, the others once', async () => {
    await open(BY_ITEM, { ...REPORTS, MaximumRetryAttempts: 2, ...PARKS }, { bad: 3 });

    world.changes.write(...changes(1, 2, 3, 4));
    await world.advance(60);

    expect(world.notes()).toEqual([
      [1, 2, 3, 4],
      [3, 4],
      [3, 4],
    ]);
  });

  test('is halved until the poisoned record is alone, which is told to the failure destination', async () => {
    await open(ALL_OR_NOTHING, { BisectBatchOnFunctionError: true, MaximumRetryAttempts: 1, ...PARKS }, { bad: 3 });

    world.changes.write(...changes(1, 2, 3, 4));
    await world.advance(60);

    expect(world.notes()).toEqual([[1, 2, 3, 4], [1, 2], [3, 4], [3], [3], [4]]);
    const [parked] = await world.receive('parked');
    expect(JSON.parse(String(parked?.Body))).toEqual({
      requestContext: {
        requestId: expect.any(String),
        functionArn: functionArn('f'),
        condition: 'RetryAttemptsExhausted',
        approximateInvokeCount: 2,
      },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      version: '1.0',
      timestamp: new Date(START + 250).toISOString(),
      DDBStreamBatchInfo: {
        shardId: expect.stringMatching(/^shardId-/),
        startSequenceNumber: '1003',
        endSequenceNumber: '1003',
        approximateArrivalOfFirstRecord: new Date(START).toISOString(),
        approximateArrivalOfLastRecord: new Date(START).toISOString(),
        batchSize: 1,
        streamArn: STREAM,
      },
    });
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])(
    'of ten, with number %i bad and reported, does the nine once',
    async (bad) => {
      await open(BY_ITEM, { ...REPORTS, BisectBatchOnFunctionError: true, MaximumRetryAttempts: 0, ...PARKS }, { bad });

      world.changes.write(...changes(1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
      await world.advance(60);

      const lastAttempts = world.notes().flatMap((batch) => (Array.isArray(batch) ? batch : []));
      expect(new Set(lastAttempts)).toEqual(new Set([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]));
      expect(lastAttempts.filter((n) => n < bad)).toHaveLength(bad - 1);
      expect(await world.receive('parked')).toHaveLength(1);
    },
  );

  test('too old is told to the failure destination and given up', async () => {
    await open(ALL_OR_NOTHING, { MaximumRecordAgeInSeconds: 60, ...PARKS }, { bad: 1 });

    world.changes.write(...changes(1));
    await world.advance(3600);

    const [parked] = await world.receive('parked');
    expect(JSON.parse(String(parked?.Body))).toMatchObject({ requestContext: { condition: 'RecordAgeExceeded' } });
    expect(world.notes().length).toBeLessThan(10);
  });

  test.each([
    ['names an unknown record', "({ batchItemFailures: [{ itemIdentifier: '7' }] })"],
    ['names nothing', "({ batchItemFailures: [{ itemIdentifier: '' }] })"],
    ['misspells the key', "({ batchItemFailures: [{ id: '1001' }] })"],
  ])('is a failure of all when the answer %s', async (_title, answer) => {
    await open(`${NUMBERS}exports.handler = async (event) => { note(numbers(event)); return ${answer}; };`, {
      ...REPORTS,
      MaximumRetryAttempts: 1,
    });

    world.changes.write(...changes(1, 2));
    await world.advance(60);

    expect(world.notes()).toEqual([
      [1, 2],
      [1, 2],
    ]);
  });

  test('runs again after its thread was killed', async () => {
    await open(ALL_OR_NOTHING);
    world.faults.add([{ service: 'function', operation: 'f', kill: true, times: 1 }]);

    world.changes.write(...changes(1, 2));
    await world.advance(10);

    expect(world.notes().at(-1)).toEqual([1, 2]);
    expect(world.meter.read().functions.f).toMatchObject({ invocations: 2, errors: 1 });
  });
});

describe('after a restart', () => {
  test('a mapping goes on behind what was done and repeats what was not', async () => {
    const file = aFile();
    const log = new FakeChangeLog(() => START);
    const code = `${NUMBERS}exports.handler = async (event) => { note(numbers(event)); if (numbers(event).includes(3)) await new Promise((done) => setTimeout(done, 5000)); };`;
    await open(code, { BatchSize: 2 }, { file, changes: log });
    log.write(...changes(1, 2));
    await settle();
    log.write(...changes(3));
    await expect.poll(() => world.notes()).toContainEqual([3]);
    await world.stop();

    await open(ALL_OR_NOTHING, { BatchSize: 2 }, { file, changes: log });
    await settle();

    expect(world.notes()).toEqual([[3]]);
  });
});

test('after a restart a mapping repeats what stood behind a record that was done, though read with it', async () => {
  const file = aFile();
  const log = new FakeChangeLog(() => START);
  const code = `${NUMBERS}exports.handler = async (event) => { note(numbers(event)); if (numbers(event).includes(2)) await new Promise((done) => setTimeout(done, 5000)); };`;
  await open(code, { BatchSize: 1 }, { file, changes: log });
  log.write(...changes(1, 2));
  await expect.poll(() => world.notes()).toContainEqual([2]);
  await world.stop();

  await open(ALL_OR_NOTHING, { BatchSize: 1 }, { file, changes: log });
  await settle();

  expect(world.notes()).toContainEqual([2]);
});

test('after a restart a mapping does not repeat a batch that was done in part and then given up', async () => {
  const file = aFile();
  const log = new FakeChangeLog(() => START);
  await open(BY_ITEM, { ...REPORTS, MaximumRetryAttempts: 0 }, { file, changes: log, bad: 3 });
  log.write(...changes(1, 2, 3));
  await settle();
  await world.stop();

  await open(BY_ITEM, { ...REPORTS, MaximumRetryAttempts: 0 }, { file, changes: log, bad: 3 });
  await settle();

  expect(world.notes()).toEqual([]);
});

describe('a mapping is refused at the start', () => {
  const started = (mapping: Record<string, unknown>, source = STREAM) =>
    aWorld({ code: { f: '' }, resources: [aFunction('f'), aMapping('f', source, mapping)] });

  test.each([
    [
      'an unknown property',
      { StartingPosition: 'LATEST', TumblingWindowInSeconds: 5 },
      STREAM,
      'NotSupportedByLocalRuntime',
    ],
    [
      'an unknown source',
      { StartingPosition: 'LATEST' },
      'arn:aws:kinesis:us-east-1:000000000000:stream/x',
      'NotSupportedByLocalRuntime',
    ],
    ['no starting position', {}, STREAM, 'InvalidParameterValueException'],
    [
      'a stream that is not there',
      { StartingPosition: 'LATEST' },
      STREAM.replace('Desk', 'Other'),
      'InvalidParameterValueException',
    ],
    [
      'a bad pattern',
      { StartingPosition: 'LATEST', FilterCriteria: { Filters: [{ Pattern: '{"a":"b"}' }] } },
      STREAM,
      'InvalidEventPatternException',
    ],
    ['a stream property on a queue', { StartingPosition: 'LATEST' }, queueArn('q'), 'InvalidParameterValueException'],
  ])('for %s', async (_title, mapping, source, code) => {
    await expect(started(mapping, source)).rejects.toMatchObject({ code });
    world = await aWorld();
  });

  test('when it is switched off nothing is read', async () => {
    await open(ALL_OR_NOTHING, { Enabled: false });

    world.changes.write(...changes(1));
    await settle();

    expect(world.notes()).toEqual([]);
  });
});
