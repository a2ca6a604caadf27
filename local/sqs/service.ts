import {
  ACCOUNT,
  type Aws,
  AwsError,
  type AwsRequest,
  type AwsService,
  type Caller,
  type Permission,
} from '../aws/contract.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Deployment } from '../template/contract.ts';
import { INPUTS, type InputOf, parseInput, type SqsOperation } from './inputs.ts';
import { accept, parseReceipt, received } from './messages.ts';
import {
  attributeStrings,
  DEFAULT_ATTRIBUTES,
  type QueueAttributes,
  queueArn,
  queueNameOf,
  withAttributes,
} from './queue-attributes.ts';
import { type QueueRecord, QueueRegistry } from './queue-registry.ts';
import { Queues } from './queues.ts';

type Output = Record<string, unknown>;

const BATCH_LIMIT = 1_048_576;

/** Operations that IAM knows under another action (Service Authorization Reference, Amazon SQS). */
const ACTIONS: Record<string, string> = {
  SendMessageBatch: 'SendMessage',
  DeleteMessageBatch: 'DeleteMessage',
  ChangeMessageVisibilityBatch: 'ChangeMessageVisibility',
};

const isOperation = (operation: string): operation is SqsOperation => Object.hasOwn(INPUTS, operation);

/** Members of AWS::SQS::Queue that are not attributes. */
const NOT_ATTRIBUTES = new Set(['QueueName', 'Tags']);

/** Standard queues of the template and of CreateQueue, durable in the store. FIFO queues are refused by name. */
export class SqsService implements AwsService {
  readonly name = 'sqs';
  readonly operations: readonly string[] = Object.keys(INPUTS);
  private readonly registry: QueueRegistry;
  private readonly queues: Queues;
  private readonly deployment: Deployment;
  private readonly kernel: Kernel;
  private readonly endpoint: () => string;

  /** `endpoint` gives the base URL of the AWS endpoint, known once it listens. */
  constructor(parts: { kernel: Kernel; aws: Aws; deployment: Deployment; endpoint: () => string }) {
    this.kernel = parts.kernel;
    this.deployment = parts.deployment;
    this.endpoint = parts.endpoint;
    this.registry = new QueueRegistry(parts.kernel);
    this.queues = new Queues(parts.kernel, this.registry);
  }

  /** Makes the template's queues; those that exist keep their messages. */
  async start(): Promise<void> {
    const fresh = this.deployment.resources('AWS::SQS::Queue').map(({ ref, properties }) => {
      const attributes = Object.fromEntries(Object.entries(properties).filter(([name]) => !NOT_ATTRIBUTES.has(name)));
      return { name: queueNameOf(ref), attributes: withAttributes(DEFAULT_ATTRIBUTES, attributes) };
    });
    // Dead-letter queues first: a source asks them whether they serve it.
    for (const { name, attributes } of fresh) if (!attributes.RedrivePolicy) this.registry.put(name, attributes);
    for (const { name, attributes } of fresh) if (attributes.RedrivePolicy) this.registry.put(name, attributes);
  }

  async stop(): Promise<void> {
    this.queues.stop();
  }

  /** Calls `listener` in the very call that brings a message into sight; returns how to stop. */
  onVisible(arn: string, listener: () => void): () => void {
    return this.queues.subscribe(queueNameOf(arn), listener);
  }

  /** The URL by which the queue of an ARN is called. */
  urlOf(arn: string): string {
    return `${this.endpoint()}/${ACCOUNT}/${queueNameOf(arn)}`;
  }

  permissions({ operation, input }: AwsRequest): Permission[] {
    const named = input.QueueUrl ?? input.SourceArn ?? input.QueueName;
    const resource = typeof named === 'string' ? queueArn(queueNameOf(named)) : '*';
    return [{ action: `sqs:${ACTIONS[operation] ?? operation}`, resource }];
  }

