import { type Aws, AwsError, type AwsRequest, type AwsService, type Permission } from '../aws/contract.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Deployment } from '../template/contract.ts';
import { Engine, type TaskRunner } from './engine.ts';
import { StatesError } from './errors.ts';
import { ExecutionOperations } from './execution-operations.ts';
import type { Execution } from './executions.ts';
import { ExpressStarts } from './express-starts.ts';
import type { Answer, Happening } from './happening.ts';
import { toApiEvent } from './history.ts';
import { INPUTS, isOperation, type Operation, parseInput } from './inputs.ts';
import { type Json, PAYLOAD_LIMIT, parseJson } from './json.ts';
import { MachineOperations } from './machine-operations.ts';
import { Machines } from './machines.ts';
import { RememberedExecutions } from './remembered-executions.ts';
import { StoredExecutions } from './stored-executions.ts';
import { serviceTasks } from './tasks.ts';
import { decodeToken } from './token.ts';

type Output = Record<string, unknown>;

/** The part of the meter that workflows fill. */
export interface TransitionMeter {
  transition(machine: string, type: 'STANDARD' | 'EXPRESS', n: number): void;
}

/** An execution as control and console show it; instants in ISO 8601. */
export interface ExecutionView {
  name: string;
  machine: string;
  status: string;
  state: string;
  startedAt: string;
  stoppedAt?: string;
}

export interface ExecutionDetail extends ExecutionView {
  /** JSON text. */
  input: string;
  output?: string;
  error?: string;
  cause?: string;
  /** The definition it began with. */
  definition: string;
  /** As GetExecutionHistory answers. */
  history: Output[];
}

interface Parts {
  kernel: Kernel;
  aws: Aws;
  deployment: Deployment;
  meter?: TransitionMeter;
  /** Instead of calling the other services. */
  runTask?: TaskRunner;
  /** Draws the jitter, 0 <= n < 1. */
  random?: () => number;
}

const TOKEN_OPERATIONS = new Set(['SendTaskSuccess', 'SendTaskFailure', 'SendTaskHeartbeat']);

/** AWS Step Functions: JSONata machines, Standard ones durable, Express ones begun again after a crash. */
export class StepFunctionsService implements AwsService {
  readonly name = 'states';
  readonly operations: readonly string[] = Object.keys(INPUTS);
  private readonly machines: Machines;
  private readonly machineOperations: MachineOperations;
  private readonly executionOperations: ExecutionOperations;
  private readonly stored: StoredExecutions;
  private readonly remembered = new RememberedExecutions();
  private readonly standard: Engine;
  private readonly express: Engine;
  private readonly deployment: Deployment;

  constructor({ kernel, aws, deployment, meter, runTask = serviceTasks(aws), random = Math.random }: Parts) {
    this.deployment = deployment;
    this.machines = new Machines(kernel.store);
    this.stored = new StoredExecutions(kernel.store);
    const common = { kernel, machines: this.machines, runTask, random };
    this.standard = new Engine({
      ...common,
      executions: this.stored,
      onTransitions: (machine, count) => meter?.transition(machine, 'STANDARD', count),
    });
    this.express = new Engine({ ...common, executions: this.remembered, onTransitions: () => undefined });
    this.machineOperations = new MachineOperations(kernel, this.machines);
    this.executionOperations = new ExecutionOperations({
      kernel,
      machines: this.machines,
      operations: this.machineOperations,
      stored: this.stored,
      remembered: this.remembered,
      standard: this.standard,
      express: this.express,
      expressStarts: new ExpressStarts(kernel.store),
      onExpress: (machine) => meter?.transition(machine, 'EXPRESS', 1),
    });
  }

  /** Creates the template's machines and takes up what was under way. */
  async start(): Promise<void> {
    this.machineOperations.deploy(this.deployment);
    this.standard.resume();
    this.executionOperations.resumeExpress();
  }

  async stop(): Promise<void> {
    this.standard.stop();
    this.express.stop();
  }

  permissions({ operation, input }: AwsRequest): Permission[] {
    const action = `states:${operation}`;
    const resource = TOKEN_OPERATIONS.has(operation) ? undefined : (input.stateMachineArn ?? input.executionArn);
    return [{ action, resource: typeof resource === 'string' ? resource : '*' }];
  }

  async handle({ operation, input }: AwsRequest): Promise<Output> {
    if (!isOperation(operation)) {
      throw new AwsError('NotSupportedByLocalRuntime', `The local runtime does not support states:${operation}.`);
    }
    return this.carryOut(operation, input);
  }

