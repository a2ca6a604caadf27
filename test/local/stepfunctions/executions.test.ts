import { expect, test } from 'vitest';
import { createKernel } from '../../../local/kernel/kernel.ts';
import type { TaskRunner } from '../../../local/stepfunctions/engine.ts';
import type { Answer } from '../../../local/stepfunctions/happening.ts';
import { isObject } from '../../../local/stepfunctions/json.ts';
import { decodeToken, encodeToken } from '../../../local/stepfunctions/token.ts';
import { aMachineResource, aService, NINE } from './a-service.ts';
import { FUNCTION_ARN, machine, WAIT_FOR_TOKEN } from './machines.ts';

const WAIT = machine({ Wait: { Type: 'Wait', Seconds: 60, Next: 'Done' }, Done: { Type: 'Succeed' } });
const AWAIT = machine({
  Await: {
    Type: 'Task',
    Resource: WAIT_FOR_TOKEN,
    Arguments: { Token: '{% $states.context.Task.Token %}' },
    TimeoutSeconds: 600,
    End: true,
  },
});
const DAY = 86_400_000;

const keepTokens = (): { tokens: string[]; runTask: TaskRunner } => {
  const tokens: string[] = [];
  return {
    tokens,
    runTask: async ({ token }) => {
      tokens.push(token ?? '');
      return { ok: true, result: {} };
    },
  };
};
const codes = (results: PromiseSettledResult<unknown>[]): string[] =>
  results.map((result) => (result.status === 'fulfilled' ? 'ok' : String(result.reason.code)));

test('100 parallel starts of one name with one input are one execution', async () => {
  const desk = aService();
  const stateMachineArn = await desk.create('m', WAIT);

  const starts = await Promise.all(
    Array.from({ length: 100 }, () => desk.call('StartExecution', { stateMachineArn, name: 'T-1', input: '{"a":1}' })),
  );

  expect(new Set(starts.map(({ executionArn }) => executionArn)).size).toBe(1);
  expect((await desk.call('ListExecutions', { stateMachineArn })).executions).toHaveLength(1);
});

test('a name is refused for another input, and after the end until 90 days have passed', async () => {
  const desk = aService();
  const stateMachineArn = await desk.create('m', WAIT);
  const start = (input: string) => desk.call('StartExecution', { stateMachineArn, name: 'T-1', input });
  await start('{}');

  const other = await start('{"b":1}').catch((error) => error.code);
  await desk.advance(60_000);
  const ended = await start('{}').catch((error) => error.code);
  await desk.advance(90 * DAY - 1);
  const kept = await start('{}').catch((error) => error.code);
  await desk.advance(1);
  const { startDate } = await start('{}');

  expect([other, ended, kept]).toEqual(Array(3).fill('ExecutionAlreadyExists'));
  expect(startDate).toBe((NINE + 60_000 + 90 * DAY) / 1000);
});

test.each(['', 'a b', 'T#1', 'a/b', 'a:b', 'x'.repeat(81), 'tab\t', 'a*'])(
  'the execution name %j is InvalidName',
  async (name) => {
    const desk = aService();
    const stateMachineArn = await desk.create('m', WAIT);

    await expect(desk.call('StartExecution', { stateMachineArn, name })).rejects.toMatchObject({ code: 'InvalidName' });
  },
);

test('of 20 parallel uses of one token one wins, the others are TaskTimedOut', async () => {
  const { tokens, runTask } = keepTokens();
  const desk = aService({ runTask });
  const stateMachineArn = await desk.create('m', AWAIT);
  await desk.call('StartExecution', { stateMachineArn, name: 'T-1' });
  await desk.settle();

  const uses = await Promise.allSettled(
    Array.from({ length: 20 }, (_, n) => desk.call('SendTaskSuccess', { taskToken: tokens[0], output: String(n) })),
  );

  expect(codes(uses).sort()).toEqual([...Array(19).fill('TaskTimedOut'), 'ok']);
  expect(desk.service.execution('T-1')?.output).toBe('0');
});

test('an invented token is InvalidToken, output that is not JSON is InvalidOutput', async () => {
  const { tokens, runTask } = keepTokens();
  const desk = aService({ runTask });
  const stateMachineArn = await desk.create('m', AWAIT);
  await desk.call('StartExecution', { stateMachineArn, name: 'T-1' });
  await desk.settle();

  const results = await Promise.allSettled([
    desk.call('SendTaskSuccess', { taskToken: 'invented', output: '{}' }),
    desk.call('SendTaskHeartbeat', { taskToken: 'bm90IGEgdG9rZW4' }),
    desk.call('SendTaskSuccess', { taskToken: tokens[0], output: 'bare text' }),
  ]);

  expect(codes(results)).toEqual(['InvalidToken', 'InvalidToken', 'InvalidOutput']);
});