  async handle({ operation, input, caller }: AwsRequest): Promise<Output> {
    if (!isOperation(operation)) {
      throw new AwsError('NotSupportedByLocalRuntime', `The local runtime does not support SQS ${operation}.`);
    }
    const work: { [Name in SqsOperation]: () => Output | Promise<Output> } = {
      CreateQueue: () => this.create(parseInput('CreateQueue', input)),
      GetQueueUrl: () => ({ QueueUrl: this.urlOf(this.queue(parseInput('GetQueueUrl', input).QueueName).arn) }),
      ListQueues: () => this.list(parseInput('ListQueues', input)),
      GetQueueAttributes: () => this.attributes(parseInput('GetQueueAttributes', input)),
      SetQueueAttributes: () => this.setAttributes(parseInput('SetQueueAttributes', input)),
      DeleteQueue: () => this.delete(this.queue(parseInput('DeleteQueue', input).QueueUrl)),
      PurgeQueue: () => this.purge(this.queue(parseInput('PurgeQueue', input).QueueUrl)),
      ListDeadLetterSourceQueues: () => this.sources(parseInput('ListDeadLetterSourceQueues', input).QueueUrl),
      StartMessageMoveTask: () => this.redrive(parseInput('StartMessageMoveTask', input)),
      SendMessage: () => this.send(parseInput('SendMessage', input), caller),
      SendMessageBatch: () => this.sendBatch(parseInput('SendMessageBatch', input), caller),
      ReceiveMessage: () => this.receive(parseInput('ReceiveMessage', input)),
      DeleteMessage: () => this.deleteMessage(parseInput('DeleteMessage', input)),
      DeleteMessageBatch: () => {
        const { QueueUrl, Entries } = parseInput('DeleteMessageBatch', input);
        return this.each(Entries, (entry) => this.deleteMessage({ ...entry, QueueUrl }));
      },
      ChangeMessageVisibility: () => this.changeVisibility(parseInput('ChangeMessageVisibility', input)),
      ChangeMessageVisibilityBatch: () => {
        const { QueueUrl, Entries } = parseInput('ChangeMessageVisibilityBatch', input);
        return this.each(Entries, (entry) => this.changeVisibility({ ...entry, QueueUrl }));
      },
    };
    return work[operation]();
  }

  private queue(urlOrName: string): QueueRecord {
    const found = this.registry.find(queueNameOf(urlOrName));
    if (found === undefined) throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
    return found;
  }

  private create({ QueueName, Attributes, tags }: InputOf<'CreateQueue'>): Output {
    if (QueueName.endsWith('.fifo')) {
      throw new AwsError('NotSupportedByLocalRuntime', `FIFO queues (${QueueName}) are not supported.`);
    }
    if (!/^[A-Za-z0-9_-]{1,80}$/.test(QueueName)) {
      throw new AwsError(
        'InvalidParameterValue',
        'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
      );
    }
    if (tags !== undefined)
      throw new AwsError('NotSupportedByLocalRuntime', 'SQS CreateQueue: tags are not supported.');
    const attributes = withAttributes(DEFAULT_ATTRIBUTES, Attributes ?? {});
    const existing = this.registry.find(QueueName);
    if (existing && !sameWhereGiven(existing.attributes, attributes, Attributes ?? {})) {
      throw new AwsError(
        'QueueNameExists',
        'A queue already exists with the same name and a different value for an attribute.',
      );
    }
    return { QueueUrl: this.urlOf((existing ?? this.registry.put(QueueName, attributes)).arn) };
  }

  private list({ QueueNamePrefix = '', MaxResults, NextToken = '' }: InputOf<'ListQueues'>): Output {
    const found = this.registry.list().filter(({ name }) => name.startsWith(QueueNamePrefix) && name > NextToken);
    const page = found.slice(0, MaxResults ?? 1000);
    const next = MaxResults !== undefined && found.length > page.length ? page.at(-1)?.name : undefined;
    return { QueueUrls: page.map(({ arn }) => this.urlOf(arn)), ...(next !== undefined && { NextToken: next }) };
  }

  private attributes({ QueueUrl, AttributeNames }: InputOf<'GetQueueAttributes'>): Output {
    const queue = this.queue(QueueUrl);
    const counts = this.queues.messages.counts(queue.name, this.kernel.clock.now());
    const all: Record<string, string> = {
      QueueArn: queue.arn,
      ApproximateNumberOfMessages: String(counts.visible),
      ApproximateNumberOfMessagesNotVisible: String(counts.in_flight),
      ApproximateNumberOfMessagesDelayed: String(counts.delayed),
      CreatedTimestamp: String(Math.floor(queue.createdAt / 1000)),
      LastModifiedTimestamp: String(Math.floor(queue.modifiedAt / 1000)),
      ...attributeStrings(queue.attributes),
    };
    const names = AttributeNames ?? [];
    return {
      Attributes: Object.fromEntries(
        Object.entries(all).filter(([name]) => names.includes('All') || names.includes(name)),
      ),
    };
  }

  private setAttributes({ QueueUrl, Attributes }: InputOf<'SetQueueAttributes'>): Output {
    const queue = this.queue(QueueUrl);
    this.registry.put(queue.name, withAttributes(queue.attributes, Attributes));
    return {};
  }

  private delete(queue: QueueRecord): Output {
    this.queues.dismiss(queue.name);
    this.queues.messages.purge(queue.name);
    this.registry.remove(queue.name);
    return {};
  }

  private purge(queue: QueueRecord): Output {
    this.queues.messages.purge(queue.name);
    return {};
  }

  private sources(url: string): Output {
    const { arn } = this.queue(url);
    const found = this.registry
      .list()
      .filter(({ attributes }) => attributes.RedrivePolicy?.deadLetterTargetArn === arn);
    return { queueUrls: found.map((source) => this.urlOf(source.arn)) };
  }

