import { setTimeout as sleep } from 'node:timers/promises';
import { REGION } from '../aws/contract.ts';
import type { Faults } from '../faults/faults.ts';
import { credentialsFor } from '../iam/credentials.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Meter } from '../meter/meter.ts';
import type { FunctionConfig } from './function-config.ts';
import { FunctionThread, type Run } from './function-thread.ts';
import { type InvocationLog, LogRing } from './log-ring.ts';
import { RightOfWay } from './right-of-way.ts';
import { type PoolLimits, ThreadPool } from './thread-pool.ts';
import type { ErrorPayload } from './worker/protocol.ts';
import { writeWorkerCode } from './worker-code.ts';

/** Answers above this are an error (Lambda quotas, "Invocation payload": 6 MB). */
const RESPONSE_LIMIT = 6_291_556;
const LOG_TAIL_BYTES = 4096;
/** Threads of a function after which hardly anything is added to what is compiled; writing it down takes each some 5 ms. */
const TEACHERS = 4;

/** One finished run of a function. */
export interface Invocation {
  requestId: string;
  /** JSON text: the result, or the error's payload. */
  payload: string;
  functionError: 'Unhandled' | undefined;
  /** The last 4 KB of its log. */
  logTail: string;
}

export interface Ask {
  requestId: string;
  /** JSON text. */
  payload: string;
  clientContext?: string | undefined;
  /** A person waits for the answer. */
  urgent?: boolean;
}

export interface DeployedFunction {
  config: FunctionConfig;
  codeDirectory: string;
}

/** Runs functions in their threads, with faults, meter and logs. */
export class Invoker {
  private readonly pool: ThreadPool;
  private readonly rightOfWay = new RightOfWay();
  private readonly logs = new LogRing();
  private readonly directories = new Map<string, string>();
  private readonly kernel: Kernel;
  private readonly meter: Meter;
  private readonly faults: Faults;
  private readonly endpoint: () => string;
  private readonly directory: string;
  private entry: string | undefined;
  /** What V8 has compiled of the code in a directory, and how many threads have added to it. */
  private readonly compiled = new Map<string, { code: Uint8Array; teachers: number }>();

  constructor(parts: {
    kernel: Kernel;
    meter: Meter;
    faults: Faults;
    endpoint: () => string;
    /** Where the threads' own code is written. */
    directory: string;
    limits?: PoolLimits | undefined;
  }) {
    this.kernel = parts.kernel;
    this.meter = parts.meter;
    this.faults = parts.faults;
    this.endpoint = parts.endpoint;
    this.directory = parts.directory;
    this.pool = new ThreadPool((config) => this.thread(config), parts.limits);
  }

  /** Counts as activity until the result is there. */
  async invoke({ config, codeDirectory }: DeployedFunction, ask: Ask): Promise<Invocation> {
    this.directories.set(config.name, codeDirectory);
    const run = () => this.run(config, ask);
    return this.kernel.activity.track(
      `function ${config.name}`,
      ask.urgent === true ? this.rightOfWay.first(run) : this.rightOfWay.inTurn(config.name, run),
    );
  }

  /** Events of a function that run or wait now. */
  load(name: string): number {
    return this.pool.load(name) + this.rightOfWay.waitingFor(name);
  }

  /** Logs of the latest invocations, of one function or of all. */
  readLogs(functionName?: string): InvocationLog[] {
    return this.logs.read(functionName);
  }

  /** Threads alive, and cold starts by function. */
  stats(): { threads: number; coldStarts: Record<string, number> } {
    return { threads: this.pool.size(), coldStarts: this.pool.coldStarts() };
  }

  retire(name: string): void {
    this.pool.retire(name);
  }

  stop(): Promise<void> {
    return this.pool.stop();
  }

