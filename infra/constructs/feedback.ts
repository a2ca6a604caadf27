import { Duration, Stack, TimeZone } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Schedule, ScheduleExpression, type ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { DeskFacts } from '../desk-facts.ts';
import type { DeskTable } from './desk-table.ts';
import { FailureQueue } from './failure-queue.ts';
import { HandlerFunction, MUCH_MEMORY } from './handler-function.ts';
import { HandlerTarget } from './handler-target.ts';
import type { Links } from './links.ts';
import type { PublicApi } from './public-api.ts';

export interface FeedbackProps {
  api: PublicApi;
  table: DeskTable;
  links: Links;
  schedules: ScheduleGroup;
  desk: DeskFacts;
}

const anybody = 'Anybody may say what they think of the desk; requests are throttled and checked.';

const signedLink = 'The path carries a signed link of one purpose and one recipient, which the function checks.';

/** What people say of the desk of their own accord, and when they are asked whether they would recommend it. */
export class Feedback extends Construct {
  constructor(scope: Construct, id: string, props: FeedbackProps) {
    super(scope, id);
    this.pages(props);
    this.asking(props);
  }

  private pages({ api, table, links }: FeedbackProps): void {
    const TABLE_NAME = table.tableName;

    const show = new HandlerFunction(this, 'ShowFeedback', {
      environment: { TABLE_NAME, ...links.toRead },
      answersPeople: true,
      impact: 'a customer who wants to say what they think of the desk finds no form',
    });
    table.grantRead(show);
    api.open(show, ['GET /feedback', 'POST /feedback/draft', 'GET /feedback/thanks'], anybody);
    api.open(show, ['GET /feedback/{token}', 'HEAD /feedback/{token}'], signedLink);

    const receive = new HandlerFunction(this, 'ReceiveFeedback', {
      environment: { TABLE_NAME, ...links.toMake },
      answersPeople: true,
      impact: 'what a customer thinks of the desk is lost, and an unhappy one is not put right',
    });
    table.grantReadWrite(receive);
    api.open(receive, ['POST /feedback'], anybody);
    api.open(receive, ['POST /feedback/{token}'], signedLink);

    links.grantKey(show, receive);
  }

  private asking({ table, links, schedules, desk }: FeedbackProps): void {
    const impact =
      'nobody is asked any more whether they would recommend the desk, and it does not learn what they think';
    const missed = new FailureQueue(this, 'MissedAsks', { impact, runbook: 'ask-for-nps' });
    const ask = new HandlerFunction(this, 'AskForNps', {
      environment: { TABLE_NAME: table.tableName, ...links.toMake },
      timeout: Duration.minutes(1),
      memory: MUCH_MEMORY,
      undelivered: missed,
      impact,
    });
    table.grantReadWrite(ask);
    links.grantKey(ask);
    new Schedule(this, 'OnceADayEverywhere', {
      description: 'Asks those who are due, in their own daytime, whether they would recommend the desk',
      scheduleGroup: schedules,
      schedule: ScheduleExpression.cron({
        minute: '20',
        hour: `0/${hoursBetweenLooks(desk)}`,
        timeZone: TimeZone.ETC_UTC,
      }),
      target: new HandlerTarget(ask, {
        role: new Role(this, 'ScheduleRole', {
          assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
            conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
          }),
        }),
        deadLetterQueue: missed,
        retryAttempts: 3,
        maxEventAge: Duration.hours(2),
      }),
    });
  }
}

/** Each look reads the facts of weeks: as few as let one of them fall into everybody's day, wherever they live. */
const hoursBetweenLooks = ({ survey: { hours } }: DeskFacts): number => {
  const lasts = hourOf(hours.to) - hourOf(hours.from) - MARGIN;
  return [12, 8, 6, 4, 3, 2].find((between) => between <= lasts) ?? 1;
};

/** What is left of the day when it is too late to begin, and what a look takes. */
const MARGIN = 0.5;

const hourOf = (time: string): number => Number(time.slice(0, 2)) + Number(time.slice(3)) / 60;
