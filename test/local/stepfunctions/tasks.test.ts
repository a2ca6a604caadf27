import { expect, test } from 'vitest';
import { FUNCTION_ARN, run, WAIT_FOR_TOKEN } from './machines.ts';

const invoke = (more: Record<string, unknown>) => ({
  Work: {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Arguments: { FunctionName: FUNCTION_ARN, Payload: { id: '{% $states.input.id %}' } },
    End: true,
    ...more,
  },
});
const caught = { Caught: { Type: 'Pass', Output: { in: '{% $states.input %}' }, End: true } };

test('lambda:invoke gives Task events and the payload in its envelope', async () => {
  const { output, events } = await run(
    invoke({ Output: '{% $states.result.Payload %}' }),
    { id: 7 },
    { Work: { returns: { ok: true } } },
  );

  expect(output).toEqual({ ok: true });
  expect(events).toEqual([
    'ExecutionStarted',
    'TaskStateEntered',
    'TaskScheduled',
    'TaskStarted',
    'TaskSucceeded',
    'TaskStateExited',
    'ExecutionSucceeded',
  ]);
});

test('a bare function ARN gives LambdaFunction events and the raw result', async () => {
  const states = { Work: { Type: 'Task', Resource: FUNCTION_ARN, Arguments: { a: 1 }, End: true } };

  const { output, events } = await run(states, {}, { Work: { returns: 'text' } });

  expect(output).toBe('text');
  expect(events.slice(2, 5)).toEqual(['LambdaFunctionScheduled', 'LambdaFunctionStarted', 'LambdaFunctionSucceeded']);
});

test('Retry waits interval times backoff, at most the longest delay, then gives up to Catch', async () => {
  const states = {
    ...invoke({
      Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 2, BackoffRate: 3, MaxDelaySeconds: 10, MaxAttempts: 3 }],
      Catch: [{ ErrorEquals: ['Busy'], Next: 'Caught' }],
    }),
    ...caught,
  };
  const at = await run(states, { id: 1 }, { Work: { throws: { error: 'Busy', cause: 'full' } } });

  const attempts = [at.calls('Work').length];
  for (const step of ['PT2S', 'PT6S', 'PT10S']) {
    await at.advance(step);
    attempts.push(at.calls('Work').length);
  }

  expect(attempts).toEqual([1, 2, 3, 4]);
  expect(at.output).toEqual({ in: { Error: 'Busy', Cause: 'full' } });
});

test('each retrier counts for itself', async () => {
  const states = invoke({
    Retry: [
      { ErrorEquals: ['A'], IntervalSeconds: 1, MaxAttempts: 1 },
      { ErrorEquals: ['B'], IntervalSeconds: 1, MaxAttempts: 1 },
    ],
  });
  const fail = (error: string) => ({ throws: { error } });
  const at = await run(states, { id: 1 }, { Work: [fail('A'), fail('B'), fail('A')] });

  await at.advance('PT1M');

  expect(at.calls('Work')).toHaveLength(3);
  expect(at.error).toBe('A');
});

test('entering a state again gives it all its retries', async () => {
  const states = {
    ...invoke({ Retry: [{ ErrorEquals: ['A'], IntervalSeconds: 1, MaxAttempts: 1 }], Next: 'Again', End: undefined }),
    Again: {
      Type: 'Choice',
      Choices: [{ Condition: '{% $states.input.Payload %}', Next: 'Work', Output: { id: 2 } }],
      Default: 'Done',
    },
    Done: { Type: 'Succeed' },
  };
  const busy = { throws: { error: 'A' } };
  const at = await run(states, { id: 1 }, { Work: [busy, { returns: true }, busy, { returns: false }] });

  await at.advance('PT1M');

  expect([at.status, at.calls('Work').length]).toEqual(['SUCCEEDED', 4]);
});

test('MaxAttempts 0 never retries', async () => {
  const states = invoke({ Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 0 }] });

  const { status, error } = await run(states, { id: 1 }, { Work: { throws: { error: 'Broken' } } });

  expect([status, error]).toEqual(['FAILED', 'Broken']);
});

test('the output of a Catch is the next input and makes no variable; only Assign does', async () => {
  const states = {
    ...invoke({
      Catch: [
        {
          ErrorEquals: ['Broken'],
          Next: 'Caught',
          Output: { why: '{% $states.errorOutput.Cause %}' },
          Assign: { error: '{% $states.errorOutput.Error %}' },
        },
      ],
    }),
    Caught: {
      Type: 'Pass',
      Output: { in: '{% $states.input %}', error: '{% $error %}', why: '{% $exists($why) %}' },
      End: true,
    },
  };

  const { output } = await run(states, { id: 1 }, { Work: { throws: { error: 'Broken', cause: 'dust' } } });

  expect(output).toEqual({ in: { why: 'dust' }, error: 'Broken', why: false });
});

