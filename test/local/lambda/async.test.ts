import { afterEach, describe, expect, test } from 'vitest';
import { aFile, aFunction, aQueue, aResource, aWorld, functionArn, queueArn, START, type World } from './world.ts';

let world: World;
afterEach(() => world.stop());

const FAILS = "exports.handler = async (event) => { note([event.n, Date.now()]); throw new TypeError('no'); };";
const HEALS =
  "exports.handler = async (event, c) => { note(c.awsRequestId); if (Date.now() < event.healsAt) throw new Error('not yet'); return 'well'; };";

const invokeConfig = (name: string, properties: Record<string, unknown>) =>
  aResource('AWS::Lambda::EventInvokeConfig', `${name}Config`, {
    FunctionName: name,
    Qualifier: '$LATEST',
    ...properties,
  });

const toQueue = (kind: 'OnFailure' | 'OnSuccess', arn = queueArn('parked')) => ({
  DestinationConfig: { [kind]: { Destination: arn } },
});

const emit = (name: string, event: unknown) => world.invoke(name, event, { InvocationType: 'Event' });

const parked = async (queue = 'parked'): Promise<unknown[]> =>
  (await world.receive(queue)).map(({ Body }): unknown => JSON.parse(String(Body)));

describe('an asynchronous event', () => {
  test('is answered at once and counts as activity until the function has run', async () => {
    world = await aWorld({
      resources: [aFunction('f')],
      code: { f: 'exports.handler = async (event) => note(event);' },
    });

    const { answer } = await emit('f', { n: 1 });
    await world.kernel.timeMachine.settle();

    expect(answer.StatusCode).toBe(202);
    expect(world.notes()).toEqual([{ n: 1 }]);
  });

  test('is tried again after one and after two more minutes, and then goes to the failure destination', async () => {
    world = await aWorld({
      resources: [aFunction('f'), invokeConfig('f', toQueue('OnFailure')), aQueue('parked')],
      code: { f: FAILS },
    });

    await emit('f', { n: 7 });
    await world.advance(59);
    const early = world.notes().length;
    await world.advance(600);

    expect(early).toBe(1);
    expect(world.notes()).toEqual([
      [7, START],
      [7, START + 60_000],
      [7, START + 180_000],
    ]);
    expect(await parked()).toEqual([
      {
        version: '1.0',
        timestamp: new Date(START + 180_000).toISOString(),
        requestContext: {
          requestId: expect.any(String),
          functionArn: `${functionArn('f')}:$LATEST`,
          condition: 'RetriesExhausted',
          approximateInvokeCount: 3,
        },
        requestPayload: { n: 7 },
        responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
        responsePayload: { errorType: 'TypeError', errorMessage: 'no', trace: expect.any(Array) },
      },
    ]);
  });

  test('that succeeds on a retry keeps its request id and is told to the success destination', async () => {
    world = await aWorld({
      resources: [aFunction('f'), invokeConfig('f', toQueue('OnSuccess')), aQueue('parked')],
      code: { f: HEALS },
    });

    await emit('f', { healsAt: START + 1000 });
    await world.advance(600);

    const [first, second, ...more] = world.notes();
    expect(second).toBe(first);
    expect(more).toEqual([]);
    expect(await parked()).toMatchObject([
      { requestContext: { condition: 'Success', approximateInvokeCount: 2 }, responsePayload: 'well' },
    ]);
  });

  test.each([0, 1])('is retried %i times if the function says so', async (MaximumRetryAttempts) => {
    world = await aWorld({
      resources: [aFunction('f'), invokeConfig('f', { MaximumRetryAttempts })],
      code: { f: FAILS },
    });

    await emit('f', {});
    await world.advance(3600);

    expect(world.notes()).toHaveLength(1 + MaximumRetryAttempts);
  });

  test('too old to be tried again goes to its destination', async () => {
    world = await aWorld({
      resources: [
        aFunction('f'),
        invokeConfig('f', { MaximumEventAgeInSeconds: 90, ...toQueue('OnFailure') }),
        aQueue('parked'),
      ],
      code: { f: FAILS },
    });

    await emit('f', {});
    await world.advance(3600);

    expect(world.notes()).toHaveLength(2);
    const [record] = await parked();
    expect(record).toMatchObject({ requestContext: { condition: 'EventAgeExceeded', approximateInvokeCount: 2 } });
    expect(record).not.toHaveProperty('responsePayload');
  });

  test('goes to the dead-letter queue of the function as it came, with the error beside it', async () => {
    world = await aWorld({
      resources: [aFunction('f', { DeadLetterConfig: { TargetArn: queueArn('dead') } }), aQueue('dead')],
      code: { f: FAILS },
    });

    await emit('f', { n: 1 });
    await world.advance(600);

    const [dead] = await world.receive('dead', { MessageAttributeNames: ['All'] });
    expect(JSON.parse(String(dead?.Body))).toEqual({ n: 1 });
    expect(dead?.MessageAttributes).toMatchObject({
      ErrorCode: { StringValue: '200' },
      ErrorMessage: { StringValue: 'no' },
      RequestID: {},
    });
  });

  test('is handed to a topic, a bus or a function as their destination', async () => {
    const arns = [
      'arn:aws:sns:us-east-1:000000000000:topic',
      'arn:aws:events:us-east-1:000000000000:event-bus/bus',
      functionArn('heir'),
    ];
    world = await aWorld({
      resources: [
        ...['a', 'b', 'c'].flatMap((name, at) => [
          aFunction(name),
          invokeConfig(name, { MaximumRetryAttempts: 0, ...toQueue('OnFailure', arns[at]) }),
        ]),
        aFunction('heir'),
      ],
      code: { a: FAILS, b: FAILS, c: FAILS, heir: 'exports.handler = async (event) => note(event.requestPayload);' },
      services: { sns: () => ({}), events: () => ({}) },
    });

    for (const name of ['a', 'b', 'c']) await emit(name, { from: name });
    await world.kernel.timeMachine.settle();

    const call = (service: string) => world.calls.find((one) => one.service === service);
    expect(call('sns')?.input).toMatchObject({ TopicArn: arns[0], Message: expect.stringContaining('"from":"a"') });
    expect(call('sns')?.caller).toEqual({ kind: 'role', roleArn: 'arn:aws:iam::000000000000:role/a', holder: 'a' });
    expect(call('events')?.input).toMatchObject({
      Entries: [{ EventBusName: arns[1], Source: 'lambda', DetailType: 'Lambda Function Invocation Result - Failure' }],
    });
    expect(world.notes()).toContainEqual({ from: 'c' });
  });

  test('is handed to its destination again when the destination fails for a while', async () => {
    world = await aWorld({
      resources: [
        aFunction('f'),
        invokeConfig('f', { MaximumRetryAttempts: 0, ...toQueue('OnFailure') }),
        aQueue('parked'),
      ],
      code: { f: FAILS },
    });
    world.faults.add([{ service: 'sqs', operation: 'SendMessage', error: 'ServiceUnavailable', times: 3 }]);

    await emit('f', {});
    await world.advance(60);

    expect(await parked()).toHaveLength(1);
    expect(world.said).toEqual([]);
  });

  test('whose destination refuses it is spoken of', async () => {
    world = await aWorld({
      resources: [
        aFunction('f'),
        invokeConfig('f', { MaximumRetryAttempts: 0, ...toQueue('OnFailure', queueArn('nowhere')) }),
      ],
      code: { f: FAILS },
    });

    await emit('f', {});
    await world.kernel.timeMachine.settle();

    expect(world.said).toEqual([
      expect.stringMatching(/^f: its destination .*nowhere took nothing: QueueDoesNotExist/),
    ]);
  });

  test('of more than 1 MB is refused', async () => {
    world = await aWorld({ resources: [aFunction('f')], code: { f: 'exports.handler = async () => 1;' } });

    await expect(emit('f', 'x'.repeat(1_048_576))).rejects.toMatchObject({ code: 'RequestEntityTooLargeException' });
  });

  test('waits while the function may not run at all, and goes to its destination when too old', async () => {
    world = await aWorld({
      resources: [
        aFunction('f', { ReservedConcurrentExecutions: 0 }),
        invokeConfig('f', toQueue('OnFailure')),
        aQueue('parked'),
      ],
      code: { f: FAILS },
    });

    await emit('f', {});
    await world.advance(7 * 3600);

    expect(world.notes()).toEqual([]);
    expect(await parked()).toMatchObject([
      { requestContext: { condition: 'EventAgeExceeded', approximateInvokeCount: 0 } },
    ]);
  });
});

