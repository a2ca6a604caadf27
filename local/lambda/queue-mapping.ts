import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { type Aws, AwsError, type Caller, REGION } from '../aws/contract.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { TimerHandle } from '../kernel/timers.ts';
import { batchOutcome } from './batch-response.ts';
import type { FunctionRegistry } from './function-registry.ts';
import type { Invoker } from './invoker.ts';
import { passes, type QueueMappingConfig } from './mapping-config.ts';
import { Span } from './span.ts';

/** The part of the SQS service that a mapping needs beside its API. */
export interface QueueSource {
  /** Calls `listener` in the very call that brings a message into sight. */
  onVisible(arn: string, listener: () => void): () => void;
  urlOf(arn: string): string;
}

const attribute = z.object({
  DataType: z.string(),
  StringValue: z.optional(z.string()),
  BinaryValue: z.optional(z.string()),
});

const message = z.object({
  MessageId: z.string(),
  ReceiptHandle: z.string(),
  Body: z.string(),
  MD5OfBody: z.string(),
  MD5OfMessageAttributes: z.optional(z.string()),
  Attributes: z.record(z.string(), z.string()),
  MessageAttributes: z.optional(z.record(z.string(), attribute)),
});

type Message = z.infer<typeof message>;

const receiveOutput = z.object({ Messages: z.optional(z.array(message)) });
const attributesOutput = z.object({ Attributes: z.object({ VisibilityTimeout: z.coerce.number() }) });

const RECEIVE_LIMIT = 10;
const SLOWEST_RETRY_MS = 60_000;

/** Feeds a queue's messages to a function: deletes what it has done and leaves the rest to the visibility timeout. */
export class QueueMapping {
  private running = 0;
  private pumping = false;
  private again = false;
  private stopped = false;
  private failures = 0;
  private buffer: Message[] = [];
  private window: TimerHandle | undefined;
  private flush = false;
  private unsubscribe: () => void = () => {};
  private readonly parts;

  constructor(
    parts: {
      kernel: Kernel;
      aws: Aws;
      registry: FunctionRegistry;
      invoker: Invoker;
      queues: QueueSource;
      say: (line: string) => void;
    },
    config: QueueMappingConfig,
  ) {
    this.parts = { ...parts, config };
  }

  /** Checks queue and role as CreateEventSourceMapping does; then takes what is there. */
  async start(): Promise<void> {
    const { queues, registry, config } = this.parts;
    const QueueUrl = queues.urlOf(config.sourceArn);
    const answer = await this.call('GetQueueAttributes', { QueueUrl, AttributeNames: ['VisibilityTimeout'] });
    const { VisibilityTimeout } = attributesOutput.parse(answer).Attributes;
    const { timeoutSeconds } = registry.get(config.functionName).config;
    if (VisibilityTimeout < timeoutSeconds) {
      throw new AwsError(
        'InvalidParameterValueException',
        `${config.path}: Queue visibility timeout: ${VisibilityTimeout} seconds is less than Function timeout: ${timeoutSeconds} seconds`,
      );
    }
    // A receipt nobody holds deletes nothing, but asks whether the role may.
    await this.call('DeleteMessageBatch', { QueueUrl, Entries: [{ Id: 'check', ReceiptHandle: 'none' }] });
    this.unsubscribe = queues.onVisible(config.sourceArn, () => this.pump());
    this.pump();
  }

  stop(): void {
    this.stopped = true;
    this.unsubscribe();
  }

  private pump(): void {
    if (this.stopped) return;
    if (this.pumping) {
      this.again = true;
      return;
    }
    this.pumping = true;
    const span = new Span(this.parts.kernel, `queue of ${this.parts.config.functionName}`);
    void this.drain(span).finally(() => {
      this.pumping = false;
      if (this.again) this.pump();
      span.end();
    });
  }

  /** Hands over batches until the queue is empty or as many run as may. */
  private async drain(span: Span): Promise<void> {
    const { config } = this.parts;
    this.again = false;
    while (!this.stopped && this.running < config.maximumConcurrency) {
      const wanted = config.batchSize - this.buffer.length;
      const messages = wanted > 0 ? await this.receive(Math.min(wanted, RECEIVE_LIMIT), span) : [];
      this.buffer.push(...messages);
      const full = this.buffer.length >= config.batchSize;
      // A batch of more than one receive is asked for until the queue has nothing more.
      if (!full && messages.length === RECEIVE_LIMIT) continue;
      if (this.buffer.length === 0) return;
      if (!full && config.windowMs > 0 && !this.flush) {
        this.openWindow();
        return;
      }
      this.flush = false;
      this.window?.cancel();
      this.window = undefined;
      this.dispatch(this.buffer.splice(0, config.batchSize));
    }
  }

