import { ArnFormat, Stack, Validations } from 'aws-cdk-lib';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { houseOf } from './house.ts';
import type { Workflow } from './workflow.ts';

/** Lets a function ask whether an execution lives. Its name has the ticket in it, so that no list of them could be written here. */
export const grantLookAt = (scope: Construct, { file }: Workflow, grantee: IGrantable): void => {
  const executions = `careline-${houseOf(scope).stage}-${file}:*`;
  const format = { service: 'states', resource: 'execution', arnFormat: ArnFormat.COLON_RESOURCE_NAME };
  Grant.addToPrincipal({
    grantee,
    actions: ['states:DescribeExecution'],
    resourceArns: [Stack.of(scope).formatArn({ ...format, resourceName: executions })],
  });
  Validations.of(scope).acknowledge({
    id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:${executions}]`,
    reason: 'The executions of this one machine are named after tickets, which nobody knows before they come.',
  });
};
