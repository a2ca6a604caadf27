import { Duration, Stack } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import { Grant } from 'aws-cdk-lib/aws-iam';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailSendingEvent,
  EventDestination,
  type IEmailIdentity,
} from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import type { DeskTable } from './desk-table.ts';
import { FailureQueue } from './failure-queue.ts';
import { HandlerFunction } from './handler-function.ts';
import { houseOf } from './house.ts';
import { ImpactAlarm } from './impact-alarm.ts';
import type { Links } from './links.ts';
import { MailQueue } from './mail-queue.ts';

export interface MailOutProps {
  table: DeskTable;
  links: Links;
  identity: IEmailIdentity;
  deskAddress: string;
}

/**
 * What SES tells about a mail that the desk acts on, and the detail-type it has on the bus (Amazon SES guide, "EventBridge").
 * That it was delivered, or is later than usual, changes nothing here: a mail counts as sent with the first of these.
 */
const fates: [EmailSendingEvent, string][] = [
  [EmailSendingEvent.SEND, 'Email Sent'],
  [EmailSendingEvent.BOUNCE, 'Email Bounced'],
  [EmailSendingEvent.COMPLAINT, 'Email Complaint Received'],
  [EmailSendingEvent.REJECT, 'Email Rejected'],
  [EmailSendingEvent.RENDERING_FAILURE, 'Email Rendering Failed'],
];

/** Owed mail is sent by one function, from two queues whose concurrency shapes the rate; SES tells what became of it. */
export class MailOut extends Construct {
  /** Acknowledgements, replies, alarms: somebody waits for them. */
  readonly prompt: MailQueue;
  /** Surveys and reports: nobody waits for them. */
  readonly patient: MailQueue;

  constructor(scope: Construct, id: string, props: MailOutProps) {
    super(scope, id);
    const configurationSet = this.configurationSet();
    const timeout = Duration.seconds(30);
    const send = this.sender(props, configurationSet, timeout);

    this.prompt = new MailQueue(this, 'PromptMail', {
      senderTimeout: timeout,
      patience: Duration.minutes(5),
      impact: 'the customer waits for a reply that is written but not sent',
      runbook: 'prompt-mail',
    });
    this.patient = new MailQueue(this, 'PatientMail', {
      senderTimeout: timeout,
      patience: Duration.hours(1),
      impact: 'the customer is asked too late whether the answer helped',
      runbook: 'patient-mail',
    });
    this.feed(send, this.prompt, 5);
    this.feed(send, this.patient, 2);

    this.settle(props.table, configurationSet);
    this.watchReputation();
  }

  private configurationSet(): ConfigurationSet {
    const set = new ConfigurationSet(this, 'ConfigurationSet', {
      configurationSetName: `careline-${houseOf(this).stage}`,
      reputationMetrics: true,
      tlsPolicy: ConfigurationSetTlsPolicy.OPTIONAL,
    });
    set.addEventDestination('ToEventBridge', {
      destination: EventDestination.eventBus(EventBus.fromEventBusName(this, 'DefaultBus', 'default')),
      events: fates.map(([event]) => event),
    });
    return set;
  }

  private sender({ table, links, identity, deskAddress }: MailOutProps, set: ConfigurationSet, timeout: Duration) {
    const send = new HandlerFunction(this, 'SendMail', {
      environment: {
        TABLE_NAME: table.tableName,
        CONFIGURATION_SET: set.configurationSetName,
        DESK_ADDRESS: deskAddress,
        ...links.toRead,
      },
      timeout,
      errorsTolerated: 4,
      impact: 'no mail reaches a customer',
    });
    table.grantReadWrite(send);
    links.grantKey(send);
    Grant.addToPrincipal({
      grantee: send,
      actions: ['ses:SendRawEmail'],
      resourceArns: [
        identity.emailIdentityArn,
        Stack.of(this).formatArn({
          service: 'ses',
          resource: 'configuration-set',
          resourceName: set.configurationSetName,
        }),
      ],
    });
    return send;
  }

  private feed(send: HandlerFunction, queue: MailQueue, maxConcurrency: number): void {
    send.addEventSource(new SqsEventSource(queue, { batchSize: 5, maxConcurrency, reportBatchItemFailures: true }));
  }

  private settle(table: DeskTable, set: ConfigurationSet): void {
    const impact = 'a mail counts as owed although it was sent, or an address goes on being mailed that has bounced';
    const unsettled = new FailureQueue(this, 'UnsettledMail', { impact, runbook: 'settle-mail' });
    const settle = new HandlerFunction(this, 'SettleMail', {
      environment: { TABLE_NAME: table.tableName },
      undelivered: unsettled,
      errorsTolerated: 2,
      impact,
    });
    table.grantReadWrite(settle);
    new Rule(this, 'FateOfMail', {
      description: 'What SES tells of mails sent with the configuration set of this desk',
      eventPattern: {
        source: ['aws.ses'],
        detailType: fates.map(([, detailType]) => detailType),
        detail: { mail: { tags: { 'ses:configuration-set': [set.configurationSetName] } } },
      },
      targets: [new LambdaTarget(settle, { deadLetterQueue: unsettled })],
    });
  }

  /** AWS reviews an account at 5 % bounces and 0.1 % complaints (Amazon SES guide, "Reputation"): be called before that. */
  private watchReputation(): void {
    const rate = (metricName: string) =>
      new Metric({ namespace: 'AWS/SES', metricName, statistic: 'Maximum', period: Duration.minutes(15) });
    const impact = 'soon no customer gets any mail, because AWS pauses an account that mails people who do not want it';
    new ImpactAlarm(this, 'Bounces', {
      metric: rate('Reputation.BounceRate'),
      threshold: 0.04,
      impact,
      runbook: 'mail-reputation',
    });
    new ImpactAlarm(this, 'Complaints', {
      metric: rate('Reputation.ComplaintRate'),
      threshold: 0.0008,
      impact,
      runbook: 'mail-reputation',
    });
  }
}
