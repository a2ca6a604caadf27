import { expect, test } from 'vitest';
import { workflow } from '../../support/workflow-driver.ts';

const placeholder = (name: string): string => `$\{${name}}`;

const LADDER = JSON.stringify({
  QueryLanguage: 'JSONata',
  TimeoutSeconds: 2_592_000,
  StartAt: 'Await Reply',
  States: {
    'Await Reply': {
      Type: 'Task',
      Resource: 'arn:aws:states:::aws-sdk:dynamodb:updateItem.waitForTaskToken',
      Arguments: { TableName: placeholder('TableName'), Token: '{% $states.context.Task.Token %}' },
      TimeoutSeconds: '{% $states.input.seconds %}',
      Catch: [{ ErrorEquals: ['States.Timeout'], Next: 'Climb', Assign: { late: true } }],
      Assign: { answer: '{% $states.result %}' },
      End: true,
    },
    Climb: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Arguments: { FunctionName: placeholder('ClimbFunctionArn'), Payload: { late: '{% $late %}' } },
      Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 10, MaxAttempts: 2 }],
      Output: { seconds: '{% $states.result.Payload.seconds %}' },
      Next: 'Await Reply',
    },
  },
});

test('a workflow waits for its token, climbs on timeout, and ends when the token is settled', async () => {
  const run = await workflow('ladder', { text: LADDER }).start(
    { seconds: 3600 },
    { 'Await Reply': ['token', 'token'], Climb: [{ throws: { error: 'Busy' } }, { returns: { seconds: 7200 } }] },
  );

  await run.advance('PT1H');
  await run.advance('PT10S');
  await run.token('Await Reply').succeed({ by: 'agent' });

  expect(run.status).toBe('SUCCEEDED');
  expect(run.visited).toEqual(['Await Reply', 'Climb', 'Await Reply']);
  expect(run.variables).toEqual({ late: true, answer: { by: 'agent' } });
  expect(run.arguments('Climb')).toEqual({
    FunctionName: 'arn:aws:lambda:us-east-1:000000000000:function:Climb',
    Payload: { late: true },
  });
  expect(run.output).toEqual({ by: 'agent' });
});

test('a call without a scripted answer is told by the name of its state', async () => {
  const started = workflow('ladder', { text: LADDER }).start({ seconds: 3600 }, {});

  await expect(started).rejects.toThrow('No answer is scripted for the state "Await Reply" (call 1).');
});
