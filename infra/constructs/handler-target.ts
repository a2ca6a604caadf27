import { Grant, type IRole } from 'aws-cdk-lib/aws-iam';
import type { IScheduleTarget } from 'aws-cdk-lib/aws-scheduler';
import { ScheduleTargetBase, type ScheduleTargetBaseProps } from 'aws-cdk-lib/aws-scheduler-targets';
import type { HandlerFunction } from './handler-function.ts';

/** A schedule that runs a function, and may run just that: the library's own target grants every version of it as well. */
export class HandlerTarget extends ScheduleTargetBase implements IScheduleTarget {
  private readonly handler: HandlerFunction;

  constructor(handler: HandlerFunction, props: ScheduleTargetBaseProps) {
    super(props, handler.functionArn);
    this.handler = handler;
  }

  protected addTargetActionToRole(role: IRole): void {
    Grant.addToPrincipal({
      grantee: role,
      actions: ['lambda:InvokeFunction'],
      resourceArns: [this.handler.functionArn],
    });
  }
}
