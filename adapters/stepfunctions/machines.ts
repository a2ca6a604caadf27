import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  IncludedData,
  InvalidToken,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';
import type { Signal } from '../../domain/ticket/wait.ts';

/** Starts executions and answers their waiting states. Both may be done twice: the second time changes nothing. */
export interface Machines {
  /**
   * A name that was used counts as started: names are made of business keys. `taken`: by an execution that has ended, or
   * that was given something else.
   */
  start(machineArn: string, name: string, input: object): Promise<'started' | 'taken'>;
  /**
   * Whether an execution of that name runs, has ended as it should, broke, or is not known: never started, or ended more than
   * 90 days ago.
   */
  stateOf(machineArn: string, name: string): Promise<ExecutionState>;
  /** A token that was used, or whose state went on by itself, counts as answered. */
  signal(token: string, signal: Signal): Promise<void>;
}

export type ExecutionState = 'running' | 'ended' | 'broken' | 'unknown';

const BROKEN: readonly string[] = ['FAILED', 'TIMED_OUT', 'ABORTED'];

export const machinesOn = (client: SFNClient = new SFNClient({ maxAttempts: 4 })): Machines => ({
  start: async (stateMachineArn, name, input) => {
    try {
      await client.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }));
      return 'started';
    } catch (error) {
      if (!(error instanceof ExecutionAlreadyExists)) throw error;
      return 'taken';
    }
  },
  stateOf: async (machineArn, name) => {
    const executionArn = `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`;
    try {
      const { status } = await client.send(
        new DescribeExecutionCommand({ executionArn, includedData: IncludedData.METADATA_ONLY }),
      );
      if (status === 'SUCCEEDED') return 'ended';
      return BROKEN.includes(status ?? '') ? 'broken' : 'running';
    } catch (error) {
      if (error instanceof ExecutionDoesNotExist) return 'unknown';
      throw error;
    }
  },
  signal: async (taskToken, signal) => {
    try {
      if (signal.kind === 'succeed') {
        await client.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(signal.output) }));
      } else {
        const { error, cause } = signal;
        await client.send(new SendTaskFailureCommand({ taskToken, error, cause: JSON.stringify(cause) }));
      }
    } catch (error) {
      const over = error instanceof InvalidToken || error instanceof TaskTimedOut || error instanceof TaskDoesNotExist;
      if (!over) throw error;
    }
  },
});
