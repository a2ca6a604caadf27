import { Duration, Stack, Validations } from 'aws-cdk-lib';
import { Effect, Grant, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Construct } from 'constructs';
import type { DeskTable } from './desk-table.ts';
import { HandlerFunction } from './handler-function.ts';
import { MailQueue } from './mail-queue.ts';

/** Owed text messages are sent by one function, from one queue whose concurrency shapes the rate of SNS. */
export class TextOut extends Construct {
  readonly queue: MailQueue;

  constructor(scope: Construct, id: string, { table }: { table: DeskTable }) {
    super(scope, id);
    const timeout = Duration.seconds(30);
    const impact = 'a customer who is reached by telephone alone gets no answer';
    const send = new HandlerFunction(this, 'SendText', {
      environment: { TABLE_NAME: table.tableName },
      timeout,
      errorsTolerated: 4,
      impact,
    });
    table.grantReadWrite(send);
    // A number is no resource of IAM; topics are, and none is this function's.
    Grant.addToPrincipal({ grantee: send, actions: ['sns:Publish'], resourceArns: ['*'] });
    send.addToRolePolicy(
      new PolicyStatement({
        effect: Effect.DENY,
        actions: ['sns:Publish'],
        resources: [Stack.of(this).formatArn({ service: 'sns', resource: '*' })],
      }),
    );
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason:
        'A text message goes to a number, and IAM knows no resource for numbers; publishing to any topic of the account is denied beside it.',
    });

    this.queue = new MailQueue(this, 'OwedText', {
      senderTimeout: timeout,
      patience: Duration.minutes(5),
      impact,
      runbook: 'send-text',
    });
    send.addEventSource(
      new SqsEventSource(this.queue, { batchSize: 5, maxConcurrency: 2, reportBatchItemFailures: true }),
    );
  }
}