test('the token of an earlier attempt is late, also while the next one waits', async () => {
  const { tokens, runTask } = keepTokens();
  const desk = aService({ runTask });
  const definition = machine({
    Await: {
      Type: 'Task',
      Resource: WAIT_FOR_TOKEN,
      Arguments: {},
      TimeoutSeconds: 60,
      Retry: [{ ErrorEquals: ['States.Timeout'], IntervalSeconds: 1 }],
      End: true,
    },
  });
  await desk.call('StartExecution', { stateMachineArn: await desk.create('m', definition), name: 'T-1' });
  await desk.advance(61_000);

  const uses = await Promise.allSettled([
    desk.call('SendTaskSuccess', { taskToken: tokens[0], output: '1' }),
    desk.call('SendTaskSuccess', { taskToken: tokens[1], output: '2' }),
  ]);

  expect(codes(uses)).toEqual(['TaskTimedOut', 'ok']);
  expect(desk.service.execution('T-1')?.output).toBe('2');
});

test('a token cannot be made from what is known of its task', async () => {
  const { tokens, runTask } = keepTokens();
  const desk = aService({ runTask });
  const { executionArn } = await desk.call('StartExecution', {
    stateMachineArn: await desk.create('m', AWAIT),
    name: 'T-1',
  });
  await desk.settle();
  const issued = decodeToken(tokens[0] ?? '');

  const forged = encodeToken({
    arn: String(executionArn),
    thread: issued?.thread ?? 0,
    attempt: issued?.attempt ?? 0,
    secret: 'a'.repeat(32),
  });
  const use = await desk.call('SendTaskSuccess', { taskToken: forged, output: '1' }).catch((error) => error.code);

  expect(use).toBe('TaskTimedOut');
  expect(desk.service.execution('T-1')?.status).toBe('RUNNING');
});

test('the late answer of an attempt that timed out is nobody’s', async () => {
  const answers: Array<(answer: Answer) => void> = [];
  const desk = aService({ runTask: () => new Promise((answer) => answers.push(answer)) });
  const definition = machine({
    Do: {
      Type: 'Task',
      Resource: FUNCTION_ARN,
      TimeoutSeconds: 60,
      Retry: [{ ErrorEquals: ['States.Timeout'], IntervalSeconds: 1 }],
      End: true,
    },
  });
  await desk.call('StartExecution', { stateMachineArn: await desk.create('m', definition), name: 'T-1' });
  // A task under way is activity, so time is moved past it by hand.
  for (const wait of [0, 60_000, 1_000]) {
    desk.kernel.clock.moveTo(desk.kernel.clock.now() + wait);
    desk.kernel.timers.fireDue();
    await new Promise((done) => setTimeout(done, 20));
  }

  answers[0]?.({ ok: true, result: 'first' });
  await new Promise((done) => setTimeout(done, 20));
  answers[1]?.({ ok: true, result: 'second' });
  await desk.settle();

  expect(answers).toHaveLength(2);
  expect(desk.service.execution('T-1')?.output).toBe('"second"');
});

test('after stop nothing is written any more', async () => {
  let answer: (answer: Answer) => void = () => undefined;
  const runTask: TaskRunner = () =>
    new Promise((done) => {
      answer = done;
    });
  const desk = aService({ runTask });
  const definition = machine({ Do: { Type: 'Task', Resource: FUNCTION_ARN, End: true } });
  await desk.call('StartExecution', { stateMachineArn: await desk.create('m', definition), name: 'T-1' });
  await new Promise((done) => setTimeout(done, 20));

  await desk.service.stop();
  answer({ ok: true, result: 1 });
  await desk.settle();

  expect(desk.service.execution('T-1')?.status).toBe('RUNNING');
});

test('a token settled before its call has answered ends the task', async () => {
  const desk = aService({
    runTask: async ({ token }) => {
      await desk.call('SendTaskSuccess', { taskToken: token, output: '"early"' });
      return { ok: true, result: { late: true } };
    },
  });
  const stateMachineArn = await desk.create('m', AWAIT);

  await desk.call('StartExecution', { stateMachineArn, name: 'T-1' });
  await desk.settle();

  expect(desk.service.execution('T-1')?.output).toBe('"early"');
});

