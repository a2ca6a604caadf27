import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import {
  ApplicationLogLevel,
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  RecursiveLoop,
  Runtime,
  SystemLogLevel,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { checkEnvironment, type HouseVariable } from '../bundling/environment-keys.ts';
import type { Environments, FunctionId } from '../environments.ts';
import type { FailureQueue } from './failure-queue.ts';
import { FunctionRole } from './function-role.ts';
import { houseOf } from './house.ts';
import { alarmPeriod, ImpactAlarm } from './impact-alarm.ts';

export interface HandlerFunctionProps<Id extends FunctionId> {
  /** The variables that functions/<name>/env.ts asks for. */
  environment: Environments[Id];
  /** Who is harmed, and how, when this function fails. */
  impact: string;
  /** Ten seconds by default: a task that takes longer is stuck. */
  timeout?: Duration;
  /** Megabytes; 256 by default, which is enough for what reads a ticket at a time. */
  memory?: number;
  /** Errors within a minute that somebody else's retry is trusted to mend; none by default. */
  errorsTolerated?: number;
  /** A person waits for the answer, so that a throttled call is a refused person. */
  answersPeople?: boolean;
  /** It puts what is left to do into the queue that feeds it, and stops by itself. */
  feedsItself?: boolean;
  /** Where an asynchronous event goes after its last attempt. */
  undelivered?: FailureQueue;
}

/**
 * For what reads files, or thousands of items at a time. Memory brings its share of the processor, a whole one at 1,769 MB (AWS
 * Lambda guide, "Configure Lambda function memory"): with 256 a function has a seventh of what it has on a developer's machine.
 */
export const MUCH_MEMORY = 1024;

const houseEnvironment: Record<HouseVariable, string> = {
  POWERTOOLS_SERVICE_NAME: 'careline',
  POWERTOOLS_METRICS_NAMESPACE: 'Careline',
  POWERTOOLS_LOG_LEVEL: 'INFO',
};

/**
 * One function of functions/, found by its construct id: `ClimbTheLadder` is functions/climb-the-ladder. It has a role and
 * a log group of its own, and an alarm that says whom its failure harms.
 */
export class HandlerFunction<Id extends FunctionId = FunctionId> extends LambdaFunction {
  /** Name of the folder, the runbook and the bundle. */
  readonly folder: string;

  constructor(scope: Construct, id: Id, props: HandlerFunctionProps<Id>) {
    const folder = kebabCase(id);
    const { bundles } = houseOf(scope);
    const bundle = bundles.get(folder);
    const environment: Record<string, string> = { ...props.environment };
    checkEnvironment(folder, bundle.environmentKeys, Object.keys(environment));

    const role = new FunctionRole(scope, `${id}Role`);
    const logGroup = new LogGroup(scope, `${id}Log`, {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    super(scope, id, {
      description: `${folder}: without it ${props.impact}`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code: Code.fromAsset(bundle.directory),
      handler: 'index.handler',
      memorySize: props.memory ?? 256,
      timeout: props.timeout ?? Duration.seconds(10),
      environment: { ...houseEnvironment, ...environment },
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      applicationLogLevelV2: ApplicationLogLevel.INFO,
      // Start and report lines at INFO cost more than what the function itself says; the same figures are metrics.
      systemLogLevelV2: SystemLogLevel.WARN,
      tracing: Tracing.ACTIVE,
      // Lambda would end the chain after 16 rounds (AWS Lambda guide, "Lambda recursive loop detection").
      ...(props.feedsItself && { recursiveLoop: RecursiveLoop.ALLOW }),
      ...(props.undelivered
        ? {
            onFailure: new SqsDestination(props.undelivered),
            retryAttempts: 2,
            maxEventAge: Duration.hours(6),
          }
        : {}),
    });
    this.folder = folder;
    logGroup.grantWrite(role);
    this.acknowledgeTracing(role);
    this.watch(props);
  }

  private watch({ impact, errorsTolerated = 0, answersPeople = false }: HandlerFunctionProps<Id>): void {
    new ImpactAlarm(this, 'Errors', {
      metric: this.metricErrors({ period: alarmPeriod }),
      threshold: errorsTolerated + 1,
      impact,
      runbook: this.folder,
    });
    if (!answersPeople) return;
    new ImpactAlarm(this, 'Throttled', {
      metric: this.metricThrottles({ period: alarmPeriod }),
      impact: `${impact}, because Lambda refuses to run more functions at once`,
      runbook: this.folder,
    });
  }

  private acknowledgeTracing(role: FunctionRole): void {
    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason:
        'X-Ray offers no resource to limit PutTraceSegments and PutTelemetryRecords to; nothing else here is on "*".',
    });
  }
}

/** `ClimbTheLadder` → `climb-the-ladder`; `AskAHuman` → `ask-a-human`. */
export const kebabCase = (id: string) => id.replaceAll(/(?<!^)[A-Z]/g, '-$&').toLowerCase();
