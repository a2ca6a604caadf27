import { randomUUID } from 'node:crypto';
import type { StreamRecord } from '../dynamodb/contract.ts';
import type { Faults } from '../faults/faults.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { TimerHandle } from '../kernel/timers.ts';
import { batchOutcome } from './batch-response.ts';
import type { Destinations } from './destinations.ts';
import type { FunctionRegistry } from './function-registry.ts';
import type { Invocation, Invoker } from './invoker.ts';
import type { StreamMappingConfig } from './mapping-config.ts';
import { Span } from './span.ts';

/** A record on its way; `settle` says that it is done with, one way or the other. */
export interface LaneRecord {
  record: StreamRecord;
  settle: () => void;
}

export interface LaneParts {
  kernel: Kernel;
  registry: FunctionRegistry;
  invoker: Invoker;
  destinations: Destinations;
  faults: Faults;
  config: StreamMappingConfig;
}

interface Part {
  records: LaneRecord[];
  /** Failed attempts that count toward the limit. */
  attempts: number;
}

/**
 * A batch that failed is read again: Lambda looks into a shard four times a second (Lambda guide, "Polling and batching
 * streams"). How it slows down from there is not told.
 */
const FIRST_RETRY_MS = 250;
const SLOWEST_RETRY_MS = 60_000;
/** A batch is cut where its event would exceed the 6 MB an invocation may have. */
const LARGEST_BATCH = 6_000_000;

/** Records of some partition keys, one batch at a time and in order: a failing record holds up those behind it. */
export class StreamLane {
  private readonly pending: LaneRecord[] = [];
  private busy = false;
  private flush = false;
  private stopped = false;
  private window: TimerHandle | undefined;
  private readonly parts: LaneParts;

  constructor(parts: LaneParts) {
    this.parts = parts;
  }

  push(record: LaneRecord): void {
    this.pending.push(record);
  }

  /** Begins the next batch if none runs and it is full, or its window is over. */
  kick(): void {
    const { kernel, config } = this.parts;
    if (this.busy || this.stopped || this.pending.length === 0) return;
    if (this.pending.length < config.batchSize && config.windowMs > 0 && !this.flush) {
      this.window ??= kernel.timers.at(
        kernel.clock.now() + config.windowMs,
        `batch window of ${config.functionName}`,
        () => {
          this.window = undefined;
          this.flush = true;
          this.kick();
        },
      );
      return;
    }
    this.window?.cancel();
    this.window = undefined;
    this.flush = false;
    this.busy = true;
    const span = new Span(kernel, `stream batch for ${config.functionName}`);
    void this.process(this.pending.splice(0, this.nextSize()), span).finally(() => {
      this.busy = false;
      this.kick();
      span.end();
    });
  }

  stop(): void {
    this.stopped = true;
  }

  private nextSize(): number {
    let bytes = 0;
    const next = this.pending.slice(0, this.parts.config.batchSize);
    const over = next.findIndex(({ record }) => {
      bytes += Buffer.byteLength(JSON.stringify(record)) + 1;
      return bytes > LARGEST_BATCH;
    });
    return over === -1 ? next.length : Math.max(over, 1);
  }

  private async process(batch: LaneRecord[], span: Span): Promise<void> {
    const todo: Part[] = [{ records: batch, attempts: 0 }];
    for (let part = todo.shift(); part !== undefined && !this.stopped; part = todo.shift()) {
      const live = await this.withoutExpired(part, span);
      if (live.records.length > 0) todo.unshift(...(await this.attempt(live, span)));
    }
  }