test('a stopped execution is ABORTED, and its token is late', async () => {
  const { tokens, runTask } = keepTokens();
  const desk = aService({ runTask });
  const stateMachineArn = await desk.create('m', AWAIT);
  const { executionArn } = await desk.call('StartExecution', { stateMachineArn, name: 'T-1' });
  await desk.settle();

  await desk.call('StopExecution', { executionArn, error: 'Merged', cause: 'into T-2' });
  const late = await desk.call('SendTaskSuccess', { taskToken: tokens[0], output: '{}' }).catch((error) => error.code);

  expect(await desk.call('DescribeExecution', { executionArn })).toMatchObject({
    status: 'ABORTED',
    error: 'Merged',
    cause: 'into T-2',
  });
  expect(late).toBe('TaskTimedOut');
});

test('the history is paged, may be reversed, and hides data on request', async () => {
  const desk = aService();
  const stateMachineArn = await desk.create('m', WAIT);
  const { executionArn } = await desk.call('StartExecution', { stateMachineArn, name: 'T-1', input: '{"a":1}' });
  await desk.advance(60_000);

  const first = await desk.call('GetExecutionHistory', { executionArn, maxResults: 4 });
  const second = await desk.call('GetExecutionHistory', { executionArn, maxResults: 4, nextToken: first.nextToken });
  const reversed = await desk.call('GetExecutionHistory', {
    executionArn,
    reverseOrder: true,
    maxResults: 1,
    includeExecutionData: false,
  });

  expect(first.events).toMatchObject([
    {
      id: 1,
      previousEventId: 0,
      type: 'ExecutionStarted',
      executionStartedEventDetails: { input: '{"a":1}', inputDetails: { truncated: false } },
    },
    {
      id: 2,
      previousEventId: 0,
      type: 'WaitStateEntered',
      timestamp: NINE / 1000,
      stateEnteredEventDetails: { name: 'Wait', input: '{"a":1}' },
    },
    { id: 3, previousEventId: 2, type: 'WaitStateExited', timestamp: NINE / 1000 + 60 },
    { id: 4, previousEventId: 3, type: 'SucceedStateEntered' },
  ]);
  expect(second.nextToken).toBeUndefined();
  expect(reversed.events).toEqual([
    {
      id: 6,
      previousEventId: 5,
      type: 'ExecutionSucceeded',
      timestamp: NINE / 1000 + 60,
      executionSucceededEventDetails: {},
    },
  ]);
});

test('ListExecutions gives the latest first, by status, page by page', async () => {
  const desk = aService();
  const stateMachineArn = await desk.create('m', WAIT);
  for (const name of ['a', 'b', 'c']) await desk.call('StartExecution', { stateMachineArn, name });
  await desk.advance(60_000);
  await desk.call('StartExecution', { stateMachineArn, name: 'd' });

  const first = await desk.call('ListExecutions', { stateMachineArn, statusFilter: 'SUCCEEDED', maxResults: 2 });
  const second = await desk.call('ListExecutions', {
    stateMachineArn,
    statusFilter: 'SUCCEEDED',
    maxResults: 2,
    nextToken: first.nextToken,
  });
  const names = [first.executions, second.executions].flat().map((each) => isObject(each) && each.name);

  expect(names).toEqual(['c', 'b', 'a']);
  expect(second.nextToken).toBeUndefined();
});

test('a running execution keeps the definition it began with', async () => {
  const desk = aService();
  const stateMachineArn = await desk.create('m', WAIT);
  const { executionArn } = await desk.call('StartExecution', { stateMachineArn, name: 'old' });
  await desk.settle();

  await desk.call('UpdateStateMachine', {
    stateMachineArn,
    definition: machine({ Other: { Type: 'Pass', Output: 'new', End: true } }),
  });
  await desk.call('StartExecution', { stateMachineArn, name: 'new' });
  await desk.advance(60_000);

  expect(await desk.call('DescribeExecution', { executionArn })).toMatchObject({ status: 'SUCCEEDED', output: '{}' });
  expect((await desk.call('DescribeStateMachineForExecution', { executionArn })).definition).toBe(WAIT);
  expect(desk.service.execution('new')?.output).toBe('"new"');
});

