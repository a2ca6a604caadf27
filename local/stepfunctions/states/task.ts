import { REGION } from '../../aws/contract.ts';
import type { TaskState } from '../definition.ts';
import { dataLimitExceeded, errorMembers, StatesError } from '../errors.ts';
import { evaluateTemplate, evaluateTyped, evaluationError, isNumber, type Scope } from '../expression.ts';
import type { Answer } from '../happening.ts';
import { exceedsPayloadLimit, type Json, type JsonObject } from '../json.ts';
import { type Integration, integrationOf } from '../resource.ts';
import type { Run } from '../run.ts';
import type { Calling, Thread } from '../snapshot.ts';

/** Evaluates what the task is given, writes that it was scheduled and started, and leaves it to be called. */
export const runTask = async (run: Run, thread: Thread, state: TaskState): Promise<void> => {
  const integration = integrationOf(state.Resource);
  const phase: Calling = { kind: 'calling', attempt: run.snapshot.nextAttempt };
  run.snapshot.nextAttempt += 1;
  let context: JsonObject = {};
  if (integration.waits) {
    phase.secret = run.newSecret();
    context = { Task: { Token: run.token(thread, phase.attempt, phase.secret) } };
  }
  const scope = run.scope(thread, {}, context);
  const args =
    state.Arguments === undefined ? thread.input : await evaluateTemplate(state.Arguments, 'Arguments', scope);
  if (exceedsPayloadLimit(args)) throw dataLimitExceeded(thread.state);
  const timeout = await seconds(state.TimeoutSeconds, 'TimeoutSeconds', scope);
  const heartbeat = await seconds(state.HeartbeatSeconds, 'HeartbeatSeconds', scope);
  phase.arguments = args;
  const now = run.now();
  if (timeout !== undefined) phase.timeoutAt = now + timeout * 1000;
  if (heartbeat !== undefined) {
    phase.heartbeatSeconds = heartbeat;
    phase.heartbeatAt = now + heartbeat * 1000;
  }
  emitStart(run, thread, integration, args, { timeout, heartbeat });
  thread.phase = phase;
  run.call(thread, phase, state.Resource, args);
};

const seconds = async (template: Json | undefined, field: string, scope: Scope): Promise<number | undefined> => {
  if (template === undefined) return undefined;
  const value = await evaluateTyped(template, field, scope, 'number', isNumber);
  if (Number.isInteger(value) && value > 0 && value <= 99_999_999) return value;
  throw evaluationError(scope, field, `The ${field} field must be a positive whole number but was: ${value}`);
};

const emitStart = (
  run: Run,
  thread: Thread,
  integration: Integration,
  args: Json,
  limits: { timeout: number | undefined; heartbeat: number | undefined },
): void => {
  const given = {
    ...(limits.timeout === undefined ? {} : { timeoutInSeconds: limits.timeout }),
    ...(limits.heartbeat === undefined ? {} : { heartbeatInSeconds: limits.heartbeat }),
  };
  if (integration.kind === 'function') {
    run.emit(thread, 'LambdaFunctionScheduled', {
      resource: integration.resource,
      input: JSON.stringify(args),
      ...(limits.timeout === undefined ? {} : { timeoutInSeconds: limits.timeout }),
    });
    run.emit(thread, 'LambdaFunctionStarted');
    return;
  }
  run.emit(thread, 'TaskScheduled', {
    ...about(integration),
    region: REGION,
    parameters: JSON.stringify(args),
    ...given,
  });
  run.emit(thread, 'TaskStarted', about(integration));
};

const about = ({ resourceType, resource }: Integration): JsonObject => ({ resourceType, resource });

/** Takes the answer of the call, or of whoever held the task's token (`settled`). */
export const answerTask = async (
  run: Run,
  thread: Thread,
  phase: Calling,
  answer: Answer,
  settled: boolean,
): Promise<void> => {
  const state = run.stateOf(thread);
  if (state.Type !== 'Task') return;
  const integration = integrationOf(state.Resource);
  if (!answer.ok) return failTask(run, thread, integration, answer.error, 'Failed');
  const { result } = answer;
  const text = JSON.stringify(result);
  if (!settled && phase.secret !== undefined) {
    run.emit(thread, 'TaskSubmitted', { ...about(integration), output: text });
    delete phase.arguments;
    return;
  }
  if (exceedsPayloadLimit(result))
    return failTask(run, thread, integration, dataLimitExceeded(state.Resource), 'Failed');
  if (integration.kind === 'function') run.emit(thread, 'LambdaFunctionSucceeded', { output: text });
  else run.emit(thread, 'TaskSucceeded', { ...about(integration), output: text });
  await run.leave(thread, { result }, result);
};

/** TimeoutSeconds or HeartbeatSeconds ran out. Both give States.Timeout; the latter answers to its own name as well. */
export const timeOutTask = async (run: Run, thread: Thread, phase: Calling): Promise<void> => {
  const state = run.stateOf(thread);
  if (state.Type !== 'Task') return;
  const missed =
    phase.heartbeatAt !== undefined && (phase.timeoutAt === undefined || phase.heartbeatAt < phase.timeoutAt);
  const error = new StatesError('States.Timeout', undefined, missed ? { alias: 'States.HeartbeatTimeout' } : {});
  await failTask(run, thread, integrationOf(state.Resource), error, 'TimedOut');
};

const failTask = async (
  run: Run,
  thread: Thread,
  integration: Integration,
  error: StatesError,
  how: 'Failed' | 'TimedOut',
): Promise<void> => {
  if (integration.kind === 'function') run.emit(thread, `LambdaFunction${how}`, errorMembers(error));
  else run.emit(thread, `Task${how}`, { ...about(integration), ...errorMembers(error) });
  await run.fail(thread, error, 'running');
};
