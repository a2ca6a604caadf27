import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { FailureQueue } from './failure-queue.ts';
import { alarmPeriod, ImpactAlarm } from './impact-alarm.ts';

export interface MailQueueProps {
  /** The sender's timeout; a message stays hidden six times as long (AWS Lambda guide, "Using Lambda with Amazon SQS"). */
  senderTimeout: Duration;
  /** How old a mail may grow here before somebody is called. */
  patience: Duration;
  /** Who is harmed by mail that waits, or lies in the failure queue. */
  impact: string;
  runbook: string;
}

/**
 * Owed mail on its way to the sender; what fails ten times is set aside and somebody called. Ten, because a claim left
 * behind by a crash holds a mail back for ten minutes, and SES may throttle for longer.
 */
export class MailQueue extends Queue {
  constructor(scope: Construct, id: string, props: MailQueueProps) {
    const { impact, runbook } = props;
    super(scope, id, {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      visibilityTimeout: Duration.seconds(6 * props.senderTimeout.toSeconds()),
      retentionPeriod: Duration.days(4),
      deadLetterQueue: { queue: new FailureQueue(scope, `${id}Failures`, { impact, runbook }), maxReceiveCount: 10 },
    });
    new ImpactAlarm(this, 'Old', {
      metric: this.metricApproximateAgeOfOldestMessage({ period: alarmPeriod, statistic: 'Maximum' }),
      threshold: props.patience.toSeconds(),
      impact,
      runbook,
    });
  }
}
