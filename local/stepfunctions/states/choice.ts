import type { ChoiceState } from '../definition.ts';
import { StatesError } from '../errors.ts';
import { evaluateTyped, isBoolean } from '../expression.ts';
import type { Run } from '../run.ts';
import type { Thread } from '../snapshot.ts';

/** The first rule that holds brings its own Assign and Output; the state's apply only with Default. */
export const runChoice = async (run: Run, thread: Thread, state: ChoiceState): Promise<void> => {
  const scope = run.scope(thread);
  for (const [at, rule] of state.Choices.entries()) {
    if (!(await evaluateTyped(rule.Condition, `Choices[${at}]/Condition`, scope, 'boolean', isBoolean))) continue;
    return run.exit(thread, rule, `Choices[${at}]/`, {}, thread.input, rule.Next);
  }
  if (state.Default === undefined) {
    throw new StatesError(
      'States.NoChoiceMatched',
      `An error occurred while executing the state '${thread.state}' (entered at the event id #${thread.enteredEvent}). Failed to transition out of the state. The state does not point to a next state.`,
    );
  }
  return run.exit(thread, state, '', {}, thread.input, state.Default);
};
