import { randomBytes } from 'node:crypto';
import { contextObject, lineage, workflowAt } from './context.ts';
import type { Definition, State } from './definition.ts';
import { asStatesError, dataLimitExceeded, errorMembers, StatesError } from './errors.ts';
import { evaluateTemplate, type Scope } from './expression.ts';
import type { Call, Ending, Happening, Identity, Outcome, TaskReference } from './happening.ts';
import { HISTORY_LIMIT, type HistoryEvent } from './history.ts';
import { exceedsPayloadLimit, type Json, type JsonObject } from './json.ts';
import { type Calling, dueOf, type Nesting, type Snapshot, type Thread } from './snapshot.ts';
import { runChoice } from './states/choice.ts';
import { fail } from './states/failing.ts';
import { childSucceeded, runMap, runParallel } from './states/nested.ts';
import { runFail, runPass, runSucceed } from './states/plain.ts';
import { answerTask, runTask, timeOutTask } from './states/task.ts';
import { runWait } from './states/wait.ts';
import { encodeToken } from './token.ts';

class HistoryIsFull extends Error {}

/**
 * One execution on its way: takes what happens, walks its threads until each of them waits, and collects the events to
 * append, the calls to make and how it ended. It touches nothing outside itself, so that whoever holds it can store the
 * step before acting on it.
 */
export class Run {
  readonly definition: Definition;
  readonly identity: Identity;
  readonly snapshot: Snapshot;
  readonly now: () => number;
  events: HistoryEvent[] = [];
  calls: Call[] = [];
  /** States entered, retries included: AWS's transitions. */
  transitions = 0;
  ending: Ending | undefined;
  /** The state it ended in. */
  lastState: string | undefined;
  readonly random: () => number;

  constructor(
    definition: Definition,
    identity: Identity,
    snapshot: Snapshot,
    now: () => number,
    random: () => number = Math.random,
  ) {
    this.definition = definition;
    this.identity = identity;
    this.snapshot = snapshot;
    this.now = now;
    this.random = random;
  }

  /** Takes in one happening; false if it came too late (a token used twice, an answer nobody waits for any more). */
  async take(happening: Happening): Promise<boolean> {
    try {
      const taken = await this.receive(happening);
      await this.advance();
      return taken;
    } catch (error) {
      if (!(error instanceof HistoryIsFull)) throw error;
      this.end({
        status: 'FAILED',
        error: new StatesError(
          'States.Runtime',
          `The execution reached the maximum number of history events (${HISTORY_LIMIT}).`,
        ),
      });
      return true;
    }
  }

  /** Forgets what has been stored and handed over. */
  clear(): void {
    this.events = [];
    this.calls = [];
    this.transitions = 0;
  }

  private async receive(happening: Happening): Promise<boolean> {
    switch (happening.kind) {
      case 'resume':
        for (const thread of this.snapshot.threads) this.callAgain(thread);
        return true;
      case 'tick':
        return this.tick();
      case 'stop':
        this.end({ status: 'ABORTED', error: happening.error });
        return true;
      case 'heartbeat': {
        const waiting = this.waiting(happening, happening.secret);
        if (!waiting) return false;
        const { phase } = waiting;
        if (phase.heartbeatSeconds !== undefined) phase.heartbeatAt = this.now() + phase.heartbeatSeconds * 1000;
        return true;
      }
      case 'settle':
      case 'answer': {
        const secret = happening.kind === 'settle' ? happening.secret : undefined;
        const waiting = this.waiting(happening, secret);
        if (!waiting) return false;
        await answerTask(this, waiting.thread, waiting.phase, happening.answer, secret !== undefined);
        return true;
      }
    }
  }

  private waiting(
    reference: TaskReference,
    secret: string | undefined,
  ): { thread: Thread; phase: Calling } | undefined {
    const thread = this.snapshot.threads.find(({ id }) => id === reference.thread);
    if (thread?.phase.kind !== 'calling' || thread.phase.attempt !== reference.attempt) return undefined;
    if (secret !== undefined && thread.phase.secret !== secret) return undefined;
    return { thread, phase: thread.phase };
  }

