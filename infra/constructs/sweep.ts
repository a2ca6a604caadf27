import { Duration, Stack, TimeZone } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Schedule, ScheduleExpression, type ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { DeskTable } from './desk-table.ts';
import { FailureQueue } from './failure-queue.ts';
import { HandlerFunction } from './handler-function.ts';
import { HandlerTarget } from './handler-target.ts';
import type { Workflow } from './workflow.ts';

export interface SweepProps {
  table: DeskTable;
  intake: Workflow;
  schedules: ScheduleGroup;
}

/** Every hour, tickets whose intake never ended are taken in again. */
export class Sweep extends Construct {
  constructor(scope: Construct, id: string, { table, intake, schedules }: SweepProps) {
    super(scope, id);
    const impact = 'a ticket whose intake broke off stays unsorted and unacknowledged';
    const missed = new FailureQueue(this, 'MissedSweeps', { impact, runbook: 'sweep-abandoned' });
    const sweep = new HandlerFunction(this, 'SweepAbandoned', {
      environment: { TABLE_NAME: table.tableName, INTAKE_ARN: intake.stateMachineArn },
      timeout: Duration.minutes(1),
      undelivered: missed,
      impact,
    });
    table.grantReadWrite(sweep);
    intake.grantStartExecution(sweep);
    new Schedule(this, 'EveryHour', {
      description: 'Takes in again what was abandoned',
      scheduleGroup: schedules,
      schedule: ScheduleExpression.cron({ minute: '0', timeZone: TimeZone.ETC_UTC }),
      target: new HandlerTarget(sweep, {
        role: new Role(this, 'ScheduleRole', {
          assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
            conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
          }),
        }),
        deadLetterQueue: missed,
        retryAttempts: 3,
        maxEventAge: Duration.minutes(50),
      }),
    });
  }
}