test('bad arguments fail the evaluation, which Catch takes by name', async () => {
  const states = {
    ...invoke({ Catch: [{ ErrorEquals: ['States.QueryEvaluationError'], Next: 'Caught', Output: 'caught' }] }),
    ...caught,
  };

  const { output, events } = await run(states, {});

  expect(output).toEqual({ in: 'caught' });
  expect(events.slice(1, 4)).toEqual(['TaskStateEntered', 'EvaluationFailed', 'TaskStateExited']);
});

test('States.ALL does not take States.Runtime, States.TaskFailed does not take States.Timeout', async () => {
  const catching = (name: string) => ({ ...invoke({ Catch: [{ ErrorEquals: [name], Next: 'Caught' }] }), ...caught });
  const runtime = await run(catching('States.ALL'), { id: 1 }, { Work: { throws: { error: 'States.Runtime' } } });
  const timeout = await run(
    catching('States.TaskFailed'),
    { id: 1 },
    { Work: { throws: { error: 'States.Timeout' } } },
  );
  const other = await run(catching('States.TaskFailed'), { id: 1 }, { Work: { throws: { error: 'Other' } } });

  expect([runtime.status, timeout.status, other.status]).toEqual(['FAILED', 'FAILED', 'SUCCEEDED']);
});

test('a result over 256 KiB is States.DataLimitExceeded, which reaches a Catch of States.ALL', async () => {
  const states = {
    ...invoke({
      Output: 'small',
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught', Output: '{% $states.errorOutput.Error %}' }],
    }),
    ...caught,
  };

  const { output, events } = await run(states, { id: 1 }, { Work: { returns: 'x'.repeat(262_144) } });

  expect(output).toEqual({ in: 'States.DataLimitExceeded' });
  expect(events).toContain('TaskFailed');
});

const waiting = (more: Record<string, unknown>) => ({
  Await: {
    Type: 'Task',
    Resource: WAIT_FOR_TOKEN,
    Arguments: { Token: '{% $states.context.Task.Token %}' },
    End: true,
    ...more,
  },
  ...('Catch' in more ? caught : {}),
});
const catchAll = {
  Catch: [
    { ErrorEquals: ['States.Runtime'], Next: 'Caught', Output: 'runtime' },
    { ErrorEquals: ['States.ALL'], Next: 'Caught' },
  ],
};

test('a token task is submitted, waits, and ends with what the token is settled with', async () => {
  const at = await run(waiting({}), {}, { Await: 'token' });
  const before = [at.status, at.state];

  await at.token('Await').succeed({ score: 5 });

  expect(before).toEqual(['RUNNING', 'Await']);
  expect(at.output).toEqual({ score: 5 });
  expect(at.events.slice(2, 6)).toEqual(['TaskScheduled', 'TaskStarted', 'TaskSubmitted', 'TaskSucceeded']);
});

test('a failure without an error reaches States.ALL with nulls', async () => {
  const at = await run(waiting(catchAll), {}, { Await: 'token' });

  await at.token('Await').fail();

  expect(at.output).toEqual({ in: { Error: null, Cause: null } });
});

test('a timeout is States.Timeout without cause, and a TaskTimedOut event', async () => {
  const at = await run(waiting({ TimeoutSeconds: 3600 }), {}, { Await: 'token' });

  await at.advance('PT1H');

  expect([at.status, at.error, at.cause]).toEqual(['FAILED', 'States.Timeout', undefined]);
  expect(at.events).toContain('TaskTimedOut');
});

test('a missed heartbeat is a timeout; one in time starts the next interval', async () => {
  const at = await run(
    waiting({
      HeartbeatSeconds: '{% $states.input.h %}',
      Catch: [{ ErrorEquals: ['States.HeartbeatTimeout'], Next: 'Caught' }],
    }),
    { h: 60 },
    { Await: 'token' },
  );

  await at.advance('PT50S');
  await at.token('Await').heartbeat();
  await at.advance('PT59S');
  const alive = at.status;
  await at.advance('PT1S');

  expect(alive).toBe('RUNNING');
  expect(at.output).toEqual({ in: { Error: 'States.Timeout', Cause: null } });
});

test('a token is late once its task has timed out', async () => {
  const at = await run(waiting({ TimeoutSeconds: 60, ...catchAll }), {}, { Await: 'token' });
  await at.advance('PT1M');

  const late = at.token('Await').succeed(1);

  await expect(late).rejects.toMatchObject({ code: 'TaskTimedOut' });
});
