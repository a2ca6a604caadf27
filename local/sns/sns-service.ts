import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import {
  ACCOUNT,
  type Aws,
  AwsError,
  type AwsRequest,
  type AwsService,
  type Permission,
  REGION,
} from '../aws/contract.ts';
import { codeOf, messageOf, nextAttempt } from '../edge/backoff.ts';
import { inputOf, refuse } from '../edge/input.ts';
import { Outbox } from '../edge/outbox.ts';
import { type Say, sayOnStderr } from '../edge/say.ts';
import { deliver } from '../edge/target.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { inTransaction } from '../kernel/store.ts';
import type { Deployment, Resource } from '../template/contract.ts';
import { attributesSchema, envelope, lambdaEvent, type Notification, received, textsOf } from './message.ts';
import { segments } from './sms.ts';
import { type EmailNotice, type Protocol, type Sms, SnsTable, type Subscription } from './sns-table.ts';

const content = {
  Message: z.string(),
  Subject: z.optional(z.string()),
  MessageStructure: z.optional(z.string()),
  MessageAttributes: z.optional(attributesSchema),
};

const schemas = {
  CreateTopic: z.strictObject({ Name: z.string().check(z.regex(/^[A-Za-z0-9_-]{1,256}$/)) }),
  ListTopics: z.strictObject({}),
  Subscribe: z.strictObject({
    TopicArn: z.string(),
    Protocol: z.string(),
    Endpoint: z.string(),
    Attributes: z.optional(z.record(z.string(), z.string())),
    ReturnSubscriptionArn: z.optional(z.unknown()),
  }),
  Unsubscribe: z.strictObject({ SubscriptionArn: z.string() }),
  ListSubscriptionsByTopic: z.strictObject({ TopicArn: z.string() }),
  Publish: z.strictObject({
    ...content,
    TopicArn: z.optional(z.string()),
    TargetArn: z.optional(z.string()),
    PhoneNumber: z.optional(z.string()),
  }),
  PublishBatch: z.strictObject({
    TopicArn: z.string(),
    PublishBatchRequestEntries: z.array(z.strictObject({ ...content, Id: z.string() })),
  }),
};

const INVALID = 'InvalidParameter';
const MAX_BYTES = 256 * 1024;
/** SNS tries a queue or function 100,015 times over 23 days (Developer Guide, "Message delivery retries"). */
const RETRY = { maximumRetryAttempts: 100_015, maximumEventAgeSeconds: 23 * 86_400 };

interface Owed {
  subscription: Subscription;
  body: string;
  attributes: Notification['attributes'];
}

const PROTOCOLS: Record<string, Protocol> = { sqs: 'sqs', lambda: 'lambda', email: 'email' };

/** SNS: topics to queues, functions and mailboxes, and text messages to phones, which are kept for reading. */
export class SnsService implements AwsService {
  readonly name = 'sns';
  readonly operations = Object.keys(schemas);
  private readonly kernel: Kernel;
  private readonly deployment: Deployment;
  private readonly table: SnsTable;
  private readonly outbox: Outbox<Owed>;

  constructor({
    kernel,
    aws,
    deployment,
    say = sayOnStderr,
  }: { kernel: Kernel; aws: Aws; deployment: Deployment; say?: Say }) {
    this.kernel = kernel;
    this.deployment = deployment;
    this.table = new SnsTable(kernel.store);
    this.outbox = new Outbox<Owed>({
      kernel,
      table: 'sns_owed',
      run: ({ payload: { subscription, body, attributes } }) =>
        deliver(
          { aws, deployment },
          { arn: subscription.endpoint },
          { principal: 'sns.amazonaws.com', sourceArn: subscription.topicArn, holder: subscription.topicArn },
          body,
          subscription.raw ? rawAttributes(attributes) : undefined,
        ),
      retryAt: (job, error) => nextAttempt(RETRY, job, kernel.clock.now(), error),
      abandon: ({ payload: { subscription } }, error) =>
        say(
          `sns: ${subscription.topicArn} did not reach ${subscription.endpoint}: ${codeOf(error)}: ${messageOf(error)}`,
        ),
    });
  }

