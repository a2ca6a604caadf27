import { type Aws, type Caller, ROOT } from '../aws/contract.ts';
import type { Deployment } from '../template/contract.ts';
import { refuse } from './input.ts';

/** Where an event goes, as rules, schedules and dead letters name it. */
export interface Target {
  arn: string;
  /** Role that delivers; without it the service itself calls, by the target's resource policy. */
  roleArn?: string;
  /** Message group of a FIFO queue. */
  messageGroupId?: string;
  /** Detail type and source for a target that is an event bus. */
  detailType?: string;
  source?: string;
}

export interface Sender {
  /** E.g. `events.amazonaws.com`. */
  principal: string;
  /** Rule, schedule or topic. */
  sourceArn: string;
  /** Name for messages. */
  holder: string;
}

const callerFor = (target: Target, sender: Sender): Caller =>
  target.roleArn
    ? { kind: 'role', roleArn: target.roleArn, holder: sender.holder }
    : { kind: 'service', principal: sender.principal, sourceArn: sender.sourceArn };

const tail = (arn: string): string => arn.slice(arn.lastIndexOf(':') + 1);

/** The URL of a queue by its ARN; a queue made by a call instead of the template is asked for by name. */
const queueUrl = async (aws: Aws, deployment: Deployment, arn: string): Promise<string> => {
  const known = deployment.byArn(arn)?.ref;
  if (known?.startsWith('http')) return known;
  const answer = await aws.call('sqs', 'GetQueueUrl', { QueueName: tail(arn) }, ROOT);
  return String(answer.QueueUrl);
};

const serviceOf = (arn: string): string => arn.split(':')[2] ?? '';

export const isDeliverable = (arn: string): boolean =>
  ['lambda', 'sqs', 'sns', 'states', 'events'].includes(serviceOf(arn));

/** Hands a body over to a function, queue, topic, state machine or bus; resolves when the target has accepted it. */
export const deliver = async (
  to: { aws: Aws; deployment: Deployment },
  target: Target,
  sender: Sender,
  body: string,
  attributes?: Record<string, { DataType: string; StringValue: string }>,
): Promise<void> => {
  const { aws, deployment } = to;
  const caller = callerFor(target, sender);
  switch (serviceOf(target.arn)) {
    case 'lambda':
      await aws.call(
        'lambda',
        'Invoke',
        { FunctionName: target.arn, InvocationType: 'Event', Payload: Buffer.from(body) },
        caller,
      );
      return;
    case 'sqs':
      await aws.call(
        'sqs',
        'SendMessage',
        {
          QueueUrl: await queueUrl(aws, deployment, target.arn),
          MessageBody: body,
          ...(target.messageGroupId && { MessageGroupId: target.messageGroupId }),
          ...(attributes && { MessageAttributes: attributes }),
        },
        caller,
      );
      return;
    case 'sns':
      await aws.call('sns', 'Publish', { TopicArn: target.arn, Message: body }, caller);
      return;
    case 'states':
      await aws.call('states', 'StartExecution', { stateMachineArn: target.arn, input: body }, caller);
      return;
    case 'events':
      await aws.call(
        'events',
        'PutEvents',
        {
          Entries: [
            {
              EventBusName: target.arn,
              Source: target.source ?? sender.holder,
              DetailType: target.detailType ?? 'Event',
              Detail: body,
            },
          ],
        },
        caller,
      );
      return;
    default:
      throw refuse(`the target ${target.arn}`);
  }
};
