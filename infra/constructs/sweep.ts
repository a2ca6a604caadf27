import { ArnFormat, Duration, Stack, TimeZone, Validations } from 'aws-cdk-lib';
import { Grant, type IGrantable, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Schedule, ScheduleExpression, type ScheduleGroup, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { DeskTable } from './desk-table.ts';
import { FailureQueue } from './failure-queue.ts';
import { HandlerFunction } from './handler-function.ts';
import { HandlerTarget } from './handler-target.ts';
import { houseOf } from './house.ts';
import type { Workflow } from './workflow.ts';

export interface SweepProps {
  table: DeskTable;
  intake: Workflow;
  escalation: Workflow;
  schedules: ScheduleGroup;
}

/**
 * Every hour, tickets whose intake never ended are taken in again. Every six hours, those nobody watches are watched again:
 * that reads each live ticket, and an escalation that breaks says so by itself, in an alarm.
 */
export class Sweep extends Construct {
  constructor(scope: Construct, id: string, { table, intake, escalation, schedules }: SweepProps) {
    super(scope, id);
    const impact = 'a ticket whose intake or escalation broke off stays unsorted, or late where nobody hears of it';
    const missed = new FailureQueue(this, 'MissedSweeps', { impact, runbook: 'sweep-abandoned' });
    const sweep = new HandlerFunction(this, 'SweepAbandoned', {
      environment: {
        TABLE_NAME: table.tableName,
        INTAKE_ARN: intake.stateMachineArn,
        ESCALATION_ARN: escalation.stateMachineArn,
      },
      timeout: Duration.minutes(1),
      undelivered: missed,
      impact,
    });
    table.grantReadWrite(sweep);
    for (const machine of [intake, escalation]) machine.grantStartExecution(sweep);
    this.grantLookAt(escalation, sweep);
    const role = new Role(this, 'ScheduleRole', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    });
    const run = (input: object) =>
      new HandlerTarget(sweep, {
        role,
        input: ScheduleTargetInput.fromObject(input),
        deadLetterQueue: missed,
        retryAttempts: 3,
        maxEventAge: Duration.minutes(50),
      });
    new Schedule(this, 'EveryHour', {
      description: 'Takes in again what was abandoned',
      scheduleGroup: schedules,
      schedule: ScheduleExpression.cron({ minute: '0', timeZone: TimeZone.ETC_UTC }),
      target: run({ only: 'new' }),
    });
    new Schedule(this, 'EverySixHours', {
      description: 'Watches again what nobody watches',
      scheduleGroup: schedules,
      schedule: ScheduleExpression.cron({ minute: '30', hour: '0/6', timeZone: TimeZone.ETC_UTC }),
      target: run({}),
    });
  }

  /** Whether an execution lives. Its name has the ticket in it, so that no list of them could be written here. */
  private grantLookAt({ file }: Workflow, grantee: IGrantable): void {
    const executions = `careline-${houseOf(this).stage}-${file}:*`;
    const format = { service: 'states', resource: 'execution', arnFormat: ArnFormat.COLON_RESOURCE_NAME };
    Grant.addToPrincipal({
      grantee,
      actions: ['states:DescribeExecution'],
      resourceArns: [Stack.of(this).formatArn({ ...format, resourceName: executions })],
    });
    Validations.of(this).acknowledge({
      id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:${executions}]`,
      reason: 'The executions of this one machine are named after tickets, which nobody knows before they come.',
    });
  }
}