  private redrive({ SourceArn, DestinationArn }: InputOf<'StartMessageMoveTask'>): Output {
    const source = this.registry.find(queueNameOf(SourceArn));
    const destination = DestinationArn === undefined ? undefined : this.registry.find(queueNameOf(DestinationArn));
    if (source === undefined || (DestinationArn !== undefined && destination === undefined)) {
      throw new AwsError(
        'ResourceNotFoundException',
        "The resource that you specified for the SourceArn or DestinationArn parameter doesn't exist.",
        404,
      );
    }
    this.queues.redrive(source, destination);
    return { TaskHandle: Buffer.from(`${source.name}:${this.kernel.clock.now()}`).toString('base64url') };
  }

  private send(input: InputOf<'SendMessage'>, caller: Caller): Output {
    const queue = this.queue(input.QueueUrl);
    const { message, answer } = accept(queue, input, caller);
    const [MessageId] = this.queues.send(queue, [message]);
    return { MessageId, ...answer };
  }

  private sendBatch({ QueueUrl, Entries }: InputOf<'SendMessageBatch'>, caller: Caller): Output {
    const queue = this.queue(QueueUrl);
    checkIds(Entries);
    let size = 0;
    const Failed: Output[] = [];
    const accepted = Entries.flatMap((entry) => {
      try {
        const one = accept(queue, entry, caller);
        size += one.size;
        return [{ Id: entry.Id, ...one }];
      } catch (error) {
        Failed.push(failure(entry.Id, error));
        return [];
      }
    });
    if (size > BATCH_LIMIT) {
      throw new AwsError(
        'BatchRequestTooLong',
        `Batch requests cannot be longer than ${BATCH_LIMIT} bytes. You have sent ${size} bytes.`,
      );
    }
    const ids = this.queues.send(
      queue,
      accepted.map(({ message }) => message),
    );
    const Successful = accepted.map(({ Id, answer }, at) => ({ Id, MessageId: ids[at], ...answer }));
    return { Successful, ...(Failed.length > 0 && { Failed }) };
  }

  private async receive(input: InputOf<'ReceiveMessage'>): Promise<Output> {
    const queue = this.queue(input.QueueUrl);
    const messages = await this.queues.receiveOrWait(
      queue,
      input.MaxNumberOfMessages ?? 1,
      input.VisibilityTimeout ?? queue.attributes.VisibilityTimeout,
      input.WaitTimeSeconds ?? queue.attributes.ReceiveMessageWaitTimeSeconds,
    );
    return messages.length === 0 ? {} : { Messages: messages.map((message) => received(message, input)) };
  }

  private deleteMessage({ QueueUrl, ReceiptHandle }: InputOf<'DeleteMessage'>): Output {
    const queue = this.queue(QueueUrl);
    const { id, receipt } = parseReceipt(ReceiptHandle);
    this.queues.delete(queue, id, receipt);
    return {};
  }

  private changeVisibility(input: InputOf<'ChangeMessageVisibility'>): Output {
    const queue = this.queue(input.QueueUrl);
    const { id, receipt } = parseReceipt(input.ReceiptHandle);
    if (this.queues.changeVisibility(queue, id, receipt, input.VisibilityTimeout)) return {};
    throw new AwsError(
      'MessageNotInflight',
      'The message does not exist or is not available for visibility timeout change.',
    );
  }

  private each<Entry extends { Id: string }>(entries: readonly Entry[], act: (entry: Entry) => void): Output {
    checkIds(entries);
    const Successful: Output[] = [];
    const Failed: Output[] = [];
    for (const entry of entries) {
      try {
        act(entry);
        Successful.push({ Id: entry.Id });
      } catch (error) {
        Failed.push(failure(entry.Id, error));
      }
    }
    return { Successful, ...(Failed.length > 0 && { Failed }) };
  }
}

const failure = (Id: string, error: unknown): Output => {
  if (!(error instanceof AwsError)) throw error;
  return { Id, SenderFault: true, Code: error.code, Message: error.message };
};

const checkIds = (entries: readonly { Id: string }[]): void => {
  if (entries.length === 0)
    throw new AwsError(
      'EmptyBatchRequest',
      'There should be at least one SendMessageBatchRequestEntry in the request.',
    );
  if (entries.length > 10) {
    throw new AwsError(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are 10. You have sent ${entries.length}.`,
    );
  }
  if (entries.some(({ Id }) => !/^[A-Za-z0-9_-]{1,80}$/.test(Id))) {
    throw new AwsError(
      'InvalidBatchEntryId',
      'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
    );
  }
  if (new Set(entries.map(({ Id }) => Id)).size < entries.length) {
    throw new AwsError('BatchEntryIdsNotDistinct', 'Two or more batch entries in the request have the same Id.');
  }
};

const sameWhereGiven = (existing: QueueAttributes, asked: QueueAttributes, given: Record<string, string>): boolean => {
  const [old, next] = [attributeStrings(existing), attributeStrings(asked)];
  return Object.keys(given).every((name) => old[name] === next[name]);
};
