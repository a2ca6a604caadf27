import { expect, test } from 'vitest';
import { run } from './machines.ts';

const choosing = (choice: Record<string, unknown>) => ({
  Choose: { Type: 'Choice', ...choice },
  Yes: { Type: 'Pass', Output: { went: 'yes', got: '{% $states.input %}', kind: '{% $kind %}' }, End: true },
  No: { Type: 'Pass', Output: { went: 'no', got: '{% $states.input %}', kind: '{% $kind %}' }, End: true },
});
const rule = { Condition: '{% $states.input.ok %}', Next: 'Yes', Assign: { kind: 'rule' }, Output: 'by rule' };
const otherwise = { Default: 'No', Assign: { kind: 'default' }, Output: 'by default' };

test('a matching rule brings its own Assign and Output', async () => {
  const { output } = await run(choosing({ Choices: [rule], ...otherwise }), { ok: true });

  expect(output).toEqual({ went: 'yes', got: 'by rule', kind: 'rule' });
});

test('the Assign and Output of a Choice apply only with Default', async () => {
  const { output } = await run(choosing({ Choices: [rule], ...otherwise }), { ok: false });

  expect(output).toEqual({ went: 'no', got: 'by default', kind: 'default' });
});

test('a Choice without a match and without Default is States.NoChoiceMatched', async () => {
  const states = choosing({ Choices: [rule, { ...rule, Next: 'No', Condition: false }] });

  const { status, error } = await run(states, { ok: false });

  expect(status).toBe('FAILED');
  expect(error).toBe('States.NoChoiceMatched');
});

test('a condition that is no boolean fails the evaluation', async () => {
  const { error, cause } = await run(choosing({ Choices: [rule], ...otherwise }), { ok: 'yes' });

  expect(error).toBe('States.QueryEvaluationError');
  expect(cause).toContain(`Expected 'boolean', but was 'string' for value: "yes"`);
});

test('Fail ends with the error and cause it evaluates', async () => {
  const states = {
    Fail: { Type: 'Fail', Error: '{% $states.input.e %}', Cause: '{% "because " & $states.input.e %}' },
  };

  const { status, error, cause, events } = await run(states, { e: 'Broken' });

  expect([status, error, cause]).toEqual(['FAILED', 'Broken', 'because Broken']);
  expect(events).toEqual(['ExecutionStarted', 'FailStateEntered', 'ExecutionFailed']);
});

test('Succeed may shape the output', async () => {
  const { output, events } = await run({ Done: { Type: 'Succeed', Output: 'text' } });

  expect(output).toBe('text');
  expect(events).toEqual(['ExecutionStarted', 'SucceedStateEntered', 'SucceedStateExited', 'ExecutionSucceeded']);
});

test('a Wait of seconds ends exactly then', async () => {
  const at = await run({ Wait: { Type: 'Wait', Seconds: '{% $states.input.s %}', End: true } }, { s: 90 });

  await at.advance('PT89.999S');
  const before = at.status;
  await at.advance('PT0.001S');

  expect([before, at.status]).toEqual(['RUNNING', 'SUCCEEDED']);
});

test.each([
  ['2026-11-23T10:00:00Z', 'RUNNING'],
  ['2026-11-23T10:00:00.123456789+01:00', 'RUNNING'],
  ['2026-11-23T10:00:00+01:00', 'SUCCEEDED'],
  ['2026-11-23T12:30:00+01:00', 'RUNNING'],
  ['2016-01-01T00:00:00Z', 'SUCCEEDED'],
])('a Wait until %s is then %s', async (instant, status) => {
  const { status: got } = await run({ Wait: { Type: 'Wait', Timestamp: '{% $states.input %}', End: true } }, instant);

  expect(got).toBe(status);
});

test.each([
  '2026-11-23',
  '2026-11-23 10:00:00Z',
  '2026-02-30T10:00:00Z',
  '2026-11-23T24:00:00Z',
  '2026-11-23T10:00:00',
  'x',
])('a Wait until %s fails the evaluation', async (instant) => {
  const { error, cause } = await run({ Wait: { Type: 'Wait', Timestamp: '{% $states.input %}', End: true } }, instant);

  expect(error).toBe('States.QueryEvaluationError');
  expect(cause).toContain(
    `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${instant}`,
  );
});

test('TimeoutSeconds of the machine gives TIMED_OUT', async () => {
  const at = await run({ Wait: { Type: 'Wait', Seconds: 100, End: true } }, {}, {}, { TimeoutSeconds: 60 });

  await at.advance('PT1M');

  expect(at.status).toBe('TIMED_OUT');
  expect(at.events.at(-1)).toBe('ExecutionTimedOut');
});