  private callAgain(thread: Thread): void {
    const state = this.stateOf(thread);
    if (thread.phase.kind !== 'calling' || thread.phase.arguments === undefined || state.Type !== 'Task') return;
    this.call(thread, thread.phase, state.Resource, thread.phase.arguments);
  }

  call(thread: Thread, phase: Calling, resource: string, args: Json): void {
    this.calls.push({
      thread: thread.id,
      attempt: phase.attempt,
      stateName: thread.state,
      resource,
      arguments: args,
      ...(phase.secret === undefined ? {} : { token: this.token(thread, phase.attempt, phase.secret) }),
    });
  }

  /** Everything that is due, in time order; the machine's own timeout last among equals. */
  private async tick(): Promise<boolean> {
    const now = this.now();
    const due: Array<{ at: number; thread: Thread }> = [];
    for (const thread of this.snapshot.threads) {
      const at = dueOf(thread);
      if (at !== undefined && at <= now) due.push({ at, thread });
    }
    due.sort((a, b) => a.at - b.at);
    const deadline = this.snapshot.deadline;
    for (const { at, thread } of due) {
      if (deadline !== undefined && deadline < at) break;
      if (this.ending !== undefined || !this.snapshot.threads.includes(thread) || dueOf(thread) !== at) continue;
      await this.fire(thread);
      await this.advance();
    }
    if (this.ending === undefined && deadline !== undefined && deadline <= now) this.end({ status: 'TIMED_OUT' });
    return true;
  }

  private async fire(thread: Thread): Promise<void> {
    const { phase } = thread;
    if (phase.kind === 'backoff') {
      this.transitions += 1;
      thread.phase = { kind: 'running' };
    } else if (phase.kind === 'waiting') {
      await this.leave(thread, {}, thread.input);
    } else if (phase.kind === 'calling') {
      await timeOutTask(this, thread, phase);
    }
  }

  /** Walks every thread until it waits for something. */
  private async advance(): Promise<void> {
    while (this.ending === undefined) {
      const thread = this.snapshot.threads.find(({ phase }) => phase.kind === 'entering' || phase.kind === 'running');
      if (!thread) return;
      const state = this.stateOf(thread);
      if (thread.phase.kind === 'entering') {
        this.transitions += 1;
        thread.enteredAt = this.now();
        thread.retries = [];
        thread.retryCount = 0;
        thread.enteredEvent = this.emit(thread, `${state.Type}StateEntered`, {
          name: thread.state,
          input: JSON.stringify(thread.input),
        });
        thread.phase = { kind: 'running' };
      }
      try {
        await this.execute(thread, state);
      } catch (error) {
        await this.fail(thread, asStatesError(error), 'running');
      }
    }
  }

  private async execute(thread: Thread, state: State): Promise<void> {
    switch (state.Type) {
      case 'Pass':
        return runPass(this, thread);
      case 'Succeed':
        return runSucceed(this, thread);
      case 'Fail':
        return runFail(this, thread, state);
      case 'Choice':
        return runChoice(this, thread, state);
      case 'Wait':
        return runWait(this, thread, state);
      case 'Task':
        return runTask(this, thread, state);
      case 'Parallel':
        return runParallel(this, thread, state);
      case 'Map':
        return runMap(this, thread, state);
    }
  }

  /** Leaves a state by its own Assign and Output, to its Next or End. An error there is the state's error. */
  async leave(thread: Thread, extras: Record<string, Json>, fallback: Json): Promise<void> {
    const state = this.stateOf(thread);
    const outcome: Outcome = 'Output' in state || 'Assign' in state ? state : {};
    const next = 'Next' in state ? state.Next : undefined;
    try {
      await this.exit(thread, outcome, '', extras, fallback, next);
    } catch (error) {
      await this.fail(thread, asStatesError(error), 'done');
    }
  }

