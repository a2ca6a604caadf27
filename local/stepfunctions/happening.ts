import type { StatesError } from './errors.ts';
import type { Json } from './json.ts';

/** What never changes about an execution. */
export interface Identity {
  arn: string;
  name: string;
  machineArn: string;
  machineName: string;
  roleArn: string;
  input: Json;
  /** Virtual epoch ms. */
  startedAt: number;
}

/** A task to hand over once the state has been stored. */
export interface Call {
  thread: number;
  attempt: number;
  stateName: string;
  resource: string;
  arguments: Json;
  /** The task token, where the state waits for it. */
  token?: string;
}

export type Answer = { ok: true; result: Json } | { ok: false; error: StatesError };

export interface TaskReference {
  thread: number;
  attempt: number;
}

/** Everything that can happen to an execution. */
export type Happening =
  | { kind: 'resume' }
  | { kind: 'tick' }
  | ({ kind: 'answer'; answer: Answer } & TaskReference)
  | ({ kind: 'settle'; secret: string; answer: Answer } & TaskReference)
  | ({ kind: 'heartbeat'; secret: string } & TaskReference)
  | { kind: 'stop'; error: StatesError };

export type Ending =
  | { status: 'SUCCEEDED'; output: Json }
  | { status: 'FAILED' | 'ABORTED'; error: StatesError }
  | { status: 'TIMED_OUT' };

/** What an exit writes: the parts of a state, a choice rule or a catcher. */
export interface Outcome {
  Assign?: Record<string, Json> | undefined;
  Output?: Json | undefined;
}