describe('after a restart', () => {
  test('an event that was accepted but not done runs', async () => {
    const file = aFile();
    const options = {
      file,
      resources: [aFunction('f')],
      code: { f: 'exports.handler = async (event) => note(event);' },
    };
    world = await aWorld(options);
    await emit('f', { n: 1 });
    await world.stop();

    world = await aWorld(options);
    await world.kernel.timeMachine.settle();

    expect(world.notes()).toEqual([{ n: 1 }]);
  });

  test('an event that was done, or given up, does not run again', async () => {
    const file = aFile();
    const options = {
      file,
      resources: [aFunction('good'), aFunction('bad')],
      code: { good: 'exports.handler = async () => note(1);', bad: FAILS },
    };
    world = await aWorld(options);
    await emit('good', {});
    await emit('bad', {});
    await world.advance(600);
    await world.stop();

    world = await aWorld(options);
    await world.advance(600);

    expect(world.notes()).toEqual([]);
  });

  test('a retry keeps its place and its count', async () => {
    const file = aFile();
    const options = { file, resources: [aFunction('f')], code: { f: FAILS } };
    world = await aWorld(options);
    await emit('f', { n: 1 });
    await world.advance(70);
    await world.stop();

    world = await aWorld(options);
    await world.kernel.timeMachine.settle();
    const before = world.notes().length;
    await world.advance(3600);

    expect(before).toBe(0);
    expect(world.notes()).toEqual([[1, START + 180_000]]);
  });
});
