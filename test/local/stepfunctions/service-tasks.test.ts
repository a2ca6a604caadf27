import { expect, test } from 'vitest';
import { type Aws, AwsError, type Caller } from '../../../local/aws/contract.ts';
import type { Json } from '../../../local/stepfunctions/json.ts';
import { aService, ROLE } from './a-service.ts';
import { FUNCTION_ARN, machine } from './machines.ts';

interface Made {
  service: string;
  operation: string;
  input: Record<string, unknown>;
  caller: Caller;
}

/** Runs one task against an `Aws` that answers (or throws) what it is given. */
const runTask = async (resource: string, args: Json, answer: Record<string, unknown> | Error) => {
  const made: Made[] = [];
  const aws: Aws = {
    call: async (service, operation, input, caller) => {
      made.push({ service, operation, input, caller });
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
  const desk = aService({ aws });
  const definition = machine({ Do: { Type: 'Task', Resource: resource, Arguments: args, End: true } });
  await desk.call('StartExecution', { stateMachineArn: await desk.create('m', definition), name: 'T-1' });
  await desk.settle();
  const { status, output, error, cause } = desk.service.execution('T-1') ?? {};
  const result: Json = output === undefined ? null : JSON.parse(output);
  return { made, status, result, error, cause };
};

test('every task is called with the machine’s role', async () => {
  const { made } = await runTask(
    'arn:aws:states:::sqs:sendMessage',
    { QueueUrl: 'q', MessageBody: { a: 1 } },
    { MessageId: '1' },
  );

  expect(made).toEqual([
    {
      service: 'sqs',
      operation: 'SendMessage',
      input: { QueueUrl: 'q', MessageBody: '{"a":1}' },
      caller: { kind: 'role', roleArn: ROLE, holder: 'm' },
    },
  ]);
});

test('lambda:invoke wraps the answer, a bare ARN gives it raw', async () => {
  const answer = { StatusCode: 200, ExecutedVersion: '$LATEST', Payload: Buffer.from('{"ok":true}') };
  const invoked = await runTask(
    'arn:aws:states:::lambda:invoke',
    { FunctionName: FUNCTION_ARN, Payload: { a: 1 } },
    answer,
  );
  const bare = await runTask(FUNCTION_ARN, { a: 1 }, answer);

  expect(invoked.result).toMatchObject({ ExecutedVersion: '$LATEST', Payload: { ok: true }, StatusCode: 200 });
  expect(bare.result).toEqual({ ok: true });
  expect(String(bare.made[0]?.input.Payload)).toBe('{"a":1}');
});

test('a function’s error keeps its name, with the payload as cause', async () => {
  const payload = JSON.stringify({ errorType: 'ConcurrentChange', errorMessage: 'version 3', trace: [] });

  const { status, error, cause } = await runTask(
    FUNCTION_ARN,
    {},
    { StatusCode: 200, FunctionError: 'Unhandled', Payload: Buffer.from(payload) },
  );

  expect([status, error, cause]).toEqual(['FAILED', 'ConcurrentChange', payload]);
});

test.each([
  [FUNCTION_ARN, 'TooManyRequestsException', 'Lambda.TooManyRequestsException'],
  ['arn:aws:states:::dynamodb:putItem', 'ConditionalCheckFailedException', 'DynamoDB.ConditionalCheckFailedException'],
  [
    'arn:aws:states:::aws-sdk:dynamodb:putItem',
    'ConditionalCheckFailedException',
    'DynamoDb.ConditionalCheckFailedException',
  ],
  ['arn:aws:states:::aws-sdk:sfn:startExecution', 'ExecutionAlreadyExists', 'Sfn.ExecutionAlreadyExistsException'],
  ['arn:aws:states:::states:startExecution', 'ExecutionAlreadyExists', 'StepFunctions.ExecutionAlreadyExistsException'],
  ['arn:aws:states:::aws-sdk:dynamodb:getItem', 'AccessDeniedException', 'States.Permissions'],
])('%s failing with %s is %s', async (resource, code, expected) => {
  const { error, cause } = await runTask(resource, {}, new AwsError(code, 'because'));

  expect(error).toBe(expected);
  expect(cause).toContain('because');
});

test('states:startExecution is spelled in PascalCase and takes its input as JSON', async () => {
  const { made, result } = await runTask(
    'arn:aws:states:::states:startExecution',
    { StateMachineArn: 'arn', Name: 'T-1-escalation', Input: { ticketId: 'T-1' } },
    { executionArn: 'e', startDate: 1 },
  );

  expect(made[0]?.input).toEqual({ stateMachineArn: 'arn', name: 'T-1-escalation', input: '{"ticketId":"T-1"}' });
  expect(result).toMatchObject({ ExecutionArn: 'e', StartDate: 1, SdkHttpMetadata: { HttpStatusCode: 200 } });
});

test('aws-sdk:dynamodb names the types of values as the Java SDK does, and the table gets its own', async () => {
  const values = { ':yes': { Bool: true }, ':all': { L: [{ Nul: true }, { M: { Bool: { Ss: ['a'] } } }] } };

  const updated = await runTask(
    'arn:aws:states:::aws-sdk:dynamodb:updateItem',
    { TableName: 'T', Key: { PK: { S: 'a' } }, ExpressionAttributeValues: values },
    {},
  );
  const written = await runTask(
    'arn:aws:states:::aws-sdk:dynamodb:transactWriteItems',
    { TransactItems: [{ Put: { TableName: 'T', Item: { isFull: { Bool: false } } } }] },
    {},
  );

  expect(updated.made[0]?.input).toEqual({
    TableName: 'T',
    Key: { PK: { S: 'a' } },
    ExpressionAttributeValues: {
      ':yes': { BOOL: true },
      ':all': { L: [{ NULL: true }, { M: { Bool: { SS: ['a'] } } }] },
    },
  });
  expect(written.made[0]?.input).toEqual({
    TransactItems: [{ Put: { TableName: 'T', Item: { isFull: { BOOL: false } } } }],
  });
});

test('a failed entry of events:putEvents fails the task', async () => {
  const { made, error } = await runTask(
    'arn:aws:states:::events:putEvents',
    { Entries: [{ Detail: { a: 1 } }] },
    { FailedEntryCount: 1, Entries: [{ ErrorCode: 'InternalFailure' }] },
  );

  expect(made[0]?.input).toEqual({ Entries: [{ Detail: '{"a":1}' }] });
  expect(error).toBe('EventBridge.FailedEntry');
});
