import { parentPort } from 'node:worker_threads';
import { RuntimeError } from './errors.ts';
import type { Handler } from './load-handler.ts';

type Callback = (error: unknown, result?: unknown) => void;

const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';

/** Handlers with a callback ended with Node.js 22 (Lambda guide, "Node.js handler"). */
const takesCallbacks = (runtime: string): boolean => Number(/^nodejs(\d+)/.exec(runtime)?.[1]) < 24;

export const checkSignature = (handler: Handler, runtime: string): void => {
  if (handler.length < 3 || takesCallbacks(runtime)) return;
  throw new RuntimeError(
    'Runtime.CallbackHandlerDeprecated',
    'Callback-based function handlers are not supported from nodejs24.x on: return a promise.',
  );
};

/** Resolves once nothing is left to do in this thread but to wait for the next event. */
const eventLoopEmpty = (): Promise<void> =>
  new Promise((resolve) => {
    parentPort?.unref();
    process.once('beforeExit', () => {
      parentPort?.ref();
      resolve();
    });
  });

/** An older runtime's handler: by promise, by callback, or by the event loop running empty (result null). */
const runWithCallback = (handler: Handler, event: unknown, context: Record<string, unknown>): Promise<unknown> =>
  new Promise((resolve, reject) => {
    let called = false;
    const settle: Callback = (error, result) => {
      if (called) return;
      called = true;
      const end = (): void => {
        if (error === undefined || error === null) resolve(result);
        else reject(error);
      };
      if (context.callbackWaitsForEmptyEventLoop === false || (error !== undefined && error !== null)) {
        parentPort?.ref();
        end();
      } else eventLoopEmpty().then(end);
    };
    context.done = settle;
    context.succeed = (result: unknown) => settle(null, result);
    context.fail = (error: unknown) => settle(error ?? 'handled');
    const returned = handler(event, context, settle);
    if (isThenable(returned)) {
      called = true;
      returned.then(resolve, reject);
    } else if (!called) {
      eventLoopEmpty().then(() => {
        if (!called) resolve(null);
      });
    }
  });

export const runHandler = async (
  handler: Handler,
  runtime: string,
  event: unknown,
  context: Record<string, unknown>,
): Promise<unknown> => {
  if (!takesCallbacks(runtime)) return handler(event, context);
  context.callbackWaitsForEmptyEventLoop = true;
  return runWithCallback(handler, event, context);
};
