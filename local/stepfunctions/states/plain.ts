import type { FailState } from '../definition.ts';
import { StatesError } from '../errors.ts';
import { evaluateTyped, isString } from '../expression.ts';
import type { Run } from '../run.ts';
import type { Thread } from '../snapshot.ts';

export const runPass = (run: Run, thread: Thread): Promise<void> => run.leave(thread, {}, thread.input);

export const runSucceed = (run: Run, thread: Thread): Promise<void> => run.leave(thread, {}, thread.input);

/** Ends its thread with the error it names; a Fail state has no exit event. */
export const runFail = async (run: Run, thread: Thread, state: FailState): Promise<void> => {
  const scope = run.scope(thread);
  const error =
    state.Error === undefined ? undefined : await evaluateTyped(state.Error, 'Error', scope, 'string', isString);
  const cause =
    state.Cause === undefined ? undefined : await evaluateTyped(state.Cause, 'Cause', scope, 'string', isString);
  throw new StatesError(error, cause);
};
