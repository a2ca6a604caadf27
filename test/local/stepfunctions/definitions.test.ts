import { expect, test } from 'vitest';
import { createKernel } from '../../../local/kernel/kernel.ts';
import { Machines } from '../../../local/stepfunctions/machines.ts';
import { definitionProblems } from '../../../local/stepfunctions/validate.ts';
import { machine, nested, WAIT_FOR_TOKEN } from './machines.ts';

const pass = { Type: 'Pass', End: true };
const problems = (text: string, type: 'STANDARD' | 'EXPRESS' = 'STANDARD'): string => {
  const found = definitionProblems(text, type);
  return Array.isArray(found) ? found.join('\n') : 'none';
};
const task = (more: Record<string, unknown>) =>
  machine({ Do: { Type: 'Task', Resource: WAIT_FOR_TOKEN, End: true, ...more } });

test.each<[string, string, string]>([
  ['JSONPath by default', machine({ A: pass }, { QueryLanguage: undefined }), '/States/A'],
  [
    'a state in JSONPath',
    machine({ A: { ...pass, QueryLanguage: 'JSONPath' } }),
    'JSONPath is not supported by the local runtime',
  ],
  ['a field of JSONPath', machine({ A: { ...pass, ResultPath: '$' } }), 'ResultPath'],
  ['a member of JSONPath', machine({ A: { ...pass, Output: { 'x.$': '$' } } }), "'x.$'"],
  ['a Next that is nowhere', machine({ A: { Type: 'Pass', Next: 'B' } }), "Missing 'Next' target: B"],
  ['a state nobody reaches', machine({ A: pass, B: pass }), 'State "B" is not reachable'],
  ['neither Next nor End', machine({ A: { Type: 'Pass' } }), 'Exactly one of Next or End'],
  ['bad JSONata', machine({ A: { ...pass, Output: '{% a ?? b %}' } }), 'S0211'],
  ['a variable named states', machine({ A: { ...pass, Assign: { states: 1 } } }), 'Invalid variable name: states'],
  [
    'States.ALL before others',
    task({
      Catch: [
        { ErrorEquals: ['States.ALL'], Next: 'Do' },
        { ErrorEquals: ['A'], Next: 'Do' },
      ],
    }),
    'States.ALL',
  ],
  [
    'a heartbeat as long as the timeout',
    task({ TimeoutSeconds: 5, HeartbeatSeconds: 5 }),
    'HeartbeatSeconds must be smaller',
  ],
  [
    'an optimized DynamoDB task with a token',
    task({ Resource: 'arn:aws:states:::dynamodb:updateItem.waitForTaskToken' }),
    'is not recognized',
  ],
  [
    'a type of DynamoDB’s values as the wire names it',
    task({ Arguments: { TableName: 'T', ExpressionAttributeValues: { ':x': { M: { y: { BOOL: true } } } } } }),
    "The field 'BOOL' is not supported by Step Functions at /States/Do/Arguments",
  ],
  ['a service nobody plays here', task({ Resource: 'arn:aws:states:::aws-sdk:ec2:runInstances' }), 'ec2'],
  ['run a job', task({ Resource: 'arn:aws:states:::states:startExecution.sync:2' }), 'sync:2'],
  [
    'a distributed Map',
    machine({
      M: {
        Type: 'Map',
        ItemProcessor: { ...nested({ A: pass }), ProcessorConfig: { Mode: 'DISTRIBUTED' } },
        End: true,
      },
    }),
    'ProcessorConfig/Mode',
  ],
  [
    'the same name twice',
    machine({ A: { Type: 'Parallel', Branches: [nested({ A: pass })], End: true } }),
    'Duplicate State name: A',
  ],
  [
    'both Seconds and Timestamp',
    machine({ W: { Type: 'Wait', Seconds: 1, Timestamp: '2026-11-23T09:00:00Z', End: true } }),
    'Seconds or Timestamp',
  ],
  [
    'a bare word as timestamp',
    machine({ W: { Type: 'Wait', Timestamp: 'noon', End: true } }),
    'Invalid Timestamp: noon',
  ],
  [
    'a condition in words',
    machine({ C: { Type: 'Choice', Choices: [{ Condition: '$x > 1', Next: 'C' }] } }),
    'A Condition is a JSONata expression',
  ],
  ['what is not JSON', '{', 'INVALID_JSON_DESCRIPTION'],
])('%s is refused by name', (_, text, message) => {
  expect(problems(text)).toContain(message);
});

test('what was taken once goes on, whatever is refused since', () => {
  const { store } = createKernel({ start: 0, speed: 0 });
  const definition = task({ Arguments: { ExpressionAttributeValues: { ':x': { BOOL: true } } } });
  new Machines(store).put({ arn: 'arn', name: 'm', type: 'STANDARD', roleArn: 'role', definition: task({}) }, 0);
  store.prepare('UPDATE sfn_revision SET definition = ?').run(definition);

  const { revision = 0 } = new Machines(store).get('arn') ?? {};

  expect(new Machines(store).revision(revision).text).toBe(definition);
});

test('an attribute may be called as a type is', () => {
  expect(problems(task({ Arguments: { Key: { BOOL: { S: 'a' } }, ExpressionAttributeValues: {} } }))).toBe('none');
});

test('a task token is refused in an Express machine', () => {
  expect(problems(task({}))).toBe('none');
  expect(problems(task({}), 'EXPRESS')).toContain('Express state machine does not support .waitForTaskToken');
});