  async start(): Promise<void> {
    for (const topic of this.deployment.resources('AWS::SNS::Topic')) {
      this.table.addTopic(topic.ref);
      for (const inline of topic.properties.Subscription ?? []) {
        this.subscribe({ TopicArn: topic.ref, Protocol: inline.Protocol, Endpoint: inline.Endpoint });
      }
    }
    for (const resource of this.deployment.resources('AWS::SNS::Subscription')) this.subscribeResource(resource);
    this.outbox.start();
  }

  async stop(): Promise<void> {
    this.outbox.stop();
  }

  /** Text messages sent so far, numbered from 1. */
  sms(): Sms[] {
    return this.table.sms();
  }

  /** Notices to subscribers of protocol email, numbered from 1. */
  emails(): EmailNotice[] {
    return this.table.emails();
  }

  permissions({ operation, input }: AwsRequest): Permission[] {
    const action = `sns:${operation === 'PublishBatch' ? 'Publish' : operation}`;
    const named = input.TopicArn ?? input.TargetArn ?? input.SubscriptionArn;
    const resource = operation === 'CreateTopic' ? topicArn(String(input.Name)) : String(named ?? '*');
    return [{ action, resource }];
  }

  async handle(request: AwsRequest): Promise<Record<string, unknown>> {
    switch (request.operation) {
      case 'CreateTopic': {
        const arn = topicArn(inputOf(schemas.CreateTopic, request, INVALID).Name);
        this.table.addTopic(arn);
        return { TopicArn: arn };
      }
      case 'ListTopics':
        return { Topics: this.table.topics().map((TopicArn) => ({ TopicArn })) };
      case 'Subscribe':
        return { SubscriptionArn: this.subscribe(inputOf(schemas.Subscribe, request, INVALID)) };
      case 'Unsubscribe':
        this.table.unsubscribe(inputOf(schemas.Unsubscribe, request, INVALID).SubscriptionArn);
        return {};
      case 'ListSubscriptionsByTopic':
        return { Subscriptions: this.describe(inputOf(schemas.ListSubscriptionsByTopic, request, INVALID).TopicArn) };
      case 'Publish':
        return this.publish(inputOf(schemas.Publish, request, INVALID));
      case 'PublishBatch':
        return this.publishBatch(inputOf(schemas.PublishBatch, request, INVALID));
      default:
        throw refuse(`sns ${request.operation}`);
    }
  }

  private subscribeResource(resource: Resource): void {
    const { TopicArn, Protocol, Endpoint, RawMessageDelivery, FilterPolicy, RedrivePolicy } = resource.properties;
    if (FilterPolicy) throw refuse(`FilterPolicy of the subscription ${resource.logicalId}`);
    if (RedrivePolicy) throw refuse(`RedrivePolicy of the subscription ${resource.logicalId}`);
    const Attributes = { RawMessageDelivery: String(RawMessageDelivery ?? false) };
    this.subscribe({ TopicArn, Protocol, Endpoint, Attributes });
  }

  private subscribe(
    input: Pick<z.output<typeof schemas.Subscribe>, 'TopicArn' | 'Protocol' | 'Endpoint' | 'Attributes'>,
  ): string {
    this.check(input.TopicArn);
    const protocol = PROTOCOLS[input.Protocol];
    if (!protocol) throw refuse(`subscriptions of protocol ${input.Protocol}`);
    const unknown = Object.keys(input.Attributes ?? {}).filter((name) => name !== 'RawMessageDelivery');
    if (unknown.length > 0) throw refuse(`${unknown.join(', ')} of a subscription`);
    return this.table.subscribe({
      arn: `${input.TopicArn}:${randomUUID()}`,
      topicArn: input.TopicArn,
      protocol,
      endpoint: input.Endpoint,
      raw: input.Attributes?.RawMessageDelivery === 'true',
    }).arn;
  }

  private describe(arn: string): Array<Record<string, string>> {
    this.check(arn);
    return this.table.subscriptions(arn).map((each) => ({
      SubscriptionArn: each.arn,
      TopicArn: each.topicArn,
      Protocol: each.protocol,
      Endpoint: each.endpoint,
      Owner: ACCOUNT,
    }));
  }

