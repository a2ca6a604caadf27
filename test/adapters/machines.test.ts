import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  InvalidToken,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';
import { expect, test } from 'vitest';
import { machinesOn } from '../../adapters/stepfunctions/machines.ts';
import { mockClient } from '../support/mock-client.ts';

const answer = { message: 'no', $metadata: {} };

test('an execution that was started before counts as started', async () => {
  const mock = mockClient(SFNClient);
  mock.on(StartExecutionCommand).rejects(new ExecutionAlreadyExists(answer));

  await machinesOn(new SFNClient({})).start('arn', 'T-7K2M9Q-1-survey', { ticketId: 'T-7K2M9Q' });

  expect(mock.commandCalls(StartExecutionCommand)[0]?.args[0].input).toEqual({
    stateMachineArn: 'arn',
    name: 'T-7K2M9Q-1-survey',
    input: '{"ticketId":"T-7K2M9Q"}',
  });
});

test('any other failure to start is thrown', async () => {
  mockClient(SFNClient).on(StartExecutionCommand).rejects(new Error('down'));

  await expect(machinesOn(new SFNClient({})).start('arn', 'name', {})).rejects.toThrow('down');
});

const machineArn = 'arn:aws:states:eu-central-1:1:stateMachine:careline-prod-escalation';

test.each([
  ['RUNNING', 'running'],
  ['PENDING_REDRIVE', 'running'],
  ['SUCCEEDED', 'ended'],
  ['FAILED', 'broken'],
  ['TIMED_OUT', 'broken'],
  ['ABORTED', 'broken'],
] as const)('an execution that AWS calls %s is %s', async (status, state) => {
  const mock = mockClient(SFNClient);
  mock.on(DescribeExecutionCommand).resolves({ status });

  const known = await machinesOn(new SFNClient({})).stateOf(machineArn, 'T-7K2M9Q-1-escalation');

  expect(known).toBe(state);
  expect(mock.commandCalls(DescribeExecutionCommand)[0]?.args[0].input).toEqual({
    executionArn: 'arn:aws:states:eu-central-1:1:execution:careline-prod-escalation:T-7K2M9Q-1-escalation',
    includedData: 'METADATA_ONLY',
  });
});

test('an execution that AWS does not have is unknown, and an outage is thrown', async () => {
  const mock = mockClient(SFNClient);
  mock.on(DescribeExecutionCommand).rejectsOnce(new ExecutionDoesNotExist(answer)).rejects(new Error('down'));
  const machines = machinesOn(new SFNClient({}));

  expect(await machines.stateOf(machineArn, 'T-7K2M9Q-1-escalation')).toBe('unknown');
  await expect(machines.stateOf(machineArn, 'T-7K2M9Q-1-escalation')).rejects.toThrow('down');
});

test.each([
  ['was used', new InvalidToken(answer)],
  ['timed out', new TaskTimedOut(answer)],
  ['is gone', new TaskDoesNotExist(answer)],
])('a token that %s counts as answered', async (_, error) => {
  const mock = mockClient(SFNClient);
  mock.on(SendTaskSuccessCommand).rejects(error);

  await machinesOn(new SFNClient({})).signal('token', { kind: 'succeed', output: { owed: 'nothing' } });

  expect(mock.commandCalls(SendTaskSuccessCommand)[0]?.args[0].input).toEqual({
    taskToken: 'token',
    output: '{"owed":"nothing"}',
  });
});

test('any other failure to signal is thrown', async () => {
  mockClient(SFNClient).on(SendTaskSuccessCommand).rejects(new Error('down'));

  await expect(machinesOn(new SFNClient({})).signal('token', { kind: 'succeed', output: {} })).rejects.toThrow('down');
});

test('a failure names the error that the state catches, with its cause as JSON text', async () => {
  const mock = mockClient(SFNClient);
  mock.on(SendTaskFailureCommand).resolves({});
  const cause = { why: 'The customer owes an answer.', lookAgainAt: '2026-11-22T09:00:00.000Z' };

  await machinesOn(new SFNClient({})).signal('token', { kind: 'fail', error: 'TicketPaused', cause });

  expect(mock.commandCalls(SendTaskFailureCommand)[0]?.args[0].input).toEqual({
    taskToken: 'token',
    error: 'TicketPaused',
    cause: JSON.stringify(cause),
  });
});