  private openWindow(): void {
    if (this.window !== undefined) return;
    const { kernel, config } = this.parts;
    this.window = kernel.timers.at(
      kernel.clock.now() + config.windowMs,
      `batch window of ${config.functionName}`,
      () => {
        this.window = undefined;
        this.flush = true;
        this.pump();
      },
    );
  }

  private dispatch(batch: Message[]): void {
    this.running += 1;
    const span = new Span(this.parts.kernel, `batch for ${this.parts.config.functionName}`);
    void this.process(batch).finally(() => {
      this.running -= 1;
      this.pump();
      span.end();
    });
  }

  private async process(batch: Message[]): Promise<void> {
    const { config, registry, invoker } = this.parts;
    const records = batch.map((one) => ({ one, record: this.record(one) }));
    const passed = records.filter(({ one, record }) => passes(config.filters, record, one.Body));
    // What the filter refuses is deleted unseen, as on AWS.
    const done = records.filter((one) => !passed.includes(one)).map(({ one }) => one);
    if (passed.length > 0) {
      const payload = JSON.stringify({ Records: passed.map(({ record }) => record) });
      const invocation = await invoker.invoke(registry.get(config.functionName), { requestId: randomUUID(), payload });
      if (this.stopped) return;
      const outcome = batchOutcome(invocation, config.reportsItems, new Set(passed.map(({ one }) => one.MessageId)));
      if (outcome.kind === 'done') done.push(...passed.map(({ one }) => one));
      if (outcome.kind === 'partly') {
        done.push(...passed.map(({ one }) => one).filter(({ MessageId }) => !outcome.failed.has(MessageId)));
      }
    }
    if (!this.stopped) await this.delete(done);
  }

  private async receive(limit: number, span: Span): Promise<Message[]> {
    const { queues, config } = this.parts;
    const input = {
      QueueUrl: queues.urlOf(config.sourceArn),
      MaxNumberOfMessages: limit,
      WaitTimeSeconds: 0,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    };
    try {
      const { Messages = [] } = receiveOutput.parse(await this.call('ReceiveMessage', input));
      this.failures = 0;
      return Messages;
    } catch (error) {
      if (this.stopped) return [];
      if (!(error instanceof AwsError)) throw error;
      if (this.failures === 0) this.complain('receive from', error);
      await span.rest(Math.min(1000 * 2 ** this.failures, SLOWEST_RETRY_MS));
      this.failures += 1;
      return this.stopped ? [] : this.receive(limit, span);
    }
  }

  /** What cannot be deleted comes back after its visibility timeout: the function must bear a second delivery. */
  private async delete(done: Message[]): Promise<void> {
    const { queues, config } = this.parts;
    for (let at = 0; at < done.length; at += RECEIVE_LIMIT) {
      const Entries = done
        .slice(at, at + RECEIVE_LIMIT)
        .map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
      try {
        await this.call('DeleteMessageBatch', { QueueUrl: queues.urlOf(config.sourceArn), Entries });
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        this.complain('delete from', error);
      }
    }
  }

  private complain(what: string, error: AwsError): void {
    const { config, say } = this.parts;
    say(`${config.path}: cannot ${what} ${config.sourceArn}: ${error.code}: ${error.message}`);
  }

  private call(operation: string, input: Record<string, unknown>): Promise<Record<string, unknown>> {
    const { name, roleArn } = this.parts.registry.get(this.parts.config.functionName).config;
    const caller: Caller = { kind: 'role', roleArn, holder: name };
    return this.parts.aws.call('sqs', operation, input, caller);
  }

  /** Lambda guide, "Using Lambda with Amazon SQS": the message as the function sees it. */
  private record(one: Message): object {
    const messageAttributes = Object.fromEntries(
      Object.entries(one.MessageAttributes ?? {}).map(([name, { DataType, StringValue, BinaryValue }]) => [
        name,
        {
          ...(StringValue !== undefined && { stringValue: StringValue }),
          ...(BinaryValue !== undefined && { binaryValue: BinaryValue }),
          stringListValues: [],
          binaryListValues: [],
          dataType: DataType,
        },
      ]),
    );
    return {
      messageId: one.MessageId,
      receiptHandle: one.ReceiptHandle,
      body: one.Body,
      attributes: one.Attributes,
      messageAttributes,
      ...(one.MD5OfMessageAttributes && { md5OfMessageAttributes: one.MD5OfMessageAttributes }),
      md5OfBody: one.MD5OfBody,
      eventSource: 'aws:sqs',
      eventSourceARN: this.parts.config.sourceArn,
      awsRegion: REGION,
    };
  }
}
