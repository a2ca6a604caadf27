import * as z from 'zod/mini';
import { AwsError } from '../aws/contract.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Store } from '../kernel/store.ts';
import type { Destinations } from './destinations.ts';
import type { FunctionRegistry, RegisteredFunction } from './function-registry.ts';
import { DEFAULT_INVOKE_CONFIG, type InvokeConfig } from './invoke-config.ts';
import type { Invocation, Invoker } from './invoker.ts';
import { Span } from './span.ts';

/** Waits before the second and the third attempt (Lambda guide, "Error handling for asynchronous invocation"). */
const RETRY_AFTER_MS = [60_000, 120_000];
/** Between attempts of a function that may not run at all now: the event's age, within these bounds. */
const THROTTLED = { least: 1000, most: 300_000 };

const row = z.object({
  id: z.number(),
  request_id: z.string(),
  function_name: z.string(),
  payload: z.string(),
  client_context: z.nullable(z.string()),
  accepted_at: z.number(),
  attempts: z.number(),
  due: z.number(),
});

type Event = z.infer<typeof row>;

const prepare = (store: Store) => ({
  insert: store.prepare(
    `INSERT INTO lambda_async (request_id, function_name, payload, client_context, accepted_at, due)
     VALUES (?, ?, ?, ?, ?, ?) RETURNING *`,
  ),
  all: store.prepare('SELECT * FROM lambda_async ORDER BY id'),
  postpone: store.prepare('UPDATE lambda_async SET attempts = ?, due = ? WHERE id = ?'),
  remove: store.prepare('DELETE FROM lambda_async WHERE id = ?'),
});

/** Events accepted for later: kept until the function has succeeded or the event has gone to its destination. */
export class AsyncInvocations {
  private configs: ReadonlyMap<string, InvokeConfig> = new Map();
  private stopped = false;
  private readonly statements: ReturnType<typeof prepare>;
  private readonly kernel: Kernel;
  private readonly registry: FunctionRegistry;
  private readonly invoker: Invoker;
  private readonly destinations: Destinations;

  constructor(parts: { kernel: Kernel; registry: FunctionRegistry; invoker: Invoker; destinations: Destinations }) {
    this.kernel = parts.kernel;
    this.registry = parts.registry;
    this.invoker = parts.invoker;
    this.destinations = parts.destinations;
    this.kernel.store.exec(`CREATE TABLE IF NOT EXISTS lambda_async (
      id INTEGER PRIMARY KEY AUTOINCREMENT, request_id TEXT NOT NULL, function_name TEXT NOT NULL, payload TEXT NOT NULL,
      client_context TEXT, accepted_at INTEGER NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, due INTEGER NOT NULL);`);
    this.statements = prepare(this.kernel.store);
  }

  /** Goes on with what an earlier run of the runtime accepted. */
  start(configs: ReadonlyMap<string, InvokeConfig>): void {
    this.configs = configs;
    for (const event of z.array(row).parse(this.statements.all.all())) this.schedule(event);
  }

  /** From now on events are kept, not run. */
  stop(): void {
    this.stopped = true;
  }

  /** The event is stored when this returns. */
  accept(config: { name: string }, requestId: string, payload: string, clientContext: string | undefined): void {
    const now = this.kernel.clock.now();
    const stored = this.statements.insert.get(requestId, config.name, payload, clientContext ?? null, now, now);
    this.schedule(row.parse(stored));
  }

  private schedule(event: Event): void {
    if (event.due <= this.kernel.clock.now()) void this.attempt(event);
    else this.kernel.timers.at(event.due, `retry of ${event.function_name}`, () => void this.attempt(event));
  }

  private async attempt(event: Event): Promise<void> {
    if (this.stopped) return;
    const span = new Span(this.kernel, `async event for ${event.function_name}`);
    try {
      // A function deleted meanwhile takes its events with it.
      if (!this.registry.has(event.function_name)) this.statements.remove.run(event.id);
      else await this.run(event, this.registry.get(event.function_name), span);
    } finally {
      span.end();
    }
  }

