import type { HistoryEvent } from './history.ts';
import type { Snapshot } from './snapshot.ts';

export type Status = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

/** One execution as it is kept. */
export interface Execution {
  arn: string;
  name: string;
  machineArn: string;
  machineName: string;
  revision: number;
  /** JSON text as it was given. */
  input: string;
  status: Status;
  /** The states it stands in, outermost first; the last one it was in once it has ended. */
  state: string;
  startedAt: number;
  stoppedAt?: number;
  /** JSON text. */
  output?: string;
  error?: string;
  cause?: string;
  snapshot: Snapshot;
}

export interface Filter {
  machineArn?: string | undefined;
  status?: string | undefined;
  name?: string | undefined;
  limit?: number | undefined;
  offset?: number | undefined;
}

/** Where executions are kept: SQLite for Standard, memory for Express. */
export interface Executions {
  insert(execution: Execution, events: readonly HistoryEvent[]): void;
  get(arn: string): Execution | undefined;
  /** Writes where it stands and appends to its history, both or neither. */
  update(execution: Execution, events: readonly HistoryEvent[]): void;
  delete(arn: string): void;
  history(arn: string): HistoryEvent[];
  /** Latest start first; without where they stand. */
  list(filter: Filter): Execution[];
  nextDue(): number | undefined;
  due(now: number): string[];
  /** Running ones that go on by themselves, to be taken up after a restart. */
  busy(): string[];
}
