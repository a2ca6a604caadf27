import type { Definition, Workflow } from './definition.ts';
import { StatesError } from './errors.ts';
import type { Identity } from './happening.ts';
import type { JsonObject } from './json.ts';
import type { Nesting, Snapshot, Thread } from './snapshot.ts';

/** The nested workflow a thread walks in. */
export const workflowAt = (definition: Definition, nesting: readonly Nesting[]): Workflow => {
  let workflow: Workflow = definition;
  for (const { state: name, branch } of nesting) {
    const state = workflow.States[name];
    let inner: Workflow | undefined;
    if (state?.Type === 'Map') inner = state.ItemProcessor;
    if (state?.Type === 'Parallel') inner = state.Branches[branch ?? 0];
    if (!inner) throw new StatesError('States.Runtime', `There is no nested workflow in '${name}'.`);
    workflow = inner;
  }
  return workflow;
};

/** The thread and those around it, outermost first: inner scopes read outer variables. */
export const lineage = (snapshot: Snapshot, thread: Thread): Thread[] => {
  const parent = snapshot.threads.find(({ id }) => id === thread.parent?.thread);
  return parent ? [...lineage(snapshot, parent), thread] : [thread];
};

/** The context object (Step Functions guide, "Accessing execution data from the Context object"). */
export const contextObject = (identity: Identity, around: readonly Thread[]): JsonObject => {
  const thread = around.at(-1);
  const item = around.findLast((each) => each.item !== undefined)?.item;
  return {
    Execution: {
      Id: identity.arn,
      Input: identity.input,
      Name: identity.name,
      RoleArn: identity.roleArn,
      StartTime: new Date(identity.startedAt).toISOString(),
      RedriveCount: 0,
    },
    StateMachine: { Id: identity.machineArn, Name: identity.machineName },
    ...(thread
      ? {
          State: {
            Name: thread.state,
            EnteredTime: new Date(thread.enteredAt).toISOString(),
            RetryCount: thread.retryCount,
          },
        }
      : {}),
    ...(item ? { Map: { Item: { Index: item.index, Value: item.value } } } : {}),
  };
};
