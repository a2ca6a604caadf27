import type { MapState, ParallelState } from '../definition.ts';
import { StatesError } from '../errors.ts';
import { evaluateTemplate, evaluateTyped, evaluationError, isArray, isNumber } from '../expression.ts';
import type { Json } from '../json.ts';
import type { Run } from '../run.ts';
import type { Phase, Thread } from '../snapshot.ts';

type MapPhase = Extract<Phase, { kind: 'map' }>;

/** An inline Map runs at most this many iterations at once (Step Functions guide, "Inline mode"). */
const MOST_CONCURRENT = 40;

export const runParallel = async (run: Run, thread: Thread, state: ParallelState): Promise<void> => {
  const input =
    state.Arguments === undefined
      ? thread.input
      : await evaluateTemplate(state.Arguments, 'Arguments', run.scope(thread));
  run.emit(thread, 'ParallelStateStarted');
  thread.phase = { kind: 'parallel', results: [], done: [] };
  for (const [index] of state.Branches.entries()) {
    begin(run, thread, index, input, { branch: index });
  }
};

export const runMap = async (run: Run, thread: Thread, state: MapState): Promise<void> => {
  const scope = run.scope(thread);
  const items = await itemsOf(run, thread, state);
  const limit = await evaluateTyped(state.MaxConcurrency ?? 0, 'MaxConcurrency', scope, 'number', isNumber);
  const phase: MapPhase = {
    kind: 'map',
    items,
    next: 0,
    concurrency: limit > 0 ? Math.min(limit, MOST_CONCURRENT) : MOST_CONCURRENT,
    results: [],
    done: [],
    failed: 0,
    tolerated: {},
  };
  if (state.ToleratedFailureCount !== undefined) {
    phase.tolerated.count = await evaluateTyped(
      state.ToleratedFailureCount,
      'ToleratedFailureCount',
      scope,
      'number',
      isNumber,
    );
  }
  if (state.ToleratedFailurePercentage !== undefined) {
    phase.tolerated.percentage = await evaluateTyped(
      state.ToleratedFailurePercentage,
      'ToleratedFailurePercentage',
      scope,
      'number',
      isNumber,
    );
  }
  thread.phase = phase;
  run.emit(thread, 'MapStateStarted', { length: items.length });
  await continueMap(run, thread, phase);
};

const itemsOf = async (run: Run, thread: Thread, state: MapState): Promise<Json[]> => {
  const scope = run.scope(thread);
  if (state.Items !== undefined) return evaluateTyped(state.Items, 'Items', scope, 'array', isArray);
  if (Array.isArray(thread.input)) return thread.input;
  throw evaluationError(scope, 'Items', `Map state input must be an array but was: ${JSON.stringify(thread.input)}`);
};

/** Starts iterations while there is room; leaves the Map when all have ended. */
const continueMap = async (run: Run, thread: Thread, phase: MapPhase): Promise<void> => {
  const state = run.stateOf(thread);
  if (state.Type !== 'Map') return;
  while (phase.next < phase.items.length && phase.next - phase.done.length - phase.failed < phase.concurrency) {
    const index = phase.next;
    phase.next += 1;
    const value = phase.items[index] ?? null;
    const input =
      state.ItemSelector === undefined
        ? value
        : await evaluateTemplate(
            state.ItemSelector,
            'ItemSelector',
            run.scope(thread, {}, { Map: { Item: { Index: index, Value: value } } }),
          );
    const before = run.emit(thread, 'MapIterationStarted', { name: thread.state, index });
    const child = begin(run, thread, index, input, {});
    child.item = { index, value };
    child.previous = before;
  }
  if (phase.done.length + phase.failed < phase.items.length) return;
  const results = phase.items.flatMap((_, index) => (phase.done.includes(index) ? [phase.results[index] ?? null] : []));
  run.emit(thread, 'MapStateSucceeded');
  await run.leave(thread, { result: results }, results);
};

