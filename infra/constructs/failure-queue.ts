import { Duration, Validations } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { alarmPeriod, ImpactAlarm } from './impact-alarm.ts';

export interface FailureQueueProps {
  /** Who is harmed while something lies here. */
  impact: string;
  runbook: string;
}

/** Keeps what was given up on for two weeks, and calls somebody as soon as there is anything in it. */
export class FailureQueue extends Queue {
  constructor(scope: Construct, id: string, props: FailureQueueProps) {
    super(scope, id, {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    new ImpactAlarm(this, 'NotEmpty', {
      metric: this.metricApproximateNumberOfMessagesVisible({ period: alarmPeriod, statistic: 'Maximum' }),
      // SQS tells nothing of a queue that nobody has touched for six hours, whatever lies in it (Amazon SQS guide,
      // "Monitoring Amazon SQS queues using CloudWatch").
      silenceEndsNothing: true,
      impact: props.impact,
      runbook: props.runbook,
    });
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'This queue is itself where failures end; an alarm calls a person as soon as it holds anything.',
    });
  }
}
