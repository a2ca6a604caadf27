import { Duration, Stack, TimeZone } from 'aws-cdk-lib';
import { Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Schedule, ScheduleExpression, type ScheduleGroup, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { DeskTable } from './desk-table.ts';
import { FailureQueue } from './failure-queue.ts';
import { HandlerFunction, MUCH_MEMORY } from './handler-function.ts';
import { HandlerTarget } from './handler-target.ts';
import { grantLookAt } from './look-at-executions.ts';
import type { Workflow } from './workflow.ts';

export interface SweepProps {
  table: DeskTable;
  intake: Workflow;
  escalation: Workflow;
  schedules: ScheduleGroup;
}

/**
 * Every hour, tickets whose intake never ended are taken in again. Every six hours, those nobody watches are watched again:
 * that reads each live ticket, and an escalation that breaks says so by itself, in an alarm. After each deployment, and in
 * each run as long as it is not done, a new version of the policy is carried to the open tickets it counts for.
 */
export class Sweep extends Construct {
  constructor(scope: Construct, id: string, { table, intake, escalation, schedules }: SweepProps) {
    super(scope, id);
    const impact =
      'a ticket whose intake or escalation broke off stays unsorted, or late where nobody hears of it, and a new policy is late to count';
    const missed = new FailureQueue(this, 'MissedSweeps', { impact, runbook: 'sweep-abandoned' });
    const sweep = new HandlerFunction(this, 'SweepAbandoned', {
      environment: {
        TABLE_NAME: table.tableName,
        INTAKE_ARN: intake.stateMachineArn,
        ESCALATION_ARN: escalation.stateMachineArn,
      },
      timeout: Duration.minutes(1),
      memory: MUCH_MEMORY,
      undelivered: missed,
      impact,
    });
    table.grantReadWrite(sweep);
    for (const machine of [intake, escalation]) machine.grantStartExecution(sweep);
    grantLookAt(this, escalation, sweep);
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
    new Rule(this, 'Deployed', {
      description: 'Carries a new version of the policy to open tickets',
      eventPattern: {
        source: ['aws.cloudformation'],
        detailType: ['CloudFormation Stack Status Change'],
        detail: {
          'stack-id': [Stack.of(this).stackId],
          // After a step back, too, tickets may stand by a version that is gone.
          'status-details': { status: ['UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE'] },
        },
      },
      targets: [
        new LambdaTarget(sweep, { event: RuleTargetInput.fromObject({ only: 'policy' }), deadLetterQueue: missed }),
      ],
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
}