test('names in Express are not checked; StartSyncExecution answers also for a failure', async () => {
  const desk = aService();
  const stateMachineArn = await desk.create('x', machine({ No: { Type: 'Fail', Error: 'Nope' } }), 'EXPRESS');

  const [a, b] = await Promise.all([
    desk.call('StartSyncExecution', { stateMachineArn, name: 'same' }),
    desk.call('StartSyncExecution', { stateMachineArn, name: 'same' }),
  ]);

  expect([a?.status, a?.error, b?.status]).toEqual(['FAILED', 'Nope', 'FAILED']);
  expect(a?.executionArn).not.toBe(b?.executionArn);
  expect(desk.service.executions({ machine: 'x' })).toHaveLength(2);
});

test('an Express execution ends after five minutes', async () => {
  const desk = aService();
  const stateMachineArn = await desk.create(
    'x',
    machine({ Wait: { Type: 'Wait', Seconds: 3600, End: true } }),
    'EXPRESS',
  );
  await desk.call('StartExecution', { stateMachineArn, name: 'slow' });

  await desk.advance(300_000);

  expect(desk.service.execution('slow')?.status).toBe('TIMED_OUT');
});

test('the meter counts states entered and retries of Standard machines, and starts of Express ones', async () => {
  const counted: unknown[] = [];
  const desk = aService({ meter: { transition: (...count) => counted.push(count) } });
  await desk.call('StartExecution', { stateMachineArn: await desk.create('m', WAIT), name: 'a' });
  await desk.call('StartExecution', {
    stateMachineArn: await desk.create(
      'x',
      machine({ One: { Type: 'Pass', Next: 'Two' }, Two: { Type: 'Succeed' } }),
      'EXPRESS',
    ),
  });

  await desk.advance(60_000);

  expect(counted).toEqual([
    ['x', 'EXPRESS', 1],
    ['m', 'STANDARD', 1],
    ['m', 'STANDARD', 1],
  ]);
});

test('start makes the template’s machines, with its substitutions; a changed one leaves running executions alone', async () => {
  const kernel = createKernel({ start: NINE, speed: 0 });
  const template = (text: string) =>
    aMachineResource('careline-local-escalation', {
      DefinitionString: machine({
        Wait: { Type: 'Wait', Seconds: 5, Next: 'Say' },
        Say: { Type: 'Pass', Output: text, End: true },
      }),
      DefinitionSubstitutions: { Word: 'a "word"' },
    });
  const first = aService({ kernel, resources: [template(`old $\{Word}`)] });
  await first.service.start();
  const stateMachineArn = template('').ref;
  await first.call('StartExecution', { stateMachineArn, name: 'before' });
  await first.settle();
  await first.service.stop();

  const second = aService({ kernel, resources: [template('new')] });
  await second.service.start();
  await second.call('StartExecution', { stateMachineArn, name: 'after' });
  await second.advance(5_000);

  expect(second.service.executions({ machine: 'escalation' })).toMatchObject([
    {
      name: 'before',
      machine: 'careline-local-escalation',
      status: 'SUCCEEDED',
      state: 'Say',
      startedAt: '2026-11-23T09:00:00.000Z',
    },
    { name: 'after', status: 'SUCCEEDED', stoppedAt: '2026-11-23T09:00:05.000Z' },
  ]);
  expect([second.service.execution('before')?.output, second.service.execution('after')?.output]).toEqual([
    '"old a \\"word\\""',
    '"new"',
  ]);
});

test('an execution whose history reaches 25,000 events fails', async () => {
  const desk = aService();
  const loop = machine({
    Again: { Type: 'Pass', Next: 'Forever?' },
    'Forever?': { Type: 'Choice', Choices: [{ Condition: true, Next: 'Again' }] },
  });
  await desk.call('StartExecution', { stateMachineArn: await desk.create('loop', loop), name: 'endless' });

  await desk.settle();

  const { status, cause, history } = desk.service.execution('endless') ?? {};
  expect([status, history?.length]).toEqual(['FAILED', 25_000]);
  expect(cause).toContain('maximum number of history events (25000)');
});

test('unknown operations and parameters are refused by name', async () => {
  const desk = aService();
  const stateMachineArn = await desk.create('m', WAIT);

  const operation = await desk.call('CreateActivity', { name: 'x' }).catch((error) => error);
  const parameter = await desk.call('StartExecution', { stateMachineArn, clientToken: 'x' }).catch((error) => error);

  expect([operation.code, parameter.code]).toEqual(Array(2).fill('NotSupportedByLocalRuntime'));
  expect([operation.message, parameter.message].join()).toMatch(/CreateActivity.*clientToken/);
});
