import { Duration } from 'aws-cdk-lib';
import {
  type Alarm,
  AlarmState,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
  type IWidget,
  Metric,
  PeriodOverride,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { houseOf } from './house.ts';
import type { MailOut } from './mail-out.ts';
import type { MailQueue } from './mail-queue.ts';
import type { PublicApi } from './public-api.ts';
import type { TextOut } from './text-out.ts';
import type { Workflow } from './workflow.ts';
import type { Workflows } from './workflows.ts';

export interface DeskDashboardProps {
  api: PublicApi;
  workflows: Workflows;
  mailOut: MailOut;
  textOut: TextOut;
  /** Of team.yaml. */
  groups: readonly string[];
}

const period = Duration.minutes(5);

/** What ops look at first: what is wrong, whom it harms, and whether requests, workflows and mail flow. */
export class DeskDashboard extends Dashboard {
  constructor(scope: Construct, id: string, { api, workflows, mailOut, textOut, groups }: DeskDashboardProps) {
    const { stage, alarms } = houseOf(scope);
    const machines = [workflows.intake, workflows.escalation, workflows.survey, workflows.remediation];
    const queues = [mailOut.prompt, mailOut.patient, textOut.queue];
    super(scope, id, {
      dashboardName: `careline-${stage}`,
      periodOverride: PeriodOverride.AUTO,
      widgets: [
        [
          new TextWidget({
            width: 24,
            height: 2,
            markdown: `# Careline, ${stage}\nEach alarm says who is harmed and names its page in docs/runbooks/.`,
          }),
        ],
        wrongNow(alarms),
        [
          graph('Requests', [
            api.api.metricCount({ period }),
            api.api.metricClientError({ period }),
            api.api.metricServerError({ period }),
          ]),
          graph('How long people wait, p50 and p99 (ms)', [
            api.api.metricLatency({ period, statistic: 'p50' }),
            api.api.metricLatency({ period, statistic: 'p99' }),
          ]),
        ],
        [
          graph(
            'Workflows begun',
            machines.map((machine) => machine.metricStarted({ period, label: machine.file })),
          ),
          graph(
            'Workflows that failed',
            machines.map((machine) => failed(machine)),
          ),
        ],
        [
          graph('Tickets, and mails that made none', ['TicketsReceived', 'MailsParked'].map(counted)),
          graph(
            'Customers who wait while nobody is there',
            groups.map((group) => waitingIn(group)),
          ),
        ],
        [
          graph('Mails', ['MailsSent', 'MailsPutOff', 'MailsSuppressed', 'MailsBounced'].map(counted)),
          graph('Text messages', ['TextsSent', 'TextsPutOff', 'TextsNotSent'].map(counted)),
        ],
        [
          graph('Mails and texts that wait to be sent', queues.map(waiting)),
          graph('Age of the oldest of them (s)', queues.map(oldest)),
        ],
      ],
    });
  }
}

/** A widget takes a hundred alarms at most (Amazon CloudWatch guide, "Dashboard Body Structure and Syntax"). */
const MOST_ALARMS = 100;

/** Those of the alarms that are on: side by side in as many widgets as it takes. */
const wrongNow = (alarms: readonly Alarm[]): IWidget[] => {
  const widgets = Math.ceil(alarms.length / MOST_ALARMS);
  const inEach = Math.ceil(alarms.length / widgets);
  return Array.from({ length: widgets }, (_, nth) => {
    const part = widgets === 1 ? '' : ` (${nth + 1} of ${widgets})`;
    return new AlarmStatusWidget({
      title: `What is wrong now${part}`,
      width: Math.floor(24 / widgets),
      height: 6,
      alarms: alarms.slice(nth * inEach, (nth + 1) * inEach),
      states: [AlarmState.ALARM],
    });
  });
};

const graph = (title: string, left: IMetric[]): IWidget => new GraphWidget({ title, left, width: 12, height: 6 });

/** What the functions themselves count (functions/_shared/telemetry.ts). */
const counted = (metricName: string) =>
  new Metric({
    namespace: 'Careline',
    metricName,
    dimensionsMap: { service: 'careline' },
    statistic: 'Sum',
    period,
    label: metricName,
  });

/** The same of one group (functions/route-waiting). */
const waitingIn = (group: string) =>
  new Metric({
    namespace: 'Careline',
    metricName: 'CustomersWaiting',
    dimensionsMap: { service: 'careline', group },
    statistic: 'Maximum',
    period,
    label: group,
  });

const failed = (machine: Workflow) => machine.metricFailed({ period, label: machine.file });

const waiting = (queue: MailQueue) =>
  queue.metricApproximateNumberOfMessagesVisible({ period, statistic: 'Maximum', label: queue.node.id });

const oldest = (queue: MailQueue) =>
  queue.metricApproximateAgeOfOldestMessage({ period, statistic: 'Maximum', label: queue.node.id });
