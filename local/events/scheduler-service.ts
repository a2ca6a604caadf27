import { randomUUID } from 'node:crypto';
import type { Aws, AwsRequest, AwsService, Permission } from '../aws/contract.ts';
import { refuse } from '../edge/input.ts';
import type { Outbox } from '../edge/outbox.ts';
import { type Say, sayOnStderr } from '../edge/say.ts';
import { isDeliverable } from '../edge/target.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Deployment, Resource } from '../template/contract.ts';
import { AlarmClock } from './alarm-clock.ts';
import { createDispatch, type Delivery, retryPolicy } from './dispatch.ts';

const KNOWN_TARGET = new Set(['Arn', 'RoleArn', 'Input', 'RetryPolicy', 'DeadLetterConfig', 'SqsParameters']);

const iso = (epochMs: number): string => `${new Date(epochMs).toISOString().slice(0, 19)}Z`;

/** EventBridge Scheduler: the schedules of the template on the virtual clock. It answers no calls. */
export class SchedulerService implements AwsService {
  readonly name = 'scheduler';
  readonly operations: readonly string[] = [];
  private readonly deployment: Deployment;
  private readonly dispatch: Outbox<Delivery>;
  private readonly alarms: AlarmClock;

  constructor({
    kernel,
    aws,
    deployment,
    say = sayOnStderr,
  }: { kernel: Kernel; aws: Aws; deployment: Deployment; say?: Say }) {
    this.deployment = deployment;
    this.dispatch = createDispatch({ kernel, aws, deployment, say, table: 'scheduler_owed' });
    this.alarms = new AlarmClock(kernel, 'scheduler_times');
  }

  async start(): Promise<void> {
    this.dispatch.start();
    for (const resource of this.deployment.resources('AWS::Scheduler::Schedule')) {
      if (resource.properties.State !== 'DISABLED') this.set(resource);
    }
  }

  async stop(): Promise<void> {
    this.alarms.stop();
    this.dispatch.stop();
  }

  permissions(): Permission[] {
    return [];
  }

  async handle(request: AwsRequest): Promise<Record<string, unknown>> {
    throw refuse(`scheduler ${request.operation}`);
  }

  private set(resource: Resource): void {
    const { Name, ScheduleExpression, ScheduleExpressionTimezone, FlexibleTimeWindow, StartDate, EndDate, Target } =
      resource.properties;
    const name = String(Name ?? resource.ref);
    const unknown = Object.keys(Target).filter((key) => !KNOWN_TARGET.has(key));
    if (unknown.length > 0) throw refuse(`${unknown.join(', ')} of the target of the schedule ${name}`);
    if (FlexibleTimeWindow?.Mode !== 'OFF') throw refuse(`a flexible time window, as of the schedule ${name}`);
    if (!isDeliverable(Target.Arn)) throw refuse(`the target ${Target.Arn} of the schedule ${name}`);
    const arn = resource.attributes.Arn ?? resource.ref;
    this.alarms.set({
      id: arn,
      expression: ScheduleExpression,
      timeZone: ScheduleExpressionTimezone ?? 'UTC',
      firesAtCreation: true,
      ...(StartDate && { from: Date.parse(StartDate) }),
      ...(EndDate && { until: Date.parse(EndDate) }),
      fire: (planned) => this.dispatch.owe(this.delivery(arn, name, Target, planned)),
    });
  }

  // biome-ignore lint/suspicious/noExplicitAny: the target of AWS::Scheduler::Schedule, of the shape CloudFormation defines.
  private delivery(arn: string, name: string, target: Record<string, any>, planned: number): Delivery {
    const values: Record<string, string> = {
      '<aws.scheduler.schedule-arn>': arn,
      '<aws.scheduler.scheduled-time>': iso(planned),
      '<aws.scheduler.execution-id>': randomUUID(),
      '<aws.scheduler.attempt-number>': '1',
    };
    const input = String(target.Input ?? '{}').replace(/<aws\.scheduler\.[a-z-]+>/g, (word) => values[word] ?? word);
    return {
      target: {
        arn: target.Arn,
        roleArn: target.RoleArn,
        ...(target.SqsParameters?.MessageGroupId && { messageGroupId: target.SqsParameters.MessageGroupId }),
      },
      sender: { principal: 'scheduler.amazonaws.com', sourceArn: arn, holder: name },
      body: input,
      retry: retryPolicy(target.RetryPolicy),
      ...(target.DeadLetterConfig?.Arn && { deadLetterArn: target.DeadLetterConfig.Arn }),
    };
  }
}
