import type { Json, JsonObject } from './json.ts';

/** Where an execution stands, as plain JSON: enough to go on after the process has died. */
export interface Snapshot {
  nextEvent: number;
  nextThread: number;
  /** Distinguishes attempts, so that a late answer to an earlier one is known as such. */
  nextAttempt: number;
  /** Virtual epoch ms at which the whole machine times out. */
  deadline?: number;
  threads: Thread[];
}

/** One step into a nested workflow: a Map's processor, or a Parallel's branch by number. */
export interface Nesting {
  state: string;
  branch?: number;
}

/** A line of control: the machine itself, an iteration of a Map or a branch of a Parallel. */
export interface Thread {
  id: number;
  parent?: { thread: number; index: number };
  nesting: Nesting[];
  state: string;
  input: Json;
  variables: JsonObject;
  /** The item of the nearest Map, for `$states.context.Map`. */
  item?: { index: number; value: Json };
  enteredEvent: number;
  enteredAt: number;
  /** The event before the next one of this thread. */
  previous: number;
  /** Attempts used, by position in Retry. */
  retries: number[];
  retryCount: number;
  phase: Phase;
}

export type Phase =
  | { kind: 'entering' }
  | { kind: 'running' }
  | Calling
  | { kind: 'waiting'; until: number }
  | { kind: 'backoff'; until: number }
  | {
      kind: 'map';
      items: Json[];
      next: number;
      concurrency: number;
      results: Json[];
      done: number[];
      failed: number;
      tolerated: Tolerated;
    }
  | { kind: 'parallel'; results: Json[]; done: number[] };

export interface Tolerated {
  count?: number;
  percentage?: number;
}

/** A task that was handed over (`arguments` present) or, with a token, waits to be settled from outside. */
export interface Calling {
  kind: 'calling';
  attempt: number;
  arguments?: Json;
  /** Secret of the task token; the task waits for it. */
  secret?: string;
  timeoutAt?: number;
  heartbeatAt?: number;
  heartbeatSeconds?: number;
}

/** When the thread goes on, or gives up waiting, by itself. */
export const dueOf = ({ phase }: Thread): number | undefined => {
  if (phase.kind === 'waiting' || phase.kind === 'backoff') return phase.until;
  if (phase.kind !== 'calling') return undefined;
  const { timeoutAt, heartbeatAt } = phase;
  return timeoutAt === undefined ? heartbeatAt : Math.min(timeoutAt, heartbeatAt ?? timeoutAt);
};

/** The earliest instant at which this execution has something to do by itself. */
export const nextDue = (snapshot: Snapshot): number | undefined => {
  let due = snapshot.deadline;
  for (const thread of snapshot.threads) {
    const at = dueOf(thread);
    if (at !== undefined && (due === undefined || at < due)) due = at;
  }
  return due;
};

/** Whether something runs on without a timer or a token: it must be taken up again after a crash. */
export const isBusy = (snapshot: Snapshot): boolean =>
  snapshot.threads.some(
    ({ phase }) =>
      phase.kind === 'entering' ||
      phase.kind === 'running' ||
      (phase.kind === 'calling' && phase.arguments !== undefined),
  );