  private async carryOut(operation: Operation, given: unknown): Promise<Output> {
    const machines = this.machineOperations;
    const executions = this.executionOperations;
    switch (operation) {
      case 'CreateStateMachine':
        return machines.create(parseInput(operation, INPUTS[operation], given));
      case 'UpdateStateMachine':
        return machines.update(parseInput(operation, INPUTS[operation], given));
      case 'DescribeStateMachine':
        return machines.describe(parseInput(operation, INPUTS[operation], given).stateMachineArn);
      case 'DeleteStateMachine':
        return machines.delete(parseInput(operation, INPUTS[operation], given).stateMachineArn);
      case 'ListStateMachines':
        return machines.list(parseInput(operation, INPUTS[operation], given));
      case 'ValidateStateMachineDefinition':
        return machines.validate(parseInput(operation, INPUTS[operation], given));
      case 'StartExecution':
        return executions.start(parseInput(operation, INPUTS[operation], given));
      case 'StartSyncExecution':
        return executions.startSync(parseInput(operation, INPUTS[operation], given));
      case 'DescribeExecution':
        return executions.describe(parseInput(operation, INPUTS[operation], given).executionArn);
      case 'DescribeStateMachineForExecution':
        return executions.describeMachine(parseInput(operation, INPUTS[operation], given).executionArn);
      case 'GetExecutionHistory':
        return executions.history(parseInput(operation, INPUTS[operation], given));
      case 'ListExecutions':
        return executions.list(parseInput(operation, INPUTS[operation], given));
      case 'StopExecution':
        return executions.stop(parseInput(operation, INPUTS[operation], given));
      case 'SendTaskSuccess': {
        const { taskToken, output } = parseInput(operation, INPUTS[operation], given);
        return this.settle(taskToken, { ok: true, result: parseOutput(output) });
      }
      case 'SendTaskFailure': {
        const { taskToken, error, cause } = parseInput(operation, INPUTS[operation], given);
        return this.settle(taskToken, { ok: false, error: new StatesError(error, cause) });
      }
      case 'SendTaskHeartbeat': {
        const { taskToken } = parseInput(operation, INPUTS[operation], given);
        return this.useToken(taskToken, (reference) => ({ kind: 'heartbeat', ...reference }));
      }
    }
  }

  private settle(taskToken: string, answer: Answer): Promise<Output> {
    return this.useToken(taskToken, (reference) => ({ kind: 'settle', ...reference, answer }));
  }

  /** A token that was never issued is InvalidToken; one whose task has ended or timed out is TaskTimedOut. */
  private async useToken(
    taskToken: string,
    happening: (reference: { thread: number; attempt: number; secret: string }) => Happening,
  ): Promise<Output> {
    const token = decodeToken(taskToken);
    if (!token) throw new AwsError('InvalidToken', "Invalid Token: 'Invalid token'");
    const { arn, ...reference } = token;
    if (await this.standard.happen(arn, happening(reference))) return {};
    throw new AwsError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'");
  }

  /** Executions in the order they were started. `machine` is a machine's name, or the end of it (`escalation`). */
  executions(filter: { machine?: string } = {}): ExecutionView[] {
    const { machine } = filter;
    return [...this.stored.list({}).reverse(), ...this.remembered.list({}).reverse()]
      .filter(
        ({ machineName }) => machine === undefined || machineName === machine || machineName.endsWith(`-${machine}`),
      )
      .sort((a, b) => a.startedAt - b.startedAt)
      .map(view);
  }

  /** One execution by its ARN or its name (the latest of that name). */
  execution(name: string): ExecutionDetail | undefined {
    const byArn = name.startsWith('arn:') ? [this.stored.get(name), this.remembered.get(name)] : [];
    const [found] = [...byArn, ...this.stored.list({ name, limit: 1 }), ...this.remembered.list({ name, limit: 1 })]
      .filter((each) => each !== undefined)
      .sort((a, b) => b.startedAt - a.startedAt);
    if (!found) return undefined;
    const events = [...this.stored.history(found.arn), ...this.remembered.history(found.arn)];
    return {
      ...view(found),
      input: found.input,
      ...(found.output === undefined ? {} : { output: found.output }),
      ...(found.error === undefined ? {} : { error: found.error }),
      ...(found.cause === undefined ? {} : { cause: found.cause }),
      definition: this.machines.revision(found.revision).text,
      history: events.map((event) => toApiEvent(event, true)),
    };
  }
}

const view = (execution: Execution): ExecutionView => ({
  name: execution.name,
  machine: execution.machineName,
  status: execution.status,
  state: execution.state,
  startedAt: new Date(execution.startedAt).toISOString(),
  ...(execution.stoppedAt === undefined ? {} : { stoppedAt: new Date(execution.stoppedAt).toISOString() }),
});

const parseOutput = (text: string): Json => {
  if (Buffer.byteLength(text) > PAYLOAD_LIMIT)
    throw new AwsError('InvalidOutput', 'Invalid Output: the output is too long');
  try {
    return parseJson(text);
  } catch (error) {
    throw new AwsError('InvalidOutput', `Invalid Output: '${error instanceof Error ? error.message : text}'`);
  }
};
