import { Duration, Stack, TimeZone } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { type EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Schedule, ScheduleExpression, type ScheduleGroup, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { DeskFacts } from '../desk-facts.ts';
import type { DeskTable } from './desk-table.ts';
import { FailureQueue } from './failure-queue.ts';
import { HandlerFunction } from './handler-function.ts';
import { HandlerTarget } from './handler-target.ts';
import { alarmPeriod, ImpactAlarm } from './impact-alarm.ts';
import { openingsOf } from './openings.ts';

export interface RoutingProps {
  table: DeskTable;
  integrations: EventBus;
  schedules: ScheduleGroup;
  desk: DeskFacts;
}

/** Whoever waits without an owner is given to somebody when anything changes that could help; nothing is polled. */
export class Routing extends Construct {
  constructor(scope: Construct, id: string, props: RoutingProps) {
    super(scope, id);
    this.handOver(props);
    const { route, missed } = this.routeWaiting(props);
    this.atOpening(route, missed, props);
    for (const group of Object.keys(props.desk.groups)) this.watch(group);
  }

  private routeWaiting({ table, integrations }: RoutingProps) {
    const impact = 'a customer waits in a queue although somebody has come who could answer';
    const missed = new FailureQueue(this, 'UnroutedWaiting', { impact, runbook: 'route-waiting' });
    const route = new HandlerFunction(this, 'RouteWaiting', {
      environment: { TABLE_NAME: table.tableName },
      timeout: Duration.minutes(1),
      undelivered: missed,
      errorsTolerated: 4,
      impact,
    });
    table.grantReadWrite(route);
    new Rule(this, 'SomebodyIsThere', {
      description: 'Somebody waits, or somebody who could take it has come or has room again',
      eventBus: integrations,
      eventPattern: {
        source: ['careline'],
        detailType: ['careline.waiting', 'careline.agent-back', 'careline.agent-free'],
      },
      targets: [new LambdaTarget(route, { deadLetterQueue: missed })],
    });
    return { route, missed };
  }

  private handOver({ table, integrations }: RoutingProps): void {
    const impact = 'tickets of somebody who has gone wait unanswered until a promise is about to break';
    const missed = new FailureQueue(this, 'UnhandedOver', { impact, runbook: 'hand-over' });
    const handOver = new HandlerFunction(this, 'HandOver', {
      environment: { TABLE_NAME: table.tableName },
      timeout: Duration.minutes(1),
      undelivered: missed,
      errorsTolerated: 4,
      impact,
    });
    table.grantReadWrite(handOver);
    new Rule(this, 'SomebodyLeft', {
      description: 'An agent has gone away',
      eventBus: integrations,
      eventPattern: { source: ['careline'], detailType: ['careline.agent-away'] },
      targets: [new LambdaTarget(handOver, { deadLetterQueue: missed })],
    });
  }

  /** One schedule for each time at which a group with hours begins to work. */
  private atOpening(route: HandlerFunction, missed: FailureQueue, { desk, schedules }: RoutingProps): void {
    const openings = Object.entries(desk.groups).flatMap(([group, { hours }]) => openingsOf(group, hours, desk));
    if (openings.length === 0) return;
    const role = new Role(this, 'ScheduleRole', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    });
    for (const { id, group, zone, expression } of openings) {
      new Schedule(this, id, {
        description: `Gives out what waited for ${group} to open`,
        scheduleGroup: schedules,
        schedule: ScheduleExpression.expression(expression, TimeZone.of(zone)),
        target: new HandlerTarget(route, {
          role,
          input: ScheduleTargetInput.fromObject({ detail: { group } }),
          deadLetterQueue: missed,
          retryAttempts: 3,
          maxEventAge: Duration.hours(1),
        }),
      });
    }
  }

  private watch(group: string): void {
    new ImpactAlarm(this, `NobodyIn-${group}`, {
      metric: new Metric({
        namespace: 'Careline',
        metricName: 'CustomersWaiting',
        dimensionsMap: { service: 'careline', group },
        statistic: 'Maximum',
        period: alarmPeriod,
      }),
      impact: `customers of ${group} wait, and nobody is there who could take them`,
      runbook: 'nobody-available',
    });
  }
}
