import { expect, test } from 'vitest';
import { tasks } from '../../workflows/contracts.ts';
import { type Script, workflow } from '../support/workflow-driver.ts';

const input = { ticketId: 'T-7K2M9Q', cycle: 1, askAt: '2026-11-23T10:00:00.000Z', remindAfterSeconds: 172_800 };
const survey = (scripts: Record<string, Script> = {}) =>
  workflow('survey').start(input, { 'Ask For A Rating': ['token'], ...scripts });

test('answered: two states, and the answer is the output', async () => {
  const run = await survey();

  await run.moveTo('2026-11-23T09:59:59.999Z');
  const asked = run.visited.length;
  await run.moveTo('2026-11-23T12:00:00.000Z');
  await run.token('Ask For A Rating').succeed({ outcome: 'answered', score: 5, low: false });

  expect(asked).toBe(1);
  expect(run.visited).toEqual(['Let The Answer Sink In', 'Ask For A Rating']);
  expect(run.output).toEqual({ outcome: 'answered', score: 5, low: false });
});

test('the function that asks gets the token and nothing of the customer', async () => {
  const run = await survey();

  await run.moveTo(input.askAt);

  const { Payload } = run.arguments('Ask For A Rating') as { Payload: unknown };
  expect(tasks['ask-for-rating'].input.safeParse(Payload).success).toBe(true);
  expect(Object.keys(Payload as object).sort()).toEqual(['cycle', 'ticketId', 'token']);
});

test('not eligible: ends green with the recorded reason', async () => {
  const run = await survey({ 'Ask For A Rating': [{ returns: { outcome: 'skipped' } }] });

  await run.moveTo(input.askAt);

  expect(run.visited).toEqual(['Let The Answer Sink In', 'Ask For A Rating']);
  expect(run).toMatchObject({ status: 'SUCCEEDED', output: { outcome: 'skipped' } });
});

test('reminded: after two days without an answer one reminder goes out, and the execution ends', async () => {
  const run = await survey({ 'Remind Once': [{ returns: { outcome: 'reminded' } }] });

  await run.moveTo('2026-11-25T09:59:59.000Z');
  const before = run.calls('Remind Once').length;
  await run.moveTo('2026-11-25T10:00:00.000Z');

  expect(before).toBe(0);
  expect(run.visited).toEqual(['Let The Answer Sink In', 'Ask For A Rating', 'Remind Once']);
  expect(run).toMatchObject({ status: 'SUCCEEDED', output: { outcome: 'reminded' } });
});

test('expired: nobody left to remind, and the execution ends all the same', async () => {
  const run = await survey({ 'Remind Once': [{ returns: { outcome: 'not-wanted' } }] });

  await run.advance('P3D');

  expect(run).toMatchObject({ status: 'SUCCEEDED', output: { outcome: 'not-wanted' } });
});

test('cancelled by a reopening: ends green before the reminder', async () => {
  const run = await survey();

  await run.moveTo(input.askAt);
  await run.token('Ask For A Rating').succeed({ outcome: 'cancelled' });
  await run.advance('P5D');

  expect(run.visited).toEqual(['Let The Answer Sink In', 'Ask For A Rating']);
});

test('overtaken by the survey of a later cycle: ends green, and nobody is asked to look', async () => {
  const run = await survey({ 'Ask For A Rating': [{ throws: { error: 'LaterCycleWaits' } }] });

  await run.moveTo(input.askAt);

  expect(run.visited).toEqual(['Let The Answer Sink In', 'Ask For A Rating', 'A Later Cycle Took Over']);
  expect(run).toMatchObject({ status: 'SUCCEEDED', output: { outcome: 'overtaken' } });
});

test('a lost race and a throttled function are tried again', async () => {
  const run = await survey({
    'Ask For A Rating': [
      { throws: { error: 'ConcurrentChange' } },
      { throws: { error: 'Lambda.ServiceException' } },
      'token',
    ],
  });

  await run.advance('PT2H');

  expect(run.calls('Ask For A Rating')).toHaveLength(3);
  expect(run.status).toBe('RUNNING');
});

test('held up into the night: it looks again until it is day, for the question as for its reminder', async () => {
  const night = { throws: { error: 'OutsideHours' } };
  const run = await survey({
    'Ask For A Rating': [...Array.from({ length: 80 }, () => night), 'token'],
    'Remind Once': [night, night, { returns: { outcome: 'reminded' } }],
  });

  await run.advance('P14D');

  expect(run.calls('Ask For A Rating')).toHaveLength(81);
  expect(run.calls('Remind Once')).toHaveLength(3);
  expect(run).toMatchObject({ status: 'SUCCEEDED', output: { outcome: 'reminded' } });
});

test('a failure nobody planned marks the ticket for a person and ends red', async () => {
  const run = await survey({
    'Ask For A Rating': [{ throws: { error: 'UnreadableItem' } }],
    'Ask A Human To Look At The Survey': [{ returns: { outcome: 'marked' } }],
  });

  await run.moveTo(input.askAt);

  expect(run.visited.slice(-2)).toEqual(['Ask A Human To Look At The Survey', 'Survey Broke']);
  expect(run).toMatchObject({ status: 'FAILED', error: 'SurveyBroke' });
});
