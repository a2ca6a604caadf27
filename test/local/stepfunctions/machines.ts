import type { Json } from '../../../local/stepfunctions/json.ts';
import { type Script, type WorkflowRun, workflow } from '../../support/workflow-driver.ts';

type States = Record<string, Record<string, unknown>>;

/** A JSONata machine that starts at its first state. */
export const machine = (states: States, more: Record<string, unknown> = {}): string =>
  JSON.stringify({ QueryLanguage: 'JSONata', StartAt: Object.keys(states)[0], States: states, ...more });

export const FUNCTION_ARN = 'arn:aws:lambda:us-east-1:000000000000:function:Work';
export const WAIT_FOR_TOKEN = 'arn:aws:states:::aws-sdk:dynamodb:updateItem.waitForTaskToken';

/** Runs a machine of these states until it waits or ends. */
export const run = (
  states: States,
  input: Json = {},
  scripts: Record<string, Script> = {},
  more: Record<string, unknown> = {},
): Promise<WorkflowRun> => workflow('machine', { text: machine(states, more) }).start(input, scripts);

/** A nested workflow of one chain of states. */
export const nested = (states: States): Record<string, unknown> => ({
  StartAt: Object.keys(states)[0],
  States: states,
});
