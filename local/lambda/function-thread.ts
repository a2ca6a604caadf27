import { Worker } from 'node:worker_threads';
import type { ErrorPayload, FromWorker, Invoke, WorkerStart } from './worker/protocol.ts';

/** Real time that loading a function's code may take; AWS allows 10 s on a machine that does nothing else. */
const INIT_LIMIT_MS = 30_000;

/** Room for short-lived objects per thread: small, since many threads share one machine. */
const YOUNG_GENERATION_MB = 4;

export interface Run {
  result: { kind: 'returned'; text: string; cpuMs: number } | { kind: 'failed'; error: ErrorPayload };
  /** Real milliseconds the handler ran. */
  ms: number;
  /** Real milliseconds of the cold start, if this run had one. */
  initMs: number | undefined;
}

export interface Job {
  invoke: Omit<Invoke, 'deadline'>;
  timeoutSeconds: number;
  /** Dies after the event was handed over, at a moment of its own. */
  kill: boolean;
  log: (line: string) => void;
}

interface Current {
  job: Job;
  began: number;
  end: (result: Run['result']) => void;
}

const describe = (invoke: { requestId: string }, text: string): string => `RequestId: ${invoke.requestId} ${text}`;

/** One thread of one function: started with its code, given one event at a time, ended when it fails or is not needed. */
export class FunctionThread {
  private readonly worker: Worker;
  private readonly startedAt = performance.now();
  private initMs: number | undefined;
  private ready = false;
  private current: Current | undefined;
  private clock: NodeJS.Timeout | undefined;
  private lastLog: (line: string) => void = () => {};
  private readonly learn: (compiled: Uint8Array) => void;
  /** Set when the thread must not be used again. */
  dead = false;
  /** Set when the thread is to end after its present event. */
  retired = false;
  readonly ended: Promise<void>;

  /** `entry`: the file of `writeWorkerCode`; `learn` hears what the thread has compiled of the function's code. */
  constructor(
    entry: string,
    start: WorkerStart,
    env: Record<string, string>,
    learn: (compiled: Uint8Array) => void = () => {},
  ) {
    this.learn = learn;
    this.worker = new Worker(entry, {
      workerData: start,
      env,
      argv: [],
      execArgv: [],
      stdin: false,
      resourceLimits: { maxOldGenerationSizeMb: start.memoryMb, maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
    });
    this.worker.on('message', (message: FromWorker) => this.hear(message));
    this.worker.on('error', (error) => this.broken(error));
    this.ended = new Promise((resolve) => {
      this.worker.on('exit', (code) => {
        this.exited(code);
        resolve();
      });
    });
  }

  /** Runs one event; never rejects. The caller hands over the next one only when this has resolved. */
  run(job: Job): Promise<Run> {
    return new Promise((resolve) => {
      const cold = this.initMs === undefined;
      const end = (result: Run['result']): void => {
        clearTimeout(this.clock);
        const ms = current.began === 0 ? 0 : performance.now() - current.began;
        this.current = undefined;
        resolve({ result, ms, initMs: cold ? (this.initMs ?? performance.now() - this.startedAt) : undefined });
      };
      const current: Current = { job, began: 0, end };
      this.current = current;
      this.lastLog = job.log;
      if (this.dead) this.fail('Runtime.ExitError', 'Error: Runtime exited without providing a reason');
      else if (this.ready) this.handOver(current);
      else this.limit(INIT_LIMIT_MS, INIT_LIMIT_MS / 1000);
    });
  }

  async end(): Promise<void> {
    this.dead = true;
    await this.worker.terminate();
    await this.ended;
  }

  private handOver(current: Current): void {
    const { job } = current;
    current.began = performance.now();
    this.limit(job.timeoutSeconds * 1000, job.timeoutSeconds);
    this.worker.postMessage({ ...job.invoke, deadline: Date.now() + job.timeoutSeconds * 1000 } satisfies Invoke);
  }

  private limit(ms: number, seconds: number): void {
    clearTimeout(this.clock);
    this.clock = setTimeout(
      () => this.fail('Sandbox.Timedout', `Error: Task timed out after ${seconds.toFixed(2)} seconds`),
      ms,
    );
  }

  private hear(message: FromWorker): void {
    if (message.type === 'log') this.lastLog(message.line);
    else if (message.type === 'compiled') this.learn(message.code);
    else if (message.type === 'ready') {
      this.ready = true;
      this.initMs = performance.now() - this.startedAt;
      if (this.current) this.handOver(this.current);
    } else if (this.current) this.hearOf(this.current, message);
  }

  private hearOf(current: Current, message: Exclude<FromWorker, { type: 'log' | 'ready' | 'compiled' }>): void {
    if (message.type === 'began') {
      if (current.job.kill) setTimeout(() => this.killed(current), Math.random() * 10);
    } else if (message.type === 'failed') this.finishDead({ kind: 'failed', error: message.error });
    else if (current.job.kill) this.killed(current);
    else if (message.type === 'result') current.end({ kind: 'returned', text: message.text, cpuMs: message.cpuMs });
    else if (message.fatal) this.finishDead({ kind: 'failed', error: message.error });
    else current.end({ kind: 'failed', error: message.error });
  }

  private killed(current: Current): void {
    if (this.current !== current) return;
    this.fail('Runtime.ExitError', 'Error: Runtime exited with error: signal: killed');
  }

  /** An error beyond the handler: the heap's limit, or a thread that cannot even start. */
  private broken(error: unknown): void {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ERR_WORKER_OUT_OF_MEMORY') {
      this.fail('Runtime.OutOfMemory', 'Error: Runtime exited with error: signal: killed');
    } else this.fail('Runtime.ExitError', `Error: Runtime exited with error: ${String(error)}`);
  }

  private exited(code: number): void {
    const reason = code === 0 ? 'without providing a reason' : `with error: exit status ${code}`;
    this.fail('Runtime.ExitError', `Error: Runtime exited ${reason}`);
  }

  private fail(errorType: string, text: string): void {
    const errorMessage = this.current ? describe(this.current.job.invoke, text) : text;
    this.finishDead({ kind: 'failed', error: { errorType, errorMessage } });
  }

  private finishDead(result: Run['result']): void {
    const { current } = this;
    this.dead = true;
    void this.worker.terminate();
    current?.end(result);
  }
}
