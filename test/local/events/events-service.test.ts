import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { EventsService } from '../../../local/events/events-service.ts';
import type { Deployment } from '../../../local/template/contract.ts';
import { aDeployment, aFake, aRig, bodyOf, type Rig, sdk } from '../edge/rig.ts';

const RULE = 'arn:aws:events:us-east-1:000000000000:rule/fate';
const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:f';
const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:q';

const aRule = (properties: Record<string, unknown>) => ({
  type: 'AWS::Events::Rule',
  ref: 'fate',
  attributes: { Arn: RULE },
  properties: { Name: 'fate', State: 'ENABLED', ...properties },
});

const aQueue = { type: 'AWS::SQS::Queue', ref: 'http://127.0.0.1/q', attributes: { Arn: QUEUE }, properties: {} };

const start = async (rig: Rig, deployment: Deployment) => {
  const lambda = aFake('lambda', ['Invoke']);
  const sqs = aFake('sqs', ['SendMessage']);
  const events = new EventsService({ kernel: rig.kernel, aws: rig.aws, deployment, say: rig.say });
  for (const each of [events, lambda, sqs]) rig.aws.register(each);
  await events.start();
  return { lambda, sqs, events };
};

const entry = (over: Record<string, unknown> = {}) => ({
  Source: 'desk',
  DetailType: 'Late',
  Detail: '{"id":"T-1"}',
  ...over,
});

describe('events by the SDK', () => {
  let rig: Rig;

  beforeEach(() => {
    rig = aRig();
  });

  afterEach(() => rig.close());

  const put = async (...Entries: Record<string, unknown>[]) =>
    new EventBridgeClient(sdk(await rig.serve())).send(new PutEventsCommand({ Entries }));

  test('a matching event reaches the function as the rule, an unlike one does not', async () => {
    const pattern = { source: ['desk'], detail: { id: [{ prefix: 'T-' }] } };
    const { lambda } = await start(
      rig,
      aDeployment(aRule({ EventPattern: pattern, Targets: [{ Id: 'a', Arn: FUNCTION }] })),
    );

    const answer = await put(entry(), entry({ Detail: '{"id":"X-1"}' }), entry({ Source: 'other' }));
    await rig.kernel.timeMachine.settle();

    expect(answer.FailedEntryCount).toBe(0);
    expect(lambda.calls).toHaveLength(1);
    expect(lambda.calls[0]?.caller).toEqual({ kind: 'service', principal: 'events.amazonaws.com', sourceArn: RULE });
    expect(bodyOf(lambda.calls[0])).toEqual({
      version: '0',
      id: answer.Entries?.[0]?.EventId,
      'detail-type': 'Late',
      source: 'desk',
      account: '000000000000',
      time: '2026-11-22T09:00:00Z',
      region: 'us-east-1',
      resources: [],
      detail: { id: 'T-1' },
    });
  });

  test('bad entries fail alone; an entry may not speak for AWS', async () => {
    const { events } = await start(rig, aDeployment());

    const answer = await put(
      entry(),
      entry({ Detail: 'no' }),
      entry({ Source: undefined }),
      entry({ Source: 'aws.ses' }),
    );

    expect(answer.FailedEntryCount).toBe(3);
    expect(answer.Entries?.map(({ ErrorCode }) => ErrorCode)).toEqual([
      undefined,
      'MalformedDetail',
      'InvalidArgument',
      'NotAuthorizedForSource',
    ]);
    expect(events.list()).toHaveLength(1);
  });

  test.each([
    ['more than ten entries', Array.from({ length: 11 }, () => entry()), 'ValidationException'],
    ['more than 256 KB', [entry({ Detail: JSON.stringify({ x: 'x'.repeat(256 * 1024) }) })], 'ValidationException'],
    ['an unknown bus', [entry({ EventBusName: 'none' })], 'ResourceNotFoundException'],
  ])('%s are refused as a whole', async (_, entries, name) => {
    await start(rig, aDeployment());

    const answer = put(...entries);

    await expect(answer).rejects.toMatchObject({ name });
  });

  test('a target that fails for a time is tried again on the virtual clock', async () => {
    const { lambda } = await start(
      rig,
      aDeployment(aRule({ EventPattern: { source: ['desk'] }, Targets: [{ Id: 'a', Arn: FUNCTION }] })),
    );
    rig.faults.add([{ service: 'lambda', error: 'TooManyRequestsException', times: 3 }]);

    await put(entry());
    await rig.kernel.timeMachine.settle();
    const atFirst = lambda.calls.length;
    await rig.kernel.timeMachine.moveTo(rig.kernel.clock.now() + 600_000);

    expect(atFirst).toBe(0);
    expect(lambda.calls).toHaveLength(1);
  });

  test('what cannot be delivered goes to the dead-letter queue with the reason', async () => {
    const target = { Id: 'a', Arn: FUNCTION, DeadLetterConfig: { Arn: QUEUE } };
    const { sqs } = await start(
      rig,
      aDeployment(aQueue, aRule({ EventPattern: { source: ['desk'] }, Targets: [target] })),
    );
    rig.faults.add([{ service: 'lambda', error: 'AccessDeniedException' }]);

    await put(entry());
    await rig.kernel.timeMachine.settle();

    expect(JSON.parse(String(sqs.calls[0]?.input.MessageBody))).toMatchObject({ detail: { id: 'T-1' } });
    expect(sqs.calls[0]?.input.MessageAttributes).toMatchObject({
      RULE_ARN: { StringValue: RULE },
      TARGET_ARN: { StringValue: FUNCTION },
      ERROR_CODE: { StringValue: 'AccessDeniedException' },
    });
    expect(rig.said.join()).toContain('AccessDeniedException');
  });

  test('a retry policy ends the tries', async () => {
    const target = { Id: 'a', Arn: FUNCTION, RetryPolicy: { MaximumRetryAttempts: 2 } };
    await start(rig, aDeployment(aRule({ EventPattern: { source: ['desk'] }, Targets: [target] })));
    rig.faults.add([{ service: 'lambda', error: 'ServiceException' }]);

    await put(entry());
    await rig.kernel.timeMachine.moveTo(rig.kernel.clock.now() + 86_400_000);

    expect(rig.said).toEqual([expect.stringContaining('not delivered')]);
  });

  test('a scheduled rule fires at its times with a scheduled event', async () => {
    const rule = aRule({ ScheduleExpression: 'rate(1 hour)', Targets: [{ Id: 'a', Arn: FUNCTION }] });
    const { lambda } = await start(rig, aDeployment(rule));

    await rig.kernel.timeMachine.moveTo(rig.kernel.clock.now() + 3 * 3_600_000);

    expect(lambda.calls.map((call) => bodyOf(call).time)).toEqual([
      '2026-11-22T10:00:00Z',
      '2026-11-22T11:00:00Z',
      '2026-11-22T12:00:00Z',
    ]);
    expect(bodyOf(lambda.calls[0])).toMatchObject({
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      resources: [RULE],
    });
  });

  test('a disabled rule does nothing, and a target the runtime lacks is said', async () => {
    const logs = 'arn:aws:logs:us-east-1:000000000000:log-group:/aws/events/x';
    const { lambda } = await start(
      rig,
      aDeployment(
        aRule({ State: 'DISABLED', EventPattern: { source: ['desk'] }, Targets: [{ Id: 'a', Arn: FUNCTION }] }),
        aRule({ EventPattern: { source: ['desk'] }, Targets: [{ Id: 'a', Arn: logs }] }),
      ),
    );

    await put(entry());
    await rig.kernel.timeMachine.settle();

    expect(lambda.calls).toHaveLength(0);
    expect(rig.said.join()).toContain(logs);
  });
});

