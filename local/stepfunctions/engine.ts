import type { Kernel } from '../kernel/kernel.ts';
import type { TimerHandle } from '../kernel/timers.ts';
import { StatesError } from './errors.ts';
import type { Execution, Executions } from './executions.ts';
import type { Answer, Call, Ending, Happening, Identity } from './happening.ts';
import { parseJson } from './json.ts';
import type { Machines } from './machines.ts';
import { Run } from './run.ts';

/** A task handed over, with the execution that asked for it. */
export interface TaskCall extends Call {
  identity: Identity;
}

/** Carries a task out; a failure is an answer, never a rejection. */
export type TaskRunner = (call: TaskCall) => Promise<Answer>;

interface Parts {
  kernel: Kernel;
  machines: Machines;
  executions: Executions;
  runTask: TaskRunner;
  /** States entered, retries included. */
  onTransitions: (machine: string, count: number) => void;
  random?: () => number;
}

/**
 * Drives the executions of one kind. Whatever happens to an execution goes through its own queue: load where it stands,
 * take the step, store it, and only then call tasks and answer whoever asked. An execution that merely waits is a row and
 * no object; one timer stands for the earliest due instant of all of them.
 */
export class Engine {
  private readonly parts: Parts;
  private readonly queues = new Map<string, Promise<unknown>>();
  private readonly ends = new Map<string, Array<(execution: Execution) => void>>();
  private armed: { due: number; timer: TimerHandle } | undefined;
  /** Executions whose due instant has come and is being taken. */
  private readonly ticking = new Set<string>();
  private stopped = false;

  constructor(parts: Parts) {
    this.parts = parts;
  }

  /** Takes up what a stopped process left under way, and arms the timer. */
  resume(): void {
    for (const arn of this.parts.executions.busy()) void this.happen(arn, { kind: 'resume' });
    this.arm();
  }

  stop(): void {
    this.stopped = true;
    this.armed?.timer.cancel();
    this.armed = undefined;
  }

  /** Stores a new execution; it runs from the next turn on. */
  start(execution: Execution, roleArn: string): void {
    const { executions } = this.parts;
    const started = {
      id: 1,
      previous: 0,
      at: execution.startedAt,
      type: 'ExecutionStarted',
      details: { input: execution.input, roleArn },
    };
    executions.insert(execution, [started]);
    void this.happen(execution.arn, { kind: 'resume' });
  }

  /** Resolves once the execution has ended. */
  ended(arn: string): Promise<Execution> {
    return new Promise((done) => {
      const execution = this.parts.executions.get(arn);
      if (execution && execution.status !== 'RUNNING') return done(execution);
      this.ends.set(arn, [...(this.ends.get(arn) ?? []), done]);
    });
  }

  /** Resolves when the step is stored: true if it was taken, false if it came too late or there is no such execution. */
  happen(arn: string, happening: Happening): Promise<boolean> {
    const end = this.parts.kernel.activity.begin(`execution ${arn.split(':').at(-1) ?? arn}`);
    const before = this.queues.get(arn) ?? Promise.resolve();
    const step = before.then(() => this.step(arn, happening)).finally(end);
    const settled = step.then(
      () => undefined,
      () => undefined,
    );
    this.queues.set(arn, settled);
    void settled.then(() => {
      if (this.queues.get(arn) === settled) this.queues.delete(arn);
    });
    return step;
  }

  private async step(arn: string, happening: Happening): Promise<boolean> {
    if (this.stopped) return false;
    const { executions, kernel, machines, onTransitions, random } = this.parts;
    const execution = executions.get(arn);
    if (execution?.status !== 'RUNNING') return false;
    const revision = machines.revision(execution.revision);
    const identity: Identity = {
      arn,
      name: execution.name,
      machineArn: execution.machineArn,
      machineName: execution.machineName,
      roleArn: revision.roleArn,
      input: parseJson(execution.input),
      startedAt: execution.startedAt,
    };
    const now = () => kernel.clock.now();
    const run = new Run(revision.definition, identity, execution.snapshot, now, random);
    const taken = await run.take(happening).catch((error: unknown) => {
      run.end({
        status: 'FAILED',
        error: new StatesError('States.Runtime', error instanceof Error ? error.message : String(error)),
      });
      return true;
    });
    if (this.stopped || !taken) return false;
    const next: Execution = { ...execution, snapshot: run.snapshot, ...standing(run, execution.state) };
    if (run.ending) Object.assign(next, ended(run.ending, kernel.clock.now()));
    executions.update(next, run.events);
    if (run.transitions > 0) onTransitions(execution.machineName, run.transitions);
    for (const call of run.calls) this.call({ ...call, identity });
    this.arm();
    if (run.ending) this.announce(next);
    return true;
  }

  private call(call: TaskCall): void {
    const end = this.parts.kernel.activity.begin(`task ${call.stateName}`);
    void this.parts
      .runTask(call)
      .catch((error: unknown): Answer => {
        return {
          ok: false,
          error: new StatesError('States.Runtime', error instanceof Error ? error.message : String(error)),
        };
      })
      .then((answer) =>
        this.happen(call.identity.arn, { kind: 'answer', thread: call.thread, attempt: call.attempt, answer }),
      )
      .finally(end);
  }

  private announce(execution: Execution): void {
    const waiting = this.ends.get(execution.arn) ?? [];
    this.ends.delete(execution.arn);
    for (const done of waiting) done(execution);
  }

  private arm(): void {
    // While due executions are being taken, the earliest due instant is theirs and says nothing.
    if (this.stopped || this.ticking.size > 0) return;
    const due = this.parts.executions.nextDue();
    if (due === this.armed?.due) return;
    this.armed?.timer.cancel();
    this.armed = undefined;
    if (due === undefined) return;
    this.armed = { due, timer: this.parts.kernel.timers.at(due, 'executions', () => this.fire()) };
  }

  private fire(): void {
    this.armed = undefined;
    for (const arn of this.parts.executions.due(this.parts.kernel.clock.now())) {
      this.ticking.add(arn);
      void this.happen(arn, { kind: 'tick' }).finally(() => {
        this.ticking.delete(arn);
        this.arm();
      });
    }
    this.arm();
  }
}

const standing = (run: Run, before: string): { state: string } => {
  const thread = run.snapshot.threads[0];
  return { state: thread?.state ?? run.lastState ?? before };
};

const ended = (ending: Ending, now: number): Partial<Execution> => {
  if (ending.status === 'SUCCEEDED')
    return { status: 'SUCCEEDED', stoppedAt: now, output: JSON.stringify(ending.output) };
  if (ending.status === 'TIMED_OUT') return { status: 'TIMED_OUT', stoppedAt: now };
  const { error, cause } = ending.error;
  return {
    status: ending.status,
    stoppedAt: now,
    ...(error === undefined ? {} : { error }),
    ...(cause === undefined ? {} : { cause }),
  };
};
