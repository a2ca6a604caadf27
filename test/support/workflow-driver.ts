import { readFileSync } from 'node:fs';
import { durationMs } from '../../domain/clock/duration.ts';
import { type Aws, ROOT } from '../../local/aws/contract.ts';
import { createKernel, type Kernel } from '../../local/kernel/kernel.ts';
import type { TaskCall } from '../../local/stepfunctions/engine.ts';
import { StatesError } from '../../local/stepfunctions/errors.ts';
import type { Answer } from '../../local/stepfunctions/happening.ts';
import { isObject, type Json, parseJson } from '../../local/stepfunctions/json.ts';
import { integrationOf } from '../../local/stepfunctions/resource.ts';
import { type ExecutionDetail, StepFunctionsService } from '../../local/stepfunctions/service.ts';
import type { Deployment } from '../../local/template/contract.ts';

/**
 * What a task answers. `returns` of `lambda:invoke` is the function's result (the driver wraps it as Payload), of other
 * integrations the service's response; of a state that waits for its token it is what the token is settled with.
 * `token` leaves such a state waiting.
 */
export type Scripted = { returns: Json } | { throws: { error: string; cause?: string } } | 'token';

/** A list is used up answer by answer; a single answer or a function serves every call of the state. */
export type Script = Scripted | Scripted[] | ((args: Json) => Scripted);

const MONDAY_AT_9 = '2026-11-23T09:00:00Z';
const NO_DEPLOYMENT: Deployment = {
  resources: () => [],
  resource: () => undefined,
  byArn: () => undefined,
  assetDirectory: () => '',
};
const NO_AWS: Aws = { call: () => Promise.reject(new Error('A workflow test calls no service.')) };

/** Every `${Placeholder}` filled: functions with an ARN of their name, the rest with the name itself. */
const fill = (text: string, substitutions: Record<string, string>): string =>
  text.replaceAll(/\$\{([A-Za-z0-9]+)\}/g, (_, key: string) => {
    const given = substitutions[key];
    if (given !== undefined) return given;
    if (key.endsWith('FunctionArn'))
      return `arn:aws:lambda:us-east-1:000000000000:function:${key.slice(0, -'FunctionArn'.length)}`;
    return key.endsWith('Arn')
      ? `arn:aws:states:us-east-1:000000000000:stateMachine:${key.slice(0, -'Arn'.length)}`
      : key;
  });

interface Options {
  substitutions?: Record<string, string>;
  /** Where the virtual clock begins; a Monday at nine by default. */
  at?: string;
  /** The definition itself, instead of the file `workflows/<name>.asl.json`. */
  text?: string;
  type?: 'STANDARD' | 'EXPRESS';
  /** Draws the jitter of retries, 0 <= n < 1; by default the whole delay is waited. */
  random?: () => number;
}

/** A machine of the repository, to be run on a virtual clock with scripted tasks. */
export const workflow = (name: string, options: Options = {}) => ({
  start: async (input: Json, scripts: Record<string, Script> = {}): Promise<WorkflowRun> => {
    const text = options.text ?? readFileSync(new URL(`../../workflows/${name}.asl.json`, import.meta.url), 'utf8');
    const run = new WorkflowRun(scripts, options);
    await run.begin(name, fill(text, options.substitutions ?? {}), input);
    return run;
  },
});

/** One execution under test. Every method resolves when nothing more can happen at the present instant. */
export class WorkflowRun {
  private readonly kernel: Kernel;
  private readonly service: StepFunctionsService;
  private readonly scripts: Map<string, Script>;
  private readonly type: 'STANDARD' | 'EXPRESS';
  private readonly made: Array<{ state: string; args: Json }> = [];
  private readonly tokens = new Map<string, string>();
  private readonly unscripted: string[] = [];
  private name = '';

  constructor(scripts: Record<string, Script>, options: Options) {
    this.kernel = createKernel({ start: Date.parse(options.at ?? MONDAY_AT_9), speed: 0 });
    this.scripts = new Map(
      Object.entries(scripts).map(([state, script]) => [state, Array.isArray(script) ? [...script] : script]),
    );
    this.type = options.type ?? 'STANDARD';
    this.service = new StepFunctionsService({
      kernel: this.kernel,
      aws: NO_AWS,
      deployment: NO_DEPLOYMENT,
      runTask: (call) => this.answer(call),
      random: options.random ?? (() => 1),
    });
  }

  async begin(name: string, definition: string, input: Json): Promise<void> {
    const roleArn = `arn:aws:iam::000000000000:role/${name}`;
    const { stateMachineArn } = await this.call('CreateStateMachine', { name, definition, roleArn, type: this.type });
    const started = await this.call('StartExecution', {
      stateMachineArn,
      name: `${name}-test`,
      input: JSON.stringify(input),
    });
    this.name = String(started.executionArn);
    await this.settle();
  }

  get status(): string {
    return this.detail.status;
  }

  /** The state it stands in, or the last one. */
  get state(): string {
    return this.detail.state;
  }

