import type { WaitState } from '../definition.ts';
import { evaluateTyped, evaluationError, isNumber, isString } from '../expression.ts';
import type { Run } from '../run.ts';
import type { Thread } from '../snapshot.ts';
import { parseTimestamp } from '../timestamp.ts';

const LONGEST_SECONDS = 99_999_999;

/** Stands still until an instant; one that has passed is no wait. */
export const runWait = async (run: Run, thread: Thread, state: WaitState): Promise<void> => {
  const until = await dueOf(run, thread, state);
  if (until <= run.now()) return run.leave(thread, {}, thread.input);
  thread.phase = { kind: 'waiting', until };
};

const dueOf = async (run: Run, thread: Thread, state: WaitState): Promise<number> => {
  const scope = run.scope(thread);
  if (state.Timestamp !== undefined) {
    const text = await evaluateTyped(state.Timestamp, 'Timestamp', scope, 'string', isString);
    const instant = parseTimestamp(text);
    if (instant !== undefined) return instant;
    throw evaluationError(
      scope,
      'Timestamp',
      `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${text}`,
    );
  }
  const seconds = await evaluateTyped(state.Seconds ?? 0, 'Seconds', scope, 'number', isNumber);
  if (!Number.isInteger(seconds) || seconds < 0 || seconds > LONGEST_SECONDS) {
    throw evaluationError(
      scope,
      'Seconds',
      `The Seconds field must be a whole number between 0 and ${LONGEST_SECONDS} but was: ${seconds}`,
    );
  }
  return run.now() + seconds * 1000;
};
