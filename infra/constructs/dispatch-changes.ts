import { Duration, Validations } from 'aws-cdk-lib';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import { Grant } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping, FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { DeskTable } from './desk-table.ts';
import { FailureQueue } from './failure-queue.ts';
import { HandlerFunction } from './handler-function.ts';
import { alarmPeriod, ImpactAlarm } from './impact-alarm.ts';
import { grantLookAt } from './look-at-executions.ts';
import type { MailOut } from './mail-out.ts';
import type { TextOut } from './text-out.ts';
import type { Workflows } from './workflows.ts';

export interface DispatchProps {
  table: DeskTable;
  workflows: Workflows;
  mailOut: MailOut;
  textOut: TextOut;
  /** Where requests to erase somebody go. */
  erasures: IQueue;
  integrations: EventBus;
}

/**
 * Changes something follows from (domain/ticket/reactions.ts), by the start of their keys. What is not here wakes nobody:
 * messages, facts, requests and customers, and what the sender notes on a mail it already has.
 */
const filters = [
  onKeys(['INSERT', 'MODIFY'], ['TICKET#', 'AGENT#'], ['TICKET', 'WAIT#', 'SURVEY#', 'REMEDIATION#', 'AGENT']),
  onKeys(['INSERT'], ['TICKET#', 'MAIL#', 'WAITING#', 'PRIVACY#'], ['EVENT#', 'MAIL', 'WAITING#', 'PRIVACY']),
  // Its sort key begins with a day.
  onKeys(['INSERT'], ['FEEDBACK#'], ['20']),
  // Removed by its expiry: the time to answer a survey is over.
  onKeys(['REMOVE'], ['TICKET#'], ['LINK#']),
];

/** What follows from a change of the table: the stream is the one cause of workflows, signals, mail and events. */
export class Dispatch extends Construct {
  constructor(scope: Construct, id: string, props: DispatchProps) {
    super(scope, id);
    const { table, workflows, mailOut, textOut, erasures, integrations } = props;
    const impact = 'what a customer did has no consequence: no workflow hears of it and no mail leaves';
    const runbook = 'dispatch-changes';
    const dispatch = new HandlerFunction(this, 'DispatchChanges', {
      environment: {
        TABLE_NAME: table.tableName,
        INTAKE_ARN: workflows.intake.stateMachineArn,
        ESCALATION_ARN: workflows.escalation.stateMachineArn,
        SURVEY_ARN: workflows.survey.stateMachineArn,
        REMEDIATION_ARN: workflows.remediation.stateMachineArn,
        PROMPT_QUEUE_URL: mailOut.prompt.queueUrl,
        PATIENT_QUEUE_URL: mailOut.patient.queueUrl,
        TEXT_QUEUE_URL: textOut.queue.queueUrl,
        ERASURE_QUEUE_URL: erasures.queueUrl,
        EVENT_BUS_NAME: integrations.eventBusName,
      },
      timeout: Duration.minutes(1),
      impact,
    });
    table.grantReadWrite(dispatch);
    table.grantActions(dispatch, ['BatchWriteItem']);
    for (const machine of [workflows.intake, workflows.escalation, workflows.survey, workflows.remediation]) {
      machine.grantStartExecution(dispatch);
    }
    mailOut.prompt.grantSendMessages(dispatch);
    mailOut.patient.grantSendMessages(dispatch);
    textOut.queue.grantSendMessages(dispatch);
    erasures.grantSendMessages(dispatch);
    integrations.grantPutEventsTo(dispatch);
    // An escalation that has ended is started again under a free name when a merge is undone.
    grantLookAt(this, workflows.escalation, dispatch);
    // A task token is its own authority, and IAM knows no resource for it.
    Grant.addToPrincipal({
      grantee: dispatch,
      actions: ['states:SendTaskSuccess', 'states:SendTaskFailure'],
      resourceArns: ['*'],
    });

    table.grantStreamRead(dispatch);
    new EventSourceMapping(this, 'Stream', {
      target: dispatch,
      eventSourceArn: table.streamArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 100,
      filters,
      // Changes of one item stay in order; ten batches at once keep a slow item from holding up nine tenths of the rest.
      parallelizationFactor: 10,
      reportBatchItemFailures: true,
      bisectBatchOnError: true,
      retryAttempts: 10,
      onFailure: new SqsDlq(new FailureQueue(this, 'UndispatchedChanges', { impact, runbook })),
    });
    new ImpactAlarm(this, 'Late', {
      metric: dispatch.metric('IteratorAge', { period: alarmPeriod, statistic: 'Maximum' }),
      threshold: Duration.minutes(1).toMilliseconds(),
      impact: `for more than a minute ${impact}`,
      runbook,
    });
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason:
        'A task token is its own authority and a list of streams belongs to no table, so SendTaskSuccess, SendTaskFailure and ListStreams have no resource to be limited to.',
    });
  }
}

function onKeys(eventNames: string[], PK: string[], SK: string[]) {
  const beginsWith = (starts: string[]) => ({ S: starts.flatMap((start) => FilterRule.beginsWith(start)) });
  return FilterCriteria.filter({
    eventName: FilterRule.or(...eventNames),
    dynamodb: { Keys: { PK: beginsWith(PK), SK: beginsWith(SK) } },
  });
}