  get output(): Json | undefined {
    const { output } = this.detail;
    return output === undefined ? undefined : parseJson(output);
  }

  get error(): string | undefined {
    return this.detail.error;
  }

  get cause(): string | undefined {
    return this.detail.cause;
  }

  /** The states entered, in order. */
  get visited(): string[] {
    return this.details('stateEnteredEventDetails').map(({ name }) => String(name));
  }

  /** Every variable assigned, with its latest value. */
  get variables(): Record<string, Json> {
    const variables: Record<string, Json> = {};
    for (const { assignedVariables } of this.details('stateExitedEventDetails')) {
      if (!isObject(assignedVariables)) continue;
      for (const [name, text] of Object.entries(assignedVariables)) variables[name] = parseJson(String(text));
    }
    return variables;
  }

  /** Types of the history's events, in order. */
  get events(): string[] {
    return this.detail.history.map(({ type }) => String(type));
  }

  /** Milliseconds of virtual time. */
  get now(): number {
    return this.kernel.clock.now();
  }

  /** What the state's task was given at its last call. */
  arguments(state: string): Json {
    const last = this.calls(state).at(-1);
    if (last === undefined) throw new Error(`The task of the state "${state}" was not called.`);
    return last;
  }

  /** What the state's task was given, call by call. */
  calls(state: string): Json[] {
    return this.made.filter((call) => call.state === state).map(({ args }) => args);
  }

  /** The token the state's task was given last. */
  token(state: string): {
    succeed(output: Json): Promise<void>;
    fail(error?: string, cause?: string): Promise<void>;
    heartbeat(): Promise<void>;
  } {
    const taskToken = this.tokens.get(state);
    if (taskToken === undefined) throw new Error(`The state "${state}" was given no token.`);
    const send = async (operation: string, input: Record<string, unknown>): Promise<void> => {
      await this.call(operation, { taskToken, ...input });
      await this.settle();
    };
    return {
      succeed: (output) => send('SendTaskSuccess', { output: JSON.stringify(output) }),
      fail: (error, cause) =>
        send('SendTaskFailure', {
          ...(error === undefined ? {} : { error }),
          ...(cause === undefined ? {} : { cause }),
        }),
      heartbeat: () => send('SendTaskHeartbeat', {}),
    };
  }

  /** Moves the clock by an ISO 8601 duration (`PT4H`), firing everything due on the way. */
  async advance(duration: string): Promise<void> {
    await this.moveTo(this.now + durationMs(duration));
  }

  /** Moves the clock to an instant: ISO 8601, or epoch ms. */
  async moveTo(instant: string | number): Promise<void> {
    await this.kernel.timeMachine.moveTo(typeof instant === 'string' ? Date.parse(instant) : instant);
    this.complain();
  }

  private async settle(): Promise<void> {
    await this.kernel.timeMachine.settle();
    this.complain();
  }

  private complain(): void {
    const [state] = this.unscripted.splice(0);
    if (state !== undefined)
      throw new Error(`No answer is scripted for the state "${state}" (call ${this.calls(state).length}).`);
  }

  private get detail(): ExecutionDetail {
    const detail = this.service.execution(this.name);
    if (!detail) throw new Error('The execution is gone.');
    return detail;
  }

  private details(key: string): Array<Record<string, unknown>> {
    return this.detail.history.map((event) => event[key]).filter(isObject);
  }

  private call(operation: string, input: Record<string, unknown>): Promise<Record<string, unknown>> {
    return this.service.handle({ operation, input, caller: ROOT, requestId: 'test' });
  }

  private async answer(call: TaskCall): Promise<Answer> {
    const { stateName: state, arguments: args } = call;
    this.made.push({ state, args });
    const integration = integrationOf(call.resource);
    if (call.token !== undefined) this.tokens.set(state, call.token);
    const scripted = this.next(state, args);
    if (scripted === undefined) {
      this.unscripted.push(state);
      return { ok: false, error: new StatesError('NoAnswerScripted', `for the state "${state}"`) };
    }
    if (scripted === 'token') {
      if (call.token === undefined) throw new Error(`The state "${state}" does not wait for a token.`);
      return { ok: true, result: {} };
    }
    if ('throws' in scripted)
      return { ok: false, error: new StatesError(scripted.throws.error, scripted.throws.cause) };
    if (call.token !== undefined) {
      await this.call('SendTaskSuccess', { taskToken: call.token, output: JSON.stringify(scripted.returns) });
      return { ok: true, result: {} };
    }
    const { returns } = scripted;
    return {
      ok: true,
      result:
        integration.kind === 'invoke' ? { ExecutedVersion: '$LATEST', Payload: returns, StatusCode: 200 } : returns,
    };
  }

  private next(state: string, args: Json): Scripted | undefined {
    const script = this.scripts.get(state);
    if (Array.isArray(script)) return script.shift();
    return typeof script === 'function' ? script(args) : script;
  }
}