  private check(arn: string): void {
    if (!this.table.hasTopic(arn)) throw new AwsError('NotFound', 'Topic does not exist', 404);
  }

  private publish(input: z.output<typeof schemas.Publish>): Record<string, unknown> {
    if (input.PhoneNumber !== undefined) return this.text(input.PhoneNumber, input);
    const arn = input.TopicArn ?? input.TargetArn;
    if (arn === undefined)
      throw new AwsError(INVALID, 'Invalid parameter: TopicArn or TargetArn or PhoneNumber is required');
    return { MessageId: this.notify(arn, input) };
  }

  private publishBatch(input: z.output<typeof schemas.PublishBatch>): Record<string, unknown> {
    const entries = input.PublishBatchRequestEntries;
    if (entries.length === 0) throw new AwsError('EmptyBatchRequest', 'The batch request has no entries.');
    if (entries.length > 10)
      throw new AwsError('TooManyEntriesInBatchRequest', 'The batch request has more than 10 entries.');
    if (new Set(entries.map(({ Id }) => Id)).size < entries.length) {
      throw new AwsError('BatchEntryIdsNotDistinct', 'Two or more batch entries have the same Id.');
    }
    const Successful: unknown[] = [];
    const Failed: unknown[] = [];
    this.check(input.TopicArn);
    for (const entry of entries) {
      try {
        Successful.push({ Id: entry.Id, MessageId: this.notify(input.TopicArn, entry) });
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        Failed.push({ Id: entry.Id, Code: error.code, Message: error.message, SenderFault: true });
      }
    }
    return { Successful, Failed };
  }

  private notify(arn: string, input: Omit<z.output<typeof schemas.Publish>, 'TopicArn'>): string {
    this.check(arn);
    if (input.Message === '') throw new AwsError(INVALID, 'Invalid parameter: Empty message');
    if (Buffer.byteLength(input.Message) > MAX_BYTES)
      throw new AwsError(INVALID, 'Invalid parameter: Message too long');
    const now = this.kernel.clock.now();
    const note: Notification = {
      messageId: randomUUID(),
      topicArn: arn,
      subject: input.Subject,
      text: textsOf(input.Message, input.MessageStructure),
      timestamp: new Date(now).toISOString(),
      attributes: received(input.MessageAttributes ?? {}),
    };
    inTransaction(this.kernel.store, () => {
      for (const subscription of this.table.subscriptions(arn)) this.owe(subscription, note, now);
    });
    return note.messageId;
  }

  private owe(subscription: Subscription, note: Notification, now: number): void {
    const text = note.text[subscription.protocol] ?? note.text.default ?? '';
    const { attributes } = note;
    if (subscription.protocol === 'email') {
      this.table.addEmail(now, subscription.endpoint, note.subject ?? 'AWS Notification Message', text);
    } else if (subscription.protocol === 'lambda') {
      this.outbox.owe({ subscription, body: lambdaEvent(note, subscription.arn), attributes });
    } else {
      const body = subscription.raw ? text : envelope(note, 'sqs', subscription.arn);
      this.outbox.owe({ subscription, body, attributes });
    }
  }

  private text(to: string, input: z.output<typeof schemas.Publish>): Record<string, unknown> {
    if (!/^\+[1-9]\d{1,14}$/.test(to)) {
      throw new AwsError(INVALID, `Invalid parameter: PhoneNumber Reason: ${to} is not valid to publish to`);
    }
    const sender = input.MessageAttributes?.['AWS.SNS.SMS.SenderID']?.StringValue;
    const sms = { to, text: input.Message, sender, segments: segments(input.Message) };
    this.table.addSms(this.kernel.clock.now(), sms);
    return { MessageId: randomUUID() };
  }
}

const topicArn = (name: string): string => `arn:aws:sns:${REGION}:${ACCOUNT}:${name}`;

/** With raw delivery a queue gets the attributes as its own. */
const rawAttributes = (
  attributes: Notification['attributes'],
): Record<string, { DataType: string; StringValue: string }> | undefined => {
  const entries = Object.entries(attributes).map(
    ([name, { Type, Value }]) => [name, { DataType: Type, StringValue: Value }] as const,
  );
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
};
