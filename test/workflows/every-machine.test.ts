import { readdirSync, readFileSync } from 'node:fs';
import validate from 'asl-validator';
import { describe, expect, test } from 'vitest';
import { tasks } from '../../workflows/contracts.ts';

interface State {
  Type: string;
  Comment?: string;
  Resource?: string;
  TimeoutSeconds?: unknown;
  Retry?: Array<{ ErrorEquals: string[]; JitterStrategy?: string; Comment?: string }>;
  Catch?: Array<{ ErrorEquals: string[]; Next: string; Comment?: string }>;
  Choices?: Array<{ Comment?: string; Assign?: Record<string, unknown> }>;
  Default?: string;
  Next?: string;
  Assign?: Record<string, unknown>;
}

interface Machine {
  QueryLanguage: string;
  Comment: string;
  TimeoutSeconds: number;
  StartAt: string;
  States: Record<string, State>;
}

const folder = new URL('../../workflows/', import.meta.url);
const files = readdirSync(folder).filter((file) => file.endsWith('.asl.json'));
const textOf = (file: string) => readFileSync(new URL(file, folder), 'utf8');

/**
 * For functions: Step Functions guide, "Best practices", "Handle transient Lambda service exceptions". The others by the name
 * that an integration gives to what its service has no name for, throttling among it.
 */
const passing: Array<[RegExp, string[]]> = [
  [
    /:lambda:invoke/,
    [
      ...['Lambda.ClientExecutionTimeoutException', 'Lambda.ServiceException', 'Lambda.AWSLambdaException'],
      ...['Lambda.SdkClientException', 'Lambda.TooManyRequestsException', 'Lambda.Unknown', 'Sandbox.Timedout'],
    ],
  ],
  [/:aws-sdk:dynamodb:/, ['DynamoDb.DynamoDbException', 'DynamoDb.SdkClientException']],
  [/:states:startExecution$/, ['StepFunctions.AWSStepFunctionsException', 'StepFunctions.SdkClientException']],
];

test('the four machines are here', () => {
  expect(files).toEqual(['escalation.asl.json', 'intake.asl.json', 'remediation.asl.json', 'survey.asl.json']);
});

describe.each(files)('%s', (file) => {
  const text = textOf(file);
  const machine: Machine = JSON.parse(text);
  const states = Object.entries(machine.States);
  const taskStates = states.filter(([, state]) => state.Type === 'Task');

  test('is valid ASL', () => {
    const { isValid, errorsText } = validate(JSON.parse(text));

    expect({ isValid, errors: errorsText('\n') }).toMatchObject({ isValid: true });
  });

  test('says its language, its purpose and its longest life first', () => {
    expect(Object.keys(machine).slice(0, 3)).toEqual(['QueryLanguage', 'Comment', 'TimeoutSeconds']);
  });

  test('explains every state, every choice, every retry and every catch', () => {
    const silent = states.filter(
      ([, state]) =>
        !state.Comment ||
        [...(state.Choices ?? []), ...(state.Retry ?? []), ...(state.Catch ?? [])].some((part) => !part.Comment),
    );

    expect(silent.map(([name]) => name)).toEqual([]);
  });

  test('gives every task a timeout, and a retry with full jitter for AWS faults', () => {
    const careless = taskStates.filter(
      ([, state]) =>
        state.TimeoutSeconds === undefined || !state.Retry?.every((retry) => retry.JitterStrategy === 'FULL'),
    );

    expect(careless.map(([name]) => name)).toEqual([]);
  });

  test('tries again whatever AWS calls a passing fault of the service that a task asks', () => {
    const impatient = taskStates.filter(([, { Resource = '', Retry = [] }]) => {
      const retried = Retry.flatMap(({ ErrorEquals }) => ErrorEquals);
      return !passing.find(([resource]) => resource.test(Resource))?.[1].every((name) => retried.includes(name));
    });

    expect(impatient.map(([name]) => name)).toEqual([]);
  });

  test('leads every failure nobody planned to a person, and only then to a red end', () => {
    const asking = states.filter(([name]) => name.startsWith('Ask A Human')).map(([name]) => name);
    const loose = taskStates.filter(([name, state]) => {
      const last = state.Catch?.at(-1);
      return !asking.includes(name) && !(last?.ErrorEquals.includes('States.ALL') && asking.includes(last.Next));
    });
    const red = states.filter(([, state]) => state.Type === 'Fail').map(([name]) => name);
    const leadsToRed = states.filter(([, state]) => red.includes(state.Next ?? '')).map(([name]) => name);

    expect(loose.map(([name]) => name)).toEqual([]);
    expect(leadsToRed.every((name) => asking.includes(name))).toBe(true);
  });

  test('leads what none of its choices knows to a person: no default guesses', () => {
    const guessing = states.filter(
      ([, { Type, Default = '' }]) => Type === 'Choice' && !Default.startsWith('Ask A Human'),
    );

    expect(guessing.map(([name]) => name)).toEqual([]);
  });

  test('catches by name first and everything last', () => {
    const early = taskStates.filter(([, state]) =>
      state.Catch?.slice(0, -1).some((catcher) => catcher.ErrorEquals.includes('States.ALL')),
    );

    expect(early).toEqual([]);
  });

  test('reads only variables that some state assigns', () => {
    const assigned = new Set(
      states.flatMap(([, { Assign, Choices = [] }]) =>
        [Assign, ...Choices.map((choice) => choice.Assign)].flatMap((each) => Object.keys(each ?? {})),
      ),
    );
    const read = [...text.matchAll(/\{%(.*?)%\}/gs)]
      .flatMap(([, expression]) => [...(expression ?? '').matchAll(/\$([a-zA-Z]\w*)(?!\w*\()/g)])
      .map(([, name]) => name ?? '')
      .filter((name) => name !== 'states');

    expect(read.filter((name) => !assigned.has(name))).toEqual([]);
  });

  test('names functions of the house only, and no account, region or stage', () => {
    const functions = [...text.matchAll(/\$\{(\w+)FunctionArn\}/g)].map(([, name]) =>
      (name ?? '').replace(/(?<!^)([A-Z])/g, '-$1').toLowerCase(),
    );

    expect(functions.filter((name) => !(name in tasks))).toEqual([]);
    expect(text).not.toMatch(/\d{12}|us-east-1|eu-west-1|careline-/);
  });
});