const begin = (run: Run, parent: Thread, index: number, input: Json, where: { branch?: number }): Thread => {
  const nesting = [...parent.nesting, { state: parent.state, ...where }];
  const child: Thread = {
    id: run.snapshot.nextThread,
    parent: { thread: parent.id, index },
    nesting,
    state: run.startAt(nesting),
    input,
    variables: {},
    enteredEvent: 0,
    enteredAt: run.now(),
    previous: parent.previous,
    retries: [],
    retryCount: 0,
    phase: { kind: 'entering' },
  };
  run.snapshot.nextThread += 1;
  run.snapshot.threads.push(child);
  return child;
};

const remove = (run: Run, thread: Thread): void => {
  run.snapshot.threads = run.snapshot.threads.filter((each) => each !== thread);
};

export const childSucceeded = async (run: Run, child: Thread, output: Json): Promise<void> => {
  const parent = child.parent && run.thread(child.parent.thread);
  if (!parent || !child.parent) return;
  const { index } = child.parent;
  const { phase } = parent;
  remove(run, child);
  if (phase.kind === 'map') {
    parent.previous = run.emit(child, 'MapIterationSucceeded', { name: parent.state, index });
    phase.results[index] = output;
    phase.done.push(index);
    await guarded(run, parent, () => continueMap(run, parent, phase));
  } else if (phase.kind === 'parallel') {
    phase.results[index] = output;
    phase.done.push(index);
    parent.previous = child.previous;
    const state = run.stateOf(parent);
    if (state.Type !== 'Parallel' || phase.done.length < state.Branches.length) return;
    run.emit(parent, 'ParallelStateSucceeded');
    await run.leave(parent, { result: phase.results }, phase.results);
  }
};

export const childFailed = async (run: Run, child: Thread, error: StatesError): Promise<void> => {
  const parent = child.parent && run.thread(child.parent.thread);
  if (!parent || !child.parent) return;
  const { phase } = parent;
  remove(run, child);
  parent.previous = child.previous;
  if (phase.kind === 'map') {
    parent.previous = run.emit(child, 'MapIterationFailed', { name: parent.state, index: child.parent.index });
    phase.failed += 1;
    if (isTolerated(phase)) return guarded(run, parent, () => continueMap(run, parent, phase));
  }
  abortChildren(run, parent);
  const limited = phase.kind === 'map' && Object.keys(phase.tolerated).length > 0;
  await run.fail(parent, limited ? thresholdExceeded() : error, 'running');
};

/** The failed items may be as many as either allowance, whichever is larger; none without one. */
const isTolerated = ({ failed, items, tolerated }: MapPhase): boolean =>
  failed <= (tolerated.count ?? 0) || failed * 100 <= (tolerated.percentage ?? 0) * items.length;

const thresholdExceeded = (): StatesError =>
  new StatesError('States.ExceedToleratedFailureThreshold', 'The specified tolerated failure threshold was exceeded');

const guarded = async (run: Run, thread: Thread, work: () => Promise<void>): Promise<void> => {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof StatesError)) throw error;
    abortChildren(run, thread);
    await run.fail(thread, error, 'running');
  }
};

const ABORTABLE = new Set(['Task', 'Wait', 'Map', 'Parallel']);

/** What still runs beside a failed iteration or branch is given up, innermost first. */
const abortChildren = (run: Run, parent: Thread): void => {
  for (const child of run.snapshot.threads.filter((each) => each.parent?.thread === parent.id)) {
    abortChildren(run, child);
    const { Type } = run.stateOf(child);
    if (child.phase.kind !== 'entering' && ABORTABLE.has(Type)) run.emit(child, `${Type}StateAborted`);
    if (parent.phase.kind === 'map' && child.parent) {
      run.emit(child, 'MapIterationAborted', { name: parent.state, index: child.parent.index });
    }
    remove(run, child);
  }
};
