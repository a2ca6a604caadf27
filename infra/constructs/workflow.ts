import { ArnFormat, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { Grant, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { DeskTable } from './desk-table.ts';
import { HandlerFunction } from './handler-function.ts';
import { houseOf } from './house.ts';
import { alarmPeriod, ImpactAlarm } from './impact-alarm.ts';
import { checkSubstitutions, readDefinition } from './workflow-definition.ts';

/** What a placeholder stands for, by the ending of its name. */
export interface Substitutions {
  [key: `${string}FunctionArn`]: HandlerFunction;
  [key: `${string}Arn`]: HandlerFunction | Workflow;
  TableName?: DeskTable;
}

export interface WorkflowProps {
  /** workflows/<file>.asl.json; also the last part of the machine's name, and its runbook. */
  file: string;
  /** Express for what ends within minutes, Standard (by default) for what waits. */
  express?: boolean;
  substitutions: Substitutions;
  /** Who is harmed, and how, when an execution fails. */
  impact: string;
}

/**
 * A state machine from its file. The text stays in the template, so that `cdk diff` shows states, and what its role may do
 * follows from the same map that fills the placeholders: functions are invoked, machines started, and on the table just
 * the actions that its tasks name.
 */
export class Workflow extends StateMachine {
  /** Name of its file in workflows/, without `.asl.json`. */
  readonly file: string;

  constructor(scope: Construct, id: string, props: WorkflowProps) {
    const { file, express = false, substitutions, impact } = props;
    const { stage, workflowsDir } = houseOf(scope);
    const definition = readDefinition(workflowsDir, file);
    const used = Object.entries(substitutions);
    checkSubstitutions(
      file,
      definition.placeholders,
      used.map(([key]) => key),
    );

    const name = `careline-${stage}-${file}`;
    const logGroup = new LogGroup(scope, `${id}Log`, {
      // The vended prefix keeps the log delivery policy of the account from growing with every machine (AWS Step
      // Functions guide, "Logging using CloudWatch Logs").
      logGroupName: `/aws/vendedlogs/states/${name}`,
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    super(scope, id, {
      stateMachineName: name,
      stateMachineType: express ? StateMachineType.EXPRESS : StateMachineType.STANDARD,
      definitionBody: DefinitionBody.fromString(definition.text),
      definitionSubstitutions: Object.fromEntries(used.map(([key, thing]) => [key, substituteOf(thing)])),
      role: new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal('states.amazonaws.com') }),
      // Express keeps no history but its log. The name of an execution carries the ticket; its data is left out, since
      // a log is no place for what a failing function may have quoted.
      logs: { destination: logGroup, level: express ? LogLevel.ALL : LogLevel.ERROR, includeExecutionData: false },
      tracingEnabled: true,
    });
    this.file = file;
    const actions = tableActions(file, definition.resources);
    for (const [, thing] of used) this.grantUseOf(thing, actions);
    if (definition.startsItself) this.grantItself(name);
    this.watch(file, express, impact);
    this.acknowledge(express);
  }

  private grantUseOf(thing: HandlerFunction | Workflow | DeskTable, actions: string[]): void {
    if (thing instanceof DeskTable) {
      thing.grantActions(this, actions);
    } else if (thing instanceof HandlerFunction) {
      Grant.addToPrincipal({ grantee: this, actions: ['lambda:InvokeFunction'], resourceArns: [thing.functionArn] });
    } else {
      thing.grantStartExecution(this);
    }
  }

  /** By name: a reference to its own ARN would make the role wait for the machine that waits for the role. */
  private grantItself(name: string): void {
    const resourceArns = [
      Stack.of(this).formatArn({
        service: 'states',
        resource: 'stateMachine',
        resourceName: name,
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      }),
    ];
    Grant.addToPrincipal({ grantee: this, actions: ['states:StartExecution'], resourceArns });
  }

  private watch(file: string, express: boolean, impact: string): void {
    const period = alarmPeriod;
    new ImpactAlarm(this, 'Failed', { metric: this.metricFailed({ period }), impact, runbook: file });
    new ImpactAlarm(this, 'TimedOut', { metric: this.metricTimedOut({ period }), impact, runbook: file });
    // Nobody can stop an Express execution, so it has no such metric.
    if (express) return;
    new ImpactAlarm(this, 'Aborted', { metric: this.metricAborted({ period }), impact, runbook: file });
  }

  private acknowledge(express: boolean): void {
    Validations.of(this.role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'X-Ray and the delivery of logs to CloudWatch offer no resource to limit these actions to.',
    });
    if (express) return;
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-SF1',
      reason:
        'Step Functions keeps the whole history of a Standard execution for 90 days; its log repeats failures only, so that a wait costs nothing.',
    });
  }
}

function substituteOf(thing: HandlerFunction | Workflow | DeskTable): string {
  if (thing instanceof DeskTable) return thing.tableName;
  return thing instanceof HandlerFunction ? thing.functionArn : thing.stateMachineArn;
}

const tableTask = /^arn:aws:states:::aws-sdk:dynamodb:([a-zA-Z]+)(\.waitForTaskToken)?$/;
const grantedOtherwise = /^arn:aws:states:::(lambda:invoke(\.waitForTaskToken)?|states:startExecution)$/;

/** The DynamoDB actions among the tasks' resources; a resource nobody knows a grant for is refused. */
function tableActions(file: string, resources: readonly string[]): string[] {
  const actions = new Set<string>();
  for (const resource of resources) {
    const action = tableTask.exec(resource)?.[1];
    if (action) actions.add(action.charAt(0).toUpperCase() + action.slice(1));
    else if (!grantedOtherwise.test(resource)) {
      throw new Error(`${file}.asl.json calls ${resource}, for which infra/constructs/workflow.ts knows no grant.`);
    }
  }
  return [...actions];
}