test('an event that a service still owes from before a restart finds its rules before the bus has started', async () => {
  const rig = aRig();
  const lambda = aFake('lambda', ['Invoke']);
  const deployment = aDeployment(
    aRule({ EventPattern: { source: ['aws.ses'] }, Targets: [{ Id: 'a', Arn: FUNCTION }] }),
  );
  for (const each of [new EventsService({ kernel: rig.kernel, aws: rig.aws, deployment, say: rig.say }), lambda]) {
    rig.aws.register(each);
  }

  const owed = { Entries: [entry({ Source: 'aws.ses' })] };
  await rig.aws.call('events', 'PutEvents', owed, { kind: 'service', principal: 'ses.amazonaws.com' });
  await rig.kernel.timeMachine.settle();

  expect(lambda.calls).toHaveLength(1);
  await rig.close();
});

test('an accepted event whose delivery a crash cut off is delivered after the restart', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'events-'));
  const file = join(directory, 'store.db');
  const deployment = aDeployment(aRule({ EventPattern: { source: ['desk'] }, Targets: [{ Id: 'a', Arn: FUNCTION }] }));
  const before = aRig(file);
  const first = await start(before, deployment);
  await before.aws.call('events', 'PutEvents', { Entries: [entry()] }, { kind: 'root' });
  await first.events.stop();
  before.kernel.store.close();

  const after = aRig(file);
  const { lambda, events } = await start(after, deployment);
  await after.kernel.timeMachine.settle();

  expect(lambda.calls).toHaveLength(1);
  expect(events.list()).toHaveLength(1);
  await after.close();
  rmSync(directory, { recursive: true });
});