  /** Runs the function once; returns what is left to do, in order. */
  private async attempt(part: Part, span: Span): Promise<Part[]> {
    const { config, registry, invoker, faults } = this.parts;
    const numbers = part.records.map(({ record }) => record.dynamodb.SequenceNumber);
    const payload = JSON.stringify({ Records: part.records.map(({ record }) => record) });
    const deliver = () => invoker.invoke(registry.get(config.functionName), { requestId: randomUUID(), payload });
    if (faults.next('streams', config.functionName) !== undefined) await deliver();
    const invocation = await deliver();
    if (this.stopped) return [];
    const outcome = batchOutcome(invocation, config.reportsItems, new Set(numbers));
    if (outcome.kind === 'done') {
      settleAll(part.records);
      return [];
    }
    // The lowest failed record is the checkpoint: all before it are done, all from it on come again.
    const first = outcome.kind === 'partly' ? numbers.findIndex((number) => outcome.failed.has(number)) : 0;
    settleAll(part.records.slice(0, first));
    const rest = part.records.slice(first);
    if (first === 0 && config.bisects && rest.length > 1) return halves(rest, part.attempts);
    const attempts = first === 0 ? part.attempts + 1 : 1;
    if (attempts > config.maximumRetries) {
      await this.discard(rest, 'RetryAttemptsExhausted', attempts, invocation, span);
      return [];
    }
    await span.rest(Math.min(FIRST_RETRY_MS * 2 ** (attempts - 1), SLOWEST_RETRY_MS));
    return [{ records: rest, attempts }];
  }

  private async withoutExpired(part: Part, span: Span): Promise<Part> {
    const { kernel, config } = this.parts;
    const oldest = kernel.clock.now() - config.maximumAgeMs;
    const isExpired = ({ record }: LaneRecord): boolean =>
      record.dynamodb.ApproximateCreationDateTime * 1000 < oldest - 1000;
    const expired = part.records.filter(isExpired);
    if (expired.length === 0) return part;
    await this.discard(expired, 'RecordAgeExceeded', part.attempts, undefined, span);
    return { records: part.records.filter((one) => !isExpired(one)), attempts: part.attempts };
  }

  /** Lambda guide, "Retain discarded batches for a DynamoDB event source": the destination is told where, not what. */
  private async discard(
    records: LaneRecord[],
    condition: 'RetryAttemptsExhausted' | 'RecordAgeExceeded',
    attempts: number,
    invocation: Invocation | undefined,
    span: Span,
  ): Promise<void> {
    const { config, registry, destinations } = this.parts;
    const [first, last] = [records[0]?.record, records.at(-1)?.record];
    if (config.onFailure !== undefined && first !== undefined && last !== undefined) {
      const target = registry.get(config.functionName).config;
      const body = JSON.stringify({
        requestContext: {
          requestId: invocation?.requestId ?? randomUUID(),
          functionArn: target.arn,
          condition,
          approximateInvokeCount: attempts,
        },
        ...(invocation && {
          responseContext: {
            statusCode: 200,
            executedVersion: '$LATEST',
            functionError: invocation.functionError ?? null,
          },
        }),
        version: '1.0',
        timestamp: destinations.now(),
        DDBStreamBatchInfo: {
          shardId: 'shardId-00000000000000000000-00000000',
          startSequenceNumber: first.dynamodb.SequenceNumber,
          endSequenceNumber: last.dynamodb.SequenceNumber,
          approximateArrivalOfFirstRecord: arrival(first),
          approximateArrivalOfLastRecord: arrival(last),
          batchSize: records.length,
          streamArn: config.sourceArn,
        },
      });
      const detailType = 'Lambda Function Invocation Result - Failure';
      await destinations.deliver(target, { arn: config.onFailure, body, detailType }, span);
    }
    settleAll(records);
  }
}

const settleAll = (records: readonly LaneRecord[]): void => {
  for (const { settle } of records) settle();
};

const halves = (records: LaneRecord[], attempts: number): Part[] => {
  const middle = Math.ceil(records.length / 2);
  return [
    { records: records.slice(0, middle), attempts },
    { records: records.slice(middle), attempts },
  ];
};

const arrival = (record: StreamRecord): string =>
  new Date(record.dynamodb.ApproximateCreationDateTime * 1000).toISOString();