  private async run(event: Event, target: RegisteredFunction, span: Span): Promise<void> {
    const config = this.configs.get(event.function_name) ?? DEFAULT_INVOKE_CONFIG;
    const age = this.kernel.clock.now() - event.accepted_at;
    if (age > config.maximumEventAgeSeconds * 1000) return this.giveUp(event, target, config, undefined, span);
    if (target.config.reservedConcurrency === 0) {
      return this.postpone(event, event.attempts, Math.min(Math.max(age, THROTTLED.least), THROTTLED.most));
    }
    const invocation = await this.invoker.invoke(target, {
      requestId: event.request_id,
      payload: event.payload,
      clientContext: event.client_context ?? undefined,
    });
    if (this.stopped) return;
    const attempts = event.attempts + 1;
    if (invocation.functionError === undefined)
      return this.succeed({ ...event, attempts }, target, config, invocation, span);
    const wait = RETRY_AFTER_MS[attempts - 1];
    if (attempts > config.maximumRetryAttempts || wait === undefined) {
      return this.giveUp({ ...event, attempts }, target, config, invocation, span);
    }
    this.postpone(event, attempts, wait);
  }

  private postpone(event: Event, attempts: number, wait: number): void {
    const due = this.kernel.clock.now() + wait;
    this.statements.postpone.run(attempts, due, event.id);
    this.schedule({ ...event, attempts, due });
  }

  private async succeed(
    event: Event,
    { config }: RegisteredFunction,
    { onSuccess }: InvokeConfig,
    invocation: Invocation,
    span: Span,
  ): Promise<void> {
    if (onSuccess !== undefined) {
      const body = this.record(event, config.arn, 'Success', invocation);
      const detailType = 'Lambda Function Invocation Result - Success';
      await this.destinations.deliver(config, { arn: onSuccess, body, detailType }, span);
    }
    this.statements.remove.run(event.id);
  }

  /** To the failure destination and, as AWS does, to the dead-letter queue as well, if the function has them. */
  private async giveUp(
    event: Event,
    { config }: RegisteredFunction,
    { onFailure }: InvokeConfig,
    invocation: Invocation | undefined,
    span: Span,
  ): Promise<void> {
    if (onFailure !== undefined) {
      const condition = invocation === undefined ? 'EventAgeExceeded' : 'RetriesExhausted';
      const body = this.record(event, config.arn, condition, invocation);
      const detailType = 'Lambda Function Invocation Result - Failure';
      await this.destinations.deliver(config, { arn: onFailure, body, detailType }, span);
    }
    if (config.deadLetterArn !== undefined) {
      const attributes = {
        RequestID: { DataType: 'String', StringValue: event.request_id },
        ErrorCode: { DataType: 'Number', StringValue: '200' },
        ErrorMessage: { DataType: 'String', StringValue: errorMessageOf(invocation).slice(0, 1024) || 'none' },
      } as const;
      await this.destinations.deliver(
        config,
        { arn: config.deadLetterArn, body: event.payload, detailType: 'Lambda dead letter', attributes },
        span,
      );
    }
    this.statements.remove.run(event.id);
  }

  /** Lambda guide, "Capturing records of asynchronous invocations". */
  private record(event: Event, functionArn: string, condition: string, invocation: Invocation | undefined): string {
    return JSON.stringify({
      version: '1.0',
      timestamp: this.destinations.now(),
      requestContext: {
        requestId: event.request_id,
        functionArn: `${functionArn}:$LATEST`,
        condition,
        approximateInvokeCount: event.attempts,
      },
      requestPayload: JSON.parse(event.payload),
      ...(invocation && {
        responseContext: {
          statusCode: 200,
          executedVersion: '$LATEST',
          ...(invocation.functionError && { functionError: invocation.functionError }),
        },
        responsePayload: JSON.parse(invocation.payload),
      }),
    });
  }
}

const failure = z.object({ errorMessage: z.string() });

const errorMessageOf = (invocation: Invocation | undefined): string => {
  if (invocation === undefined) return 'The event exceeded its maximum age.';
  const parsed = failure.safeParse(JSON.parse(invocation.payload));
  return parsed.success ? parsed.data.errorMessage : invocation.payload;
};

/** Refused before anything is stored: what cannot be an asynchronous event (Lambda quotas: 1 MB). */
export const checkAsyncSize = (payload: string): void => {
  const size = Buffer.byteLength(payload);
  if (size <= 1_048_576) return;
  throw new AwsError(
    'RequestEntityTooLargeException',
    `${size} byte payload is too large for the Event invocation type (limit 1048576 bytes)`,
    413,
  );
};
