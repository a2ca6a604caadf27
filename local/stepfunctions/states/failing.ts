import type { Catcher, Retrier } from '../definition.ts';
import { asStatesError, errorMembers, matches, type StatesError } from '../errors.ts';
import { backoffMs } from '../retry.ts';
import type { Run } from '../run.ts';
import type { Thread } from '../snapshot.ts';
import { childFailed } from './nested.ts';

/**
 * Retries, catches, or fails the thread. `stage` is `done` when the state's work had succeeded and only its output
 * failed, so that a Map is not reported as failed after it was reported as succeeded.
 */
export const fail = async (run: Run, thread: Thread, error: StatesError, stage: 'running' | 'done'): Promise<void> => {
  const state = run.stateOf(thread);
  report(run, thread, error);
  if (stage === 'running' && (state.Type === 'Map' || state.Type === 'Parallel')) {
    run.emit(thread, `${state.Type}StateFailed`);
  }
  if (state.Type !== 'Task' && state.Type !== 'Map' && state.Type !== 'Parallel') return failThread(run, thread, error);
  if (retry(run, thread, state.Retry ?? [], error)) return;
  const at = (state.Catch ?? []).findIndex(({ ErrorEquals }) => matches(ErrorEquals, error));
  const catcher = state.Catch?.[at];
  if (!catcher) return failThread(run, thread, error);
  await catchError(run, thread, catcher, at, error);
};

/** An error in the catcher's own expressions is caught by nobody. */
const catchError = async (
  run: Run,
  thread: Thread,
  catcher: Catcher,
  at: number,
  error: StatesError,
): Promise<void> => {
  const errorOutput = { Error: error.error ?? null, Cause: error.cause ?? null };
  try {
    await run.exit(thread, catcher, `Catch[${at}]/`, { errorOutput }, errorOutput, catcher.Next);
  } catch (second) {
    const uncaught = asStatesError(second);
    report(run, thread, uncaught);
    await failThread(run, thread, uncaught);
  }
};

const report = (run: Run, thread: Thread, error: StatesError): void => {
  if (error.location === undefined) return;
  run.emit(thread, 'EvaluationFailed', { ...errorMembers(error), location: error.location, state: thread.state });
};

const failThread = async (run: Run, thread: Thread, error: StatesError): Promise<void> => {
  if (thread.parent) await childFailed(run, thread, error);
  else run.end({ status: 'FAILED', error });
};

/** Each retrier counts its own attempts; they begin anew when the state is entered again. */
const retry = (run: Run, thread: Thread, retriers: readonly Retrier[], error: StatesError): boolean => {
  const at = retriers.findIndex(({ ErrorEquals }) => matches(ErrorEquals, error));
  const retrier = retriers[at];
  const used = thread.retries[at] ?? 0;
  if (!retrier || used >= (retrier.MaxAttempts ?? 3)) return false;
  thread.retries[at] = used + 1;
  thread.retryCount += 1;
  thread.phase = { kind: 'backoff', until: run.now() + backoffMs(retrier, used + 1, run.random) };
  return true;
};
