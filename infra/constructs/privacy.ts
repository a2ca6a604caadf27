import { Duration } from 'aws-cdk-lib';
import type { HttpUserPoolAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { DeskTable } from './desk-table.ts';
import { FailureQueue } from './failure-queue.ts';
import type { Files } from './files.ts';
import { HandlerFunction, MUCH_MEMORY } from './handler-function.ts';
import { alarmPeriod, ImpactAlarm } from './impact-alarm.ts';
import type { PublicApi } from './public-api.ts';

export interface PrivacyProps {
  api: PublicApi;
  teamOnly: HttpUserPoolAuthorizer;
  table: DeskTable;
  files: Files;
}

/** What a person may ask about their data: to have all of it, and to have it erased. */
export class Privacy extends Construct {
  /** Requests to erase somebody, each as often as there is a part left to do. */
  readonly erasures: Queue;

  constructor(scope: Construct, id: string, { api, teamOnly, table, files }: PrivacyProps) {
    super(scope, id);
    const TABLE_NAME = table.tableName;
    const impact = 'somebody who wants to be forgotten is not, and the law says within a month';
    const timeout = Duration.minutes(1);
    this.erasures = new Queue(this, 'Erasures', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      // Six times the function's timeout (AWS Lambda guide, "Using Lambda with Amazon SQS").
      visibilityTimeout: Duration.seconds(6 * timeout.toSeconds()),
      retentionPeriod: Duration.days(14),
      deadLetterQueue: {
        queue: new FailureQueue(this, 'StoppedErasures', { impact, runbook: 'erase-person' }),
        maxReceiveCount: 10,
      },
    });

    new ImpactAlarm(this, 'Waiting', {
      metric: this.erasures.metricApproximateAgeOfOldestMessage({ period: alarmPeriod, statistic: 'Maximum' }),
      threshold: Duration.days(1).toSeconds(),
      impact,
      runbook: 'erase-person',
    });

    const erase = new HandlerFunction(this, 'ErasePerson', {
      environment: { TABLE_NAME, ...files.toStore, ERASURE_QUEUE_URL: this.erasures.queueUrl },
      timeout,
      feedsItself: true,
      errorsTolerated: 4,
      impact,
    });
    table.grantReadWrite(erase);
    files.grantErasing(erase);
    this.erasures.grantSendMessages(erase);
    erase.addEventSource(
      new SqsEventSource(this.erasures, { batchSize: 1, maxConcurrency: 2, reportBatchItemFailures: true }),
    );

    const take = new HandlerFunction(this, 'TakePrivacyRequest', {
      environment: { TABLE_NAME, ...files.toStore },
      timeout: Duration.seconds(15),
      memory: MUCH_MEMORY,
      answersPeople: true,
      impact: 'nobody can hand out or erase the data of somebody who asks for it',
    });
    table.grantReadWrite(take);
    files.grantHandingOut(take);
    files.grantMailAsItCame(take);
    api.guarded(
      take,
      ['GET /desk/customers/{id}/export', 'DELETE /desk/customers/{id}', 'GET /desk/privacy', 'GET /desk/privacy/{id}'],
      teamOnly,
    );
  }
}
