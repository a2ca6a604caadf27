import { NestedStack } from 'aws-cdk-lib';

/**
 * Who is told of what: every alarm, and the dashboard. It stands within the service's stack and is deployed with it; a stack
 * of its own because CloudFormation gives each 500 resources, and a quarter of ours only watch the others.
 */
export class Watch extends NestedStack {}
