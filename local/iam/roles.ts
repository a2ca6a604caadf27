import type { Deployment, Resource } from '../template/contract.ts';
import { isObject, isText, type JsonObject, listAt, textAt } from '../template/values.ts';

/** A policy document with the name it is known by in messages. */
export interface NamedPolicy {
  name: string;
  policy: JsonObject;
}

const allow = (actions: string[]): JsonObject => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }],
});

/** AWS managed policies that templates attach, by the name after `policy/` (IAM guide, "AWS managed policy reference"). */
const AWS_MANAGED: Record<string, JsonObject> = {
  'service-role/AWSLambdaBasicExecutionRole': allow([
    'logs:CreateLogGroup',
    'logs:CreateLogStream',
    'logs:PutLogEvents',
  ]),
  AWSXRayDaemonWriteAccess: allow([
    'xray:PutTraceSegments',
    'xray:PutTelemetryRecords',
    'xray:GetSamplingRules',
    'xray:GetSamplingTargets',
    'xray:GetSamplingStatisticSummaries',
  ]),
  'service-role/AWSLambdaSQSQueueExecutionRole': allow([
    'sqs:ReceiveMessage',
    'sqs:DeleteMessage',
    'sqs:GetQueueAttributes',
    'logs:CreateLogGroup',
    'logs:CreateLogStream',
    'logs:PutLogEvents',
  ]),
  'service-role/AWSLambdaDynamoDBExecutionRole': allow([
    'dynamodb:DescribeStream',
    'dynamodb:GetRecords',
    'dynamodb:GetShardIterator',
    'dynamodb:ListStreams',
    'logs:CreateLogGroup',
    'logs:CreateLogStream',
    'logs:PutLogEvents',
  ]),
};

const managed = (deployment: Deployment, arn: string): NamedPolicy => {
  const own = deployment.byArn(arn);
  if (own) return { name: arn, policy: document(own.properties.PolicyDocument) };
  const policy = AWS_MANAGED[arn.replace(/^arn:aws:iam::aws:policy\//, '')];
  if (!policy) throw new Error(`The local runtime does not know the managed policy ${arn}`);
  return { name: arn, policy };
};

const document = (value: unknown): JsonObject => (isObject(value) ? value : { Version: '2012-10-17', Statement: [] });

const inline = (role: Resource): NamedPolicy[] =>
  listAt(role.properties, 'Policies').flatMap((policy) =>
    isObject(policy)
      ? [{ name: textAt(policy, 'PolicyName') ?? 'inline', policy: document(policy.PolicyDocument) }]
      : [],
  );

const namesRole = (resource: Resource, role: Resource): boolean =>
  listAt(resource.properties, 'Roles').includes(role.ref);

/** Everything attached to the role of this ARN; undefined if the template has no such role. */
export const policiesOf = (deployment: Deployment, roleArn: string): NamedPolicy[] | undefined => {
  const role = deployment.byArn(roleArn);
  if (role?.type !== 'AWS::IAM::Role') return undefined;
  const attached = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy']
    .flatMap((type) => deployment.resources(type))
    .filter((policy) => namesRole(policy, role))
    .map((policy) => ({ name: policy.ref, policy: document(policy.properties.PolicyDocument) }));
  const byArn = listAt(role.properties, 'ManagedPolicyArns')
    .filter(isText)
    .map((arn) => managed(deployment, arn));
  return [...inline(role), ...attached, ...byArn];
};

/** The condition keys that the policies ask about. */
export const conditionKeysOf = (policies: readonly NamedPolicy[]): Set<string> => {
  const keys = new Set<string>();
  for (const { policy } of policies) {
    for (const statement of listAt(policy, 'Statement')) {
      if (!isObject(statement) || !isObject(statement.Condition)) continue;
      for (const test of Object.values(statement.Condition)) {
        if (isObject(test)) for (const key of Object.keys(test)) keys.add(key);
      }
    }
  }
  return keys;
};
