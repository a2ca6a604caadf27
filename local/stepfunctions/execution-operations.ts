import { randomUUID } from 'node:crypto';
import { AwsError } from '../aws/contract.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Engine } from './engine.ts';
import { StatesError } from './errors.ts';
import type { Execution } from './executions.ts';
import type { ExpressStarts } from './express-starts.ts';
import { toApiEvent } from './history.ts';
import type { InputOf } from './inputs.ts';
import { type Json, PAYLOAD_LIMIT, parseJson } from './json.ts';
import type { MachineOperations } from './machine-operations.ts';
import type { Machine, Machines } from './machines.ts';
import { checkName, executionArn, expressArn, isExecutionArn } from './names.ts';
import { pageOf, tokenAfter } from './paging.ts';
import type { RememberedExecutions } from './remembered-executions.ts';
import type { Snapshot } from './snapshot.ts';
import type { StoredExecutions } from './stored-executions.ts';

type Output = Record<string, unknown>;

const DAY = 86_400_000;
/** A closed execution is kept, and its name taken, this long (Step Functions quotas). */
const RETENTION = 90 * DAY;
const LONGEST_STANDARD_SECONDS = 31_536_000;
const LONGEST_EXPRESS_SECONDS = 300;

const seconds = (instant: number): number => instant / 1000;

interface Parts {
  kernel: Kernel;
  machines: Machines;
  operations: MachineOperations;
  stored: StoredExecutions;
  remembered: RememberedExecutions;
  standard: Engine;
  express: Engine;
  expressStarts: ExpressStarts;
  /** An Express execution was started. */
  onExpress: (machine: string) => void;
}

/** The operations on executions. */
export class ExecutionOperations {
  private readonly parts: Parts;

  constructor(parts: Parts) {
    this.parts = parts;
  }

  /** Standard: the same name and input while it runs give the same execution; the name is taken for 90 days after it. */
  start(input: InputOf<'StartExecution'>): Output {
    const machine = this.parts.operations.find(input.stateMachineArn);
    const text = input.input ?? '{}';
    checkInput(text);
    const name = checkName(input.name ?? randomUUID());
    if (machine.type === 'EXPRESS') {
      const execution = this.startAsynchronously(machine, name, text);
      return { executionArn: execution.arn, startDate: seconds(execution.startedAt) };
    }
    const arn = executionArn(machine.name, name);
    const known = this.find(arn);
    if (known) {
      if (known.status === 'RUNNING' && known.input === text)
        return { executionArn: arn, startDate: seconds(known.startedAt) };
      throw new AwsError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
    }
    this.parts.stored.delete(arn);
    const execution = this.fresh(machine, arn, name, text, LONGEST_STANDARD_SECONDS);
    this.parts.standard.start(execution, machine.roleArn);
    return { executionArn: arn, startDate: seconds(execution.startedAt) };
  }

  /** Waits for the end; a failed execution is an answer, not an error. */
  async startSync(input: InputOf<'StartSyncExecution'>): Promise<Output> {
    const machine = this.parts.operations.find(input.stateMachineArn);
    if (machine.type !== 'EXPRESS') {
      throw new AwsError(
        'StateMachineTypeNotSupported',
        'This operation is not supported by this type of state machine',
      );
    }
    const text = input.input ?? '{}';
    checkInput(text);
    const { arn } = this.startExpress(machine, checkName(input.name ?? randomUUID()), text);
    const execution = await this.parts.express.ended(arn);
    const ms = (execution.stoppedAt ?? execution.startedAt) - execution.startedAt;
    return {
      ...summary(execution),
      ...contents(execution),
      billingDetails: {
        billedMemoryUsedInMB: 64,
        billedDurationInMilliseconds: Math.max(100, Math.ceil(ms / 100) * 100),
      },
    };
  }

  /** Begins again what a crash cut off. A machine that is gone meanwhile runs no more. */
  resumeExpress(): void {
    for (const { arn, machineArn, name, input } of this.parts.expressStarts.unfinished()) {
      const machine = this.parts.machines.get(machineArn);
      if (machine) this.startAsynchronously(machine, name, input);
      this.parts.expressStarts.forget(arn);
    }
  }

  private startAsynchronously(machine: Machine, name: string, input: string): Execution {
    const { express, expressStarts } = this.parts;
    const execution = this.startExpress(machine, name, input);
    expressStarts.keep(execution);
    void express.ended(execution.arn).then(({ arn }) => expressStarts.forget(arn));
    return execution;
  }

  private startExpress(machine: Machine, name: string, input: string): Execution {
    const arn = expressArn(machine.name, name, randomUUID());
    const execution = this.fresh(machine, arn, name, input, LONGEST_EXPRESS_SECONDS);
    this.parts.onExpress(machine.name);
    this.parts.express.start(execution, machine.roleArn);
    return execution;
  }

