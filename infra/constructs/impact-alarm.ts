import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Construct } from 'constructs';
import { houseOf } from './house.ts';

export interface ImpactAlarmProps {
  metric: IMetric;
  /** Who is harmed and how, in the words of the person harmed: "the customer gets no acknowledgement". */
  impact: string;
  /** Name of the page in docs/runbooks/, without `.md`. */
  runbook: string;
  /** The alarm goes off at this value; one by default, as most metrics here count failures. */
  threshold?: number;
  /** For how many periods in a row; one by default. */
  periods?: number;
  /** The metric falls silent while what it counts is still so: only a figure ends the alarm. */
  silenceEndsNothing?: boolean;
}

/** The period of every metric an alarm looks at, so that a fault is told within about a minute. */
export const alarmPeriod = Duration.minutes(1);

/** An alarm that says whom it is about and which page says what to do. It stands with all others, wherever it is made. */
export class ImpactAlarm extends Alarm {
  constructor(scope: Construct, id: string, props: ImpactAlarmProps) {
    const house = houseOf(scope);
    super(house.watch, nameIn(scope, id), {
      metric: props.metric,
      threshold: props.threshold ?? 1,
      evaluationPeriods: props.periods ?? 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: props.silenceEndsNothing ? TreatMissingData.IGNORE : TreatMissingData.NOT_BREACHING,
      alarmDescription: `${asSentence(props.impact)} Runbook: docs/runbooks/${props.runbook}.md`,
    });
    this.addAlarmAction(new SnsAction(house.alarmTopic));
    this.addOkAction(new SnsAction(house.alarmTopic));
    house.alarms.push(this);
  }
}

/** `Careline-Service/Public/ReceiveTicket`, `Errors` → `PublicReceiveTicketErrors`: unique where all alarms stand together. */
const nameIn = (scope: Construct, id: string) => [...scope.node.path.split('/').slice(1), id].join('');

const asSentence = (words: string) => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
