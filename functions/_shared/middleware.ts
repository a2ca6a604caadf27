import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy, { type MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { ConcurrentChange } from '../../domain/errors.ts';
import { type Task, type TaskInput, type TaskOutput, tasks } from '../../workflows/contracts.ts';
import { once } from './once.ts';
import { Problem, toResponse } from './problem.ts';
import { failure, logger, metrics } from './telemetry.ts';

/**
 * Three bundles, one for each kind of caller. In each, the log's context stands first, so that every later line has it, and
 * its keys are taken back last; then the metrics, which are written when all else is done; then what the caller needs.
 * `make` binds a handler to its dependencies: it runs once per cold start, when the first event comes.
 */
const observed = <Event, Result>() =>
  middy<Event, Result>()
    .use(injectLambdaContext(logger, { resetKeys: true }))
    .use(publishedMetrics());

/** Powertools' own middleware warns on every invocation that counts nothing, and most count nothing. */
const publishedMetrics = (): MiddlewareObj => {
  const publish = (): void => {
    if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
  };
  return { after: publish, onError: publish };
};

type Api = (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>;

/** For routes: whatever goes wrong becomes a problem the caller can read, and a bad request never an error of ours. */
export const apiHandler = (make: () => Api) => {
  const run = once(make);
  return observed<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .use(problems())
    .handler((event: APIGatewayProxyEventV2) => run()(event));
};

/** For tasks of a workflow: errors travel up by name, for `ErrorEquals` to match. */
export const taskHandler = <T extends Task>(task: T, make: () => (input: TaskInput<T>) => Promise<TaskOutput<T>>) => {
  const run = once(make);
  return observed<unknown, TaskOutput<T>>().handler((event: unknown) => {
    const input = readInput(task, event);
    logger.appendKeys({ ticketId: input.ticketId });
    return run()(input);
  });
};

/** For queues, streams and events: retried by whoever delivers, item by item where the handler says so. */
export const eventHandler = <Event, Result>(make: () => (event: Event) => Promise<Result>) => {
  const run = once(make);
  return observed<Event, Result>().handler((event: Event) => run()(event));
};

/** A task was called with something its contract does not know. */
class WrongTaskInput extends Error {
  override readonly name = 'WrongTaskInput';
}

const readInput = <T extends Task>(task: T, event: unknown): TaskInput<T> => {
  const read = tasks[task].input.safeParse(event);
  if (!read.success) {
    const paths = read.error.issues.map(({ path }) => path.join('.')).join(', ');
    throw new WrongTaskInput(`${task} was called without a right ${paths}.`);
  }
  // Parsed by the schema of this very task: TypeScript does not follow an index through a union.
  return read.data as TaskInput<T>;
};

const problems = (): MiddlewareObj<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2> => ({
  onError: (request) => {
    const problem = problemOf(request.error);
    if (problem.status >= 500) logger.error('A request failed.', failure(request.error));
    request.response = toResponse(problem);
  },
});

/** Names of AWS errors that pass by themselves. */
const passing = /Throttl|ProvisionedThroughput|RequestLimitExceeded|TooManyRequests|Timeout|ServiceUnavailable/;

export const problemOf = (error: unknown): Problem => {
  if (error instanceof Problem) return error;
  if (error instanceof ConcurrentChange)
    return new Problem(409, 'ConcurrentChange: somebody else changed it meanwhile.');
  if (error instanceof Error && passing.test(error.name))
    return new Problem(503, 'The desk is busy. Please try again.', { headers: { 'retry-after': '5' } });
  return new Problem(500, 'Something went wrong on our side.');
};
