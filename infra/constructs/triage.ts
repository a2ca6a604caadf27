import { Duration, Stack, TimeZone } from 'aws-cdk-lib';
import { type EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Schedule, ScheduleExpression, type ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { DeskTable } from './desk-table.ts';
import { FailureQueue } from './failure-queue.ts';
import { HandlerFunction, MUCH_MEMORY } from './handler-function.ts';
import { HandlerTarget } from './handler-target.ts';

export interface TriageProps {
  table: DeskTable;
  integrations: EventBus;
  schedules: ScheduleGroup;
}

/** What triage knows beyond one ticket: outages seen in many at once, and what closed tickets teach. */
export class Triage extends Construct {
  constructor(scope: Construct, id: string, props: TriageProps) {
    super(scope, id);
    this.watchOutages(props);
    this.trainClassifier(props);
  }

  private watchOutages({ table, integrations }: TriageProps): void {
    const impact = 'many customers report one outage, and nobody sees that it is one';
    const missed = new FailureQueue(this, 'UnwatchedReports', { impact, runbook: 'watch-outages' });
    const watch = new HandlerFunction(this, 'WatchOutages', {
      environment: { TABLE_NAME: table.tableName },
      timeout: Duration.minutes(1),
      undelivered: missed,
      errorsTolerated: 4,
      impact,
    });
    table.grantReadWrite(watch);
    new Rule(this, 'GraveTicket', {
      description: 'A ticket of priority P1 or P2 was triaged',
      eventBus: integrations,
      eventPattern: {
        source: ['careline'],
        detailType: ['careline.triaged'],
        detail: { priority: ['P1', 'P2'] },
      },
      targets: [new LambdaTarget(watch, { deadLetterQueue: missed })],
    });
  }

  private trainClassifier({ table, schedules }: TriageProps): void {
    const impact = 'tickets that no keyword sorts stay unsorted, because nothing was learned from those before';
    const missed = new FailureQueue(this, 'MissedTraining', { impact, runbook: 'train-classifier' });
    const train = new HandlerFunction(this, 'TrainClassifier', {
      environment: { TABLE_NAME: table.tableName },
      timeout: Duration.minutes(1),
      memory: MUCH_MEMORY,
      undelivered: missed,
      impact,
    });
    table.grantReadWrite(train);
    new Schedule(this, 'EveryWeek', {
      description: 'Learns from closed tickets',
      scheduleGroup: schedules,
      schedule: ScheduleExpression.cron({ minute: '0', hour: '2', weekDay: 'SUN', timeZone: TimeZone.ETC_UTC }),
      target: new HandlerTarget(train, {
        role: new Role(this, 'ScheduleRole', {
          assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
            conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
          }),
        }),
        deadLetterQueue: missed,
        retryAttempts: 3,
        maxEventAge: Duration.hours(6),
      }),
    });
  }
}