  private async run(config: FunctionConfig, ask: Ask): Promise<Invocation> {
    const log = this.logs.open(config.name, ask.requestId, this.kernel.clock.now());
    log.add(`START RequestId: ${ask.requestId} Version: $LATEST`);
    const fault = this.faults.next('function', config.name);
    if (fault?.kind === 'latency') await sleep(fault.ms);
    const run: Run =
      fault?.kind === 'error'
        ? injected(fault.code)
        : await this.pool.run(config, {
            invoke: {
              requestId: ask.requestId,
              event: ask.payload,
              invokedFunctionArn: config.arn,
              clientContext: ask.clientContext,
            },
            timeoutSeconds: config.timeoutSeconds,
            kill: fault?.kind === 'kill',
            log: log.add,
          });
    const { payload, failed } = answerOf(run);
    if (run.result.kind === 'failed') log.add(`${ask.requestId}\tERROR\t${payload}`);
    log.add(`END RequestId: ${ask.requestId}`);
    log.add(reportLine(config, ask.requestId, run));
    const cpuMs = run.result.kind === 'returned' ? run.result.cpuMs : 0;
    this.meter.invocation(config.name, { ms: run.ms, cpuMs, error: failed });
    return {
      requestId: ask.requestId,
      payload,
      functionError: failed ? 'Unhandled' : undefined,
      logTail: Buffer.from(`${log.lines.join('\n')}\n`)
        .subarray(-LOG_TAIL_BYTES)
        .toString(),
    };
  }

  private thread(config: FunctionConfig): FunctionThread {
    const logStream = `${new Date(this.kernel.clock.now()).toISOString().slice(0, 10).replaceAll('-', '/')}/[$LATEST]local`;
    const codeDirectory = this.directories.get(config.name) ?? '';
    const credentials = credentialsFor(config.roleArn, config.name);
    this.entry ??= writeWorkerCode(this.directory);
    const known = this.compiled.get(codeDirectory);
    return new FunctionThread(
      this.entry,
      {
        cells: this.kernel.clock.cells,
        codeDirectory,
        compiled: known?.code,
        teaches: (known?.teachers ?? 0) < TEACHERS,
        handler: config.handler,
        runtime: config.runtime,
        functionName: config.name,
        memoryMb: config.memoryMb,
        logGroup: config.logGroup,
        logStream,
        logFormat: config.logFormat,
        logLevel: config.logLevel,
      },
      {
        ...config.environment,
        PATH: process.env.PATH ?? '',
        TZ: ':UTC',
        LANG: 'en_US.UTF-8',
        AWS_REGION: REGION,
        AWS_DEFAULT_REGION: REGION,
        AWS_ACCESS_KEY_ID: credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
        AWS_SESSION_TOKEN: credentials.sessionToken,
        AWS_ENDPOINT_URL: this.endpoint(),
        AWS_LAMBDA_FUNCTION_NAME: config.name,
        AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(config.memoryMb),
        AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
        AWS_LAMBDA_LOG_GROUP_NAME: config.logGroup,
        AWS_LAMBDA_LOG_STREAM_NAME: logStream,
        AWS_LAMBDA_LOG_FORMAT: config.logFormat,
        ...(config.logFormat === 'JSON' && { AWS_LAMBDA_LOG_LEVEL: config.logLevel }),
        AWS_EXECUTION_ENV: `AWS_Lambda_${config.runtime}`,
        LAMBDA_TASK_ROOT: codeDirectory,
        _HANDLER: config.handler,
      },
      (code) => {
        const teachers = (this.compiled.get(codeDirectory)?.teachers ?? 0) + 1;
        this.compiled.set(codeDirectory, { code, teachers });
      },
    );
  }
}

const injected = (code: string): Run => ({
  result: { kind: 'failed', error: { errorType: code, errorMessage: 'Injected fault', trace: [] } },
  ms: 0,
  initMs: undefined,
});

const answerOf = ({ result }: Run): { payload: string; failed: boolean } => {
  if (result.kind === 'failed') return { payload: JSON.stringify(result.error), failed: true };
  if (Buffer.byteLength(result.text) <= RESPONSE_LIMIT) return { payload: result.text, failed: false };
  const error: ErrorPayload = {
    errorType: 'Function.ResponseSizeTooLarge',
    errorMessage: `Response payload size exceeded maximum allowed payload size (${RESPONSE_LIMIT} bytes).`,
  };
  return { payload: JSON.stringify(error), failed: true };
};

const reportLine = (config: FunctionConfig, requestId: string, { ms, initMs }: Run): string =>
  [
    `REPORT RequestId: ${requestId}`,
    `Duration: ${ms.toFixed(2)} ms`,
    `Billed Duration: ${Math.ceil(ms)} ms`,
    `Memory Size: ${config.memoryMb} MB`,
    ...(initMs === undefined ? [] : [`Init Duration: ${initMs.toFixed(2)} ms`]),
  ].join('\t');
