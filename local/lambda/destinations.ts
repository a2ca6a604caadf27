import { type Aws, AwsError, type Caller } from '../aws/contract.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { FunctionConfig } from './function-config.ts';
import type { Span } from './span.ts';

/** Attempts to hand a record over before it is dropped with a word about it. */
const ATTEMPTS = 8;

type Attributes = Record<string, { DataType: 'String' | 'Number'; StringValue: string }>;

/** What a destination is told of, and the event's detail type if it is a bus. */
export interface Delivery {
  arn: string;
  body: string;
  detailType: string;
  attributes?: Attributes;
}

/** Whether a later attempt may succeed: a refusal will be repeated, a failure of the service may pass. */
export const isTransient = (error: unknown): boolean =>
  error instanceof AwsError &&
  (error.status >= 500 || error.status === 429 || /Throttl|TooManyRequests/.test(error.code));

/** Sends records of ended invocations where a function's or mapping's configuration says, with the function's role. */
export class Destinations {
  private readonly kernel: Kernel;
  private readonly aws: Aws;
  private readonly queueUrl: (arn: string) => string;
  private readonly say: (line: string) => void;

  constructor(parts: { kernel: Kernel; aws: Aws; queueUrl: (arn: string) => string; say: (line: string) => void }) {
    this.kernel = parts.kernel;
    this.aws = parts.aws;
    this.queueUrl = parts.queueUrl;
    this.say = parts.say;
  }

  now(): string {
    return new Date(this.kernel.clock.now()).toISOString();
  }

  /** Resolves when the record is handed over, or dropped because it cannot be: that is said, as AWS counts it. */
  async deliver(config: FunctionConfig, delivery: Delivery, span: Span): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.send(config, delivery);
        return;
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        if (!isTransient(error) || attempt === ATTEMPTS) {
          this.say(`${config.name}: its destination ${delivery.arn} took nothing: ${error.code}: ${error.message}`);
          return;
        }
        await span.rest(1000 * 2 ** (attempt - 1));
      }
    }
  }

  private send(config: FunctionConfig, { arn, body, detailType, attributes }: Delivery): Promise<unknown> {
    const caller: Caller = { kind: 'role', roleArn: config.roleArn, holder: config.name };
    const MessageAttributes = attributes && { MessageAttributes: attributes };
    switch (arn.split(':')[2]) {
      case 'sqs':
        return this.aws.call(
          'sqs',
          'SendMessage',
          { QueueUrl: this.queueUrl(arn), MessageBody: body, ...MessageAttributes },
          caller,
        );
      case 'sns':
        return this.aws.call('sns', 'Publish', { TopicArn: arn, Message: body, ...MessageAttributes }, caller);
      case 'lambda':
        return this.aws.call('lambda', 'Invoke', { FunctionName: arn, InvocationType: 'Event', Payload: body }, caller);
      case 'events': {
        const Resources = [`${config.arn}:$LATEST`, arn];
        const entry = { EventBusName: arn, Source: 'lambda', DetailType: detailType, Detail: body, Resources };
        return this.aws.call('events', 'PutEvents', { Entries: [entry] }, caller);
      }
      default:
        throw unsupportedDestination(config.name, arn);
    }
  }
}

const unsupportedDestination = (name: string, arn: string): AwsError =>
  new AwsError('NotSupportedByLocalRuntime', `Function ${name}: the destination ${arn} is not supported.`);

/** Refuses, at the start, a destination that could not be served. */
export const checkDestination = (name: string, arn: string | undefined): void => {
  if (arn !== undefined && !/^arn:aws:(sqs|sns|lambda|events):/.test(arn)) throw unsupportedDestination(name, arn);
};
