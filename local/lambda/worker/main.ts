import { parentPort, workerData } from 'node:worker_threads';
import { errorPayload, RuntimeError } from './errors.ts';
import { type Handler, loadHandler } from './load-handler.ts';
import { captureOutput } from './output.ts';
import type { FromWorker, Invoke, WorkerStart } from './protocol.ts';
import { checkSignature, runHandler } from './run-handler.ts';
import { installVirtualDate, realNow } from './virtual-date.ts';

// The thread of one function: loads its code, then runs one event at a time. Both ends are this runtime's own.
const start: WorkerStart = workerData;
const port = parentPort;
if (port === null) throw new Error('A function runs in a worker thread.');
const tell = (message: FromWorker): void => port.postMessage(message);

/** Events after which most of what a function ever calls has been compiled. */
const EVENTS_UNTIL_COMPILED = 8;

installVirtualDate(start.cells);
const output = captureOutput(start.logFormat, start.logLevel, (line) => tell({ type: 'log', line }));
const refuseStreaming = (): never => {
  throw new RuntimeError('NotSupportedByLocalRuntime', 'Response streaming is not supported by the local runtime.');
};
// The SDKs replace this object to keep their own things in it.
Object.assign(globalThis, { awslambda: { streamifyResponse: refuseStreaming } });

const die = (error: unknown): void => {
  tell({ type: 'error', error: errorPayload(error), fatal: true });
  process.exit(129);
};
process.on('uncaughtException', die);
process.on('unhandledRejection', (reason) => {
  const error = new RuntimeError('Runtime.UnhandledPromiseRejection', String(reason));
  if (reason instanceof Error && reason.stack !== undefined) error.stack = reason.stack;
  die(error);
});

const contextOf = (invoke: Invoke): Record<string, unknown> => ({
  functionVersion: '$LATEST',
  functionName: start.functionName,
  memoryLimitInMB: String(start.memoryMb),
  logGroupName: start.logGroup,
  logStreamName: start.logStream,
  invokedFunctionArn: invoke.invokedFunctionArn,
  awsRequestId: invoke.requestId,
  clientContext: invoke.clientContext === undefined ? undefined : JSON.parse(invoke.clientContext),
  identity: undefined,
  getRemainingTimeInMillis: () => Math.max(0, invoke.deadline - realNow()),
});

const textOf = (result: unknown): string => {
  try {
    return JSON.stringify(result === undefined ? null : result) ?? 'null';
  } catch {
    throw new RuntimeError('Runtime.JSONStringifyError', 'Unable to stringify response body');
  }
};

const run = async (handler: Handler, invoke: Invoke): Promise<void> => {
  output.requestId = invoke.requestId;
  process.env._X_AMZN_TRACE_ID = `Root=1-${invoke.requestId.slice(0, 8)}-${invoke.requestId.replaceAll('-', '').slice(8)};Sampled=0`;
  tell({ type: 'began' });
  const before = process.threadCpuUsage();
  try {
    const result = await runHandler(handler, start.runtime, JSON.parse(invoke.event), contextOf(invoke));
    const text = textOf(result);
    const { user, system } = process.threadCpuUsage(before);
    tell({ type: 'result', text, cpuMs: (user + system) / 1000 });
  } catch (error) {
    tell({ type: 'error', error: errorPayload(error), fatal: false });
  }
};

const begin = async (): Promise<void> => {
  const { handler, compiled } = await loadHandler(start.codeDirectory, start.handler, start.compiled);
  checkSignature(handler, start.runtime);
  let events = 0;
  port.on('message', async (invoke: Invoke) => {
    await run(handler, invoke);
    events += 1;
    if (start.teaches && events === EVENTS_UNTIL_COMPILED && compiled) tell({ type: 'compiled', code: compiled() });
  });
  tell({ type: 'ready' });
};

begin().catch((error: unknown) => tell({ type: 'failed', error: errorPayload(error) }));