  private fresh(machine: Machine, arn: string, name: string, input: string, longest: number): Execution {
    const now = this.parts.kernel.clock.now();
    const { definition } = this.parts.machines.revision(machine.revision);
    const limit = Math.min(definition.TimeoutSeconds ?? longest, longest);
    return {
      arn,
      name,
      machineArn: machine.arn,
      machineName: machine.name,
      revision: machine.revision,
      input,
      status: 'RUNNING',
      state: definition.StartAt,
      startedAt: now,
      snapshot: beginning(definition.StartAt, parseJson(input), now, now + limit * 1000),
    };
  }

  describe(arn: string): Output {
    const execution = this.existing(arn);
    return { ...summary(execution), ...contents(execution), redriveCount: 0, redriveStatus: 'NOT_REDRIVABLE' };
  }

  describeMachine(arn: string): Output {
    const execution = this.existing(arn);
    const { text, roleArn, id } = this.parts.machines.revision(execution.revision);
    return {
      stateMachineArn: execution.machineArn,
      name: execution.machineName,
      definition: text,
      roleArn,
      updateDate: seconds(execution.startedAt),
      revisionId: String(id),
    };
  }

  history(input: InputOf<'GetExecutionHistory'>): Output {
    const { arn } = this.existing(input.executionArn);
    const { offset, limit } = pageOf(input.maxResults, input.nextToken);
    const events = this.parts.stored.history(arn);
    if (input.reverseOrder) events.reverse();
    const page = events
      .slice(offset, offset + limit)
      .map((event) => toApiEvent(event, input.includeExecutionData ?? true));
    return { events: page, ...tokenAfter(offset + limit, offset + limit < events.length) };
  }

  list(input: InputOf<'ListExecutions'>): Output {
    const machine = this.parts.operations.find(input.stateMachineArn);
    if (machine.type === 'EXPRESS') {
      throw new AwsError(
        'StateMachineTypeNotSupported',
        'This operation is not supported by this type of state machine',
      );
    }
    const { offset, limit } = pageOf(input.maxResults, input.nextToken);
    const found = this.parts.stored.list({
      machineArn: machine.arn,
      status: input.statusFilter,
      limit: limit + 1,
      offset,
    });
    const kept = found.slice(0, limit).filter((execution) => !this.isForgotten(execution));
    return { executions: kept.map(summary), ...tokenAfter(offset + limit, found.length > limit) };
  }

  /** Stopping what has ended changes nothing. */
  async stop(input: InputOf<'StopExecution'>): Promise<Output> {
    this.existing(input.executionArn);
    await this.parts.standard.happen(input.executionArn, {
      kind: 'stop',
      error: new StatesError(input.error, input.cause),
    });
    const { stoppedAt } = this.existing(input.executionArn);
    return { stopDate: seconds(stoppedAt ?? this.parts.kernel.clock.now()) };
  }

  private existing(arn: string): Execution {
    if (!isExecutionArn(arn)) throw new AwsError('InvalidArn', `Invalid Arn: 'Invalid ARN: ${arn}'`);
    if (arn.split(':')[5] === 'express') {
      throw new AwsError('InvalidArn', "Invalid Arn: 'Resource type not valid in this context: express'");
    }
    const execution = this.find(arn);
    if (!execution) throw new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
    return execution;
  }

  private find(arn: string): Execution | undefined {
    const execution = this.parts.stored.get(arn);
    return execution && !this.isForgotten(execution) ? execution : undefined;
  }

  private isForgotten({ stoppedAt }: Execution): boolean {
    return stoppedAt !== undefined && this.parts.kernel.clock.now() >= stoppedAt + RETENTION;
  }
}

const checkInput = (text: string): void => {
  if (Buffer.byteLength(text) > PAYLOAD_LIMIT) {
    throw new AwsError('InvalidExecutionInput', `Invalid execution input: the input is over ${PAYLOAD_LIMIT} bytes`);
  }
  try {
    parseJson(text);
  } catch (error) {
    throw new AwsError(
      'InvalidExecutionInput',
      `Invalid State Machine Execution Input: '${error instanceof Error ? error.message : text}'`,
    );
  }
};

/** The snapshot of an execution whose first event, ExecutionStarted, is written. */
const beginning = (state: string, input: Json, now: number, deadline: number): Snapshot => ({
  nextEvent: 2,
  nextThread: 2,
  nextAttempt: 1,
  deadline,
  threads: [
    {
      id: 1,
      nesting: [],
      state,
      input,
      variables: {},
      enteredEvent: 0,
      enteredAt: now,
      // AWS's first state event points to event 0, not to ExecutionStarted.
      previous: 0,
      retries: [],
      retryCount: 0,
      phase: { kind: 'entering' },
    },
  ],
});

const summary = (execution: Execution): Output => ({
  executionArn: execution.arn,
  stateMachineArn: execution.machineArn,
  name: execution.name,
  status: execution.status,
  startDate: seconds(execution.startedAt),
  ...(execution.stoppedAt === undefined ? {} : { stopDate: seconds(execution.stoppedAt) }),
});

const contents = (execution: Execution): Output => ({
  input: execution.input,
  inputDetails: { included: true },
  ...(execution.output === undefined ? {} : { output: execution.output, outputDetails: { included: true } }),
  ...(execution.error === undefined ? {} : { error: execution.error }),
  ...(execution.cause === undefined ? {} : { cause: execution.cause }),
});