  /**
   * Writes variables and output, then goes to `next` or ends the thread. `at` precedes the field's name in an error's
   * location (`Catch[0]/`). Assign and Output both read the variables as they were.
   */
  async exit(
    thread: Thread,
    outcome: Outcome,
    at: string,
    extras: Record<string, Json>,
    fallback: Json,
    next: string | undefined,
  ): Promise<void> {
    const scope = this.scope(thread, extras);
    const assigned: JsonObject = {};
    for (const [name, template] of Object.entries(outcome.Assign ?? {})) {
      assigned[name] = await evaluateTemplate(template, `${at}Assign/${name}`, scope);
    }
    const output =
      outcome.Output === undefined ? fallback : await evaluateTemplate(outcome.Output, `${at}Output`, scope);
    if (exceedsPayloadLimit(output) || exceedsPayloadLimit(assigned)) throw dataLimitExceeded(thread.state);
    Object.assign(thread.variables, assigned);
    const texts = Object.fromEntries(Object.entries(assigned).map(([name, value]) => [name, JSON.stringify(value)]));
    this.emit(thread, `${this.stateOf(thread).Type}StateExited`, {
      name: thread.state,
      output: JSON.stringify(output),
      ...(outcome.Assign === undefined ? {} : { assignedVariables: texts }),
    });
    if (next !== undefined) {
      thread.state = next;
      thread.input = output;
      thread.phase = { kind: 'entering' };
      return;
    }
    if (thread.parent) await childSucceeded(this, thread, output);
    else this.end({ status: 'SUCCEEDED', output });
  }

  fail(thread: Thread, error: StatesError, stage: 'running' | 'done'): Promise<void> {
    return fail(this, thread, error, stage);
  }

  /** Ends the execution; the last event of its history. */
  end(ending: Ending): void {
    this.ending = ending;
    const root = this.snapshot.threads.find(({ parent }) => parent === undefined);
    const details =
      ending.status === 'SUCCEEDED'
        ? { output: JSON.stringify(ending.output) }
        : 'error' in ending
          ? errorMembers(ending.error)
          : {};
    const names = { SUCCEEDED: 'Succeeded', FAILED: 'Failed', ABORTED: 'Aborted', TIMED_OUT: 'TimedOut' };
    this.append(root, `Execution${names[ending.status]}`, details);
    this.lastState = root?.state;
    this.snapshot.threads = [];
  }

  emit(thread: Thread, type: string, details?: JsonObject): number {
    if (this.snapshot.nextEvent >= HISTORY_LIMIT) throw new HistoryIsFull();
    return this.append(thread, type, details);
  }

  private append(thread: Thread | undefined, type: string, details?: JsonObject): number {
    const id = this.snapshot.nextEvent;
    this.snapshot.nextEvent += 1;
    const event: HistoryEvent = { id, previous: thread?.previous ?? id - 1, at: this.now(), type };
    if (details !== undefined) event.details = details;
    this.events.push(event);
    if (thread) thread.previous = id;
    return id;
  }

  stateOf(thread: Thread): State {
    const state = workflowAt(this.definition, thread.nesting).States[thread.state];
    if (!state) throw new StatesError('States.Runtime', `There is no state '${thread.state}'.`);
    return state;
  }

  startAt(nesting: readonly Nesting[]): string {
    return workflowAt(this.definition, nesting).StartAt;
  }

  thread(id: number): Thread | undefined {
    return this.snapshot.threads.find((thread) => thread.id === id);
  }

  newSecret(): string {
    return randomBytes(24).toString('base64url');
  }

  token(thread: Thread, attempt: number, secret: string): string {
    return encodeToken({ arn: this.identity.arn, thread: thread.id, attempt, secret });
  }

  /** What expressions of the thread's present state see; `extras` beside input and context (`result`, `errorOutput`). */
  scope(thread: Thread, extras: Record<string, Json> = {}, context: JsonObject = {}): Scope {
    const around = lineage(this.snapshot, thread);
    return {
      variables: Object.assign({}, ...around.map(({ variables }) => variables)),
      states: { input: thread.input, context: { ...contextObject(this.identity, around), ...context }, ...extras },
      now: this.now,
      stateName: thread.state,
      enteredEvent: thread.enteredEvent,
    };
  }
}
