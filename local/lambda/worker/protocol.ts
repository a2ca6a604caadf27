import type { ClockCells } from '../../kernel/clock.ts';

/** What a function's thread is born with. */
export interface WorkerStart {
  /** The virtual clock, shared; `Date` in the thread reads it. */
  cells: ClockCells;
  codeDirectory: string;
  /** What an earlier thread had compiled of it. */
  compiled: Uint8Array | undefined;
  /** Whether this thread is to say what it has compiled. */
  teaches: boolean;
  /** E.g. `index.handler`. */
  handler: string;
  /** E.g. `nodejs24.x`. */
  runtime: string;
  functionName: string;
  memoryMb: number;
  logGroup: string;
  logStream: string;
  logFormat: 'Text' | 'JSON';
  /** The least serious console level that JSON logs keep. */
  logLevel: string;
}

/** One event for the thread; `deadline` in real epoch milliseconds. */
export interface Invoke {
  requestId: string;
  event: string;
  deadline: number;
  invokedFunctionArn: string;
  /** JSON text. */
  clientContext: string | undefined;
}

/** A function's error as AWS answers it. */
export interface ErrorPayload {
  errorType: string;
  errorMessage: string;
  trace?: string[];
}

export type FromWorker =
  | { type: 'ready' }
  /** The code could not be loaded. */
  | { type: 'failed'; error: ErrorPayload }
  /** What this thread has compiled of its code, for those that come after it. */
  | { type: 'compiled'; code: Uint8Array<ArrayBuffer> }
  | { type: 'began' }
  | { type: 'log'; line: string }
  /** JSON text of the handler's result; `cpuMs`: processor time of the thread, from the event to the result. */
  | { type: 'result'; text: string; cpuMs: number }
  /** `fatal`: outside of the handler's promise; the thread is not used again. */
  | { type: 'error'; error: ErrorPayload; fatal: boolean };
