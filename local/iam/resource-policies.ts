import { ACCOUNT, AwsError, type Permission } from '../aws/contract.ts';
import type { Deployment } from '../template/contract.ts';
import { isObject, isText, type JsonObject, listAt, textAt } from '../template/values.ts';
import { matchesPattern } from './pattern.ts';

/** A service asking for itself, as EventBridge does when it hands an event to a queue. */
export interface ServiceRequest {
  /** e.g. `events.amazonaws.com` */
  principal: string;
  /** What made it call, e.g. the rule. */
  sourceArn?: string;
  permission: Permission;
}

/** What the condition keys of a resource policy stand for in such a request. */
const contextOf = (request: ServiceRequest): Record<string, string | undefined> => ({
  'aws:sourcearn': request.sourceArn,
  'aws:sourceaccount': ACCOUNT,
  'aws:principalaccount': ACCOUNT,
  'aws:principalservicename': request.principal,
  'aws:securetransport': 'true',
  // The former name of aws:SourceAccount in policies for SES.
  'aws:referer': ACCOUNT,
});

const OPERATORS: Record<string, (actual: string, wanted: string) => boolean> = {
  StringEquals: (actual, wanted) => actual === wanted,
  StringLike: (actual, wanted) => matchesPattern(actual, wanted),
  ArnEquals: (actual, wanted) => matchesPattern(actual, wanted),
  ArnLike: (actual, wanted) => matchesPattern(actual, wanted),
  Bool: (actual, wanted) => actual === wanted,
};

const conditionsHold = (statement: JsonObject, request: ServiceRequest): boolean => {
  const context = contextOf(request);
  const conditions = statement.Condition;
  if (!isObject(conditions)) return true;
  return Object.entries(conditions).every(([operator, tests]) => {
    const compare = OPERATORS[operator];
    if (!compare) throw refused(`condition operator ${operator}`);
    return Object.keys(isObject(tests) ? tests : {}).every((key) => {
      if (!(key.toLowerCase() in context)) throw refused(`condition key ${key}`);
      const actual = context[key.toLowerCase()];
      return actual !== undefined && listAt(tests, key).some((wanted) => compare(actual, String(wanted)));
    });
  });
};

const refused = (what: string): AwsError =>
  new AwsError(
    'NotSupportedByLocalRuntime',
    `The local runtime does not support the ${what} in a resource policy`,
    501,
  );

const namesPrincipal = (statement: JsonObject, principal: string): boolean => {
  const named = statement.Principal;
  return (
    named === '*' ||
    [...listAt(named, 'Service'), ...listAt(named, 'AWS').filter((arn) => arn === '*')].some(
      (entry) => entry === principal || entry === '*',
    )
  );
};

const covers = (statement: JsonObject, request: ServiceRequest): boolean =>
  namesPrincipal(statement, request.principal) &&
  listAt(statement, 'Action').some((action) =>
    matchesPattern(request.permission.action.toLowerCase(), String(action).toLowerCase()),
  ) &&
  listAt(statement, 'Resource').some((resource) => matchesPattern(request.permission.resource, String(resource))) &&
  conditionsHold(statement, request);

const statementsFor = (deployment: Deployment, resource: string): JsonObject[] => {
  const owner = resource.startsWith('arn:aws:s3:::') ? resource.replace(/\/.*$/, '') : resource;
  const holder = deployment.byArn(owner);
  if (!holder) return [];
  const attached = [
    ...deployment.resources('AWS::SQS::QueuePolicy').filter((p) => listAt(p.properties, 'Queues').includes(holder.ref)),
    ...deployment.resources('AWS::SNS::TopicPolicy').filter((p) => listAt(p.properties, 'Topics').includes(holder.ref)),
    ...deployment.resources('AWS::S3::BucketPolicy').filter((p) => textAt(p.properties, 'Bucket') === holder.ref),
  ];
  return attached.flatMap((policy) => listAt(policy.properties.PolicyDocument, 'Statement').filter(isObject));
};

/** Lambda keeps its resource policy as one permission per resource of the template. */
const lambdaAllows = (deployment: Deployment, request: ServiceRequest): boolean => {
  const target = request.permission.resource;
  return deployment.resources('AWS::Lambda::Permission').some(({ properties }) => {
    const name = textAt(properties, 'FunctionName') ?? '';
    const arn = name.startsWith('arn:') ? name : deployment.byArn(name)?.attributes.Arn;
    const sourceArn = properties.SourceArn;
    const sourceAccount = properties.SourceAccount;
    return (
      arn === target &&
      properties.Principal === request.principal &&
      matchesPattern(request.permission.action, textAt(properties, 'Action') ?? '') &&
      (!isText(sourceArn) || (request.sourceArn !== undefined && matchesPattern(request.sourceArn, sourceArn))) &&
      (sourceAccount === undefined || sourceAccount === ACCOUNT)
    );
  });
};

/** AWS services publish to the account's default event bus without any policy. */
const isDefaultBus = (permission: Permission): boolean =>
  permission.action === 'events:PutEvents' && permission.resource.endsWith(':event-bus/default');

/** Whether the policy on the resource lets the service in; a Deny wins. */
export const resourcePolicyAllows = (deployment: Deployment, request: ServiceRequest): boolean => {
  if (isDefaultBus(request.permission)) return true;
  if (request.permission.action.startsWith('lambda:')) return lambdaAllows(deployment, request);
  const covering = statementsFor(deployment, request.permission.resource).filter((s) => covers(s, request));
  return covering.length > 0 && covering.every((statement) => statement.Effect === 'Allow');
};
