import { ACCOUNT, REGION } from '../aws/contract.ts';
import { generatedName, stableId, stableUuid } from './naming.ts';

/** What a resource is called once it exists. */
export interface Identity {
  ref: string;
  attributes: Record<string, string>;
}

/** A resource about to be named. */
export interface Unnamed {
  stack: string;
  logicalId: string;
  /** A property of the resource, resolved; undefined if the template leaves it out. */
  property(name: string): unknown;
  /** Base URL of the local HTTP API and of the AWS endpoint, no trailing slash. */
  httpUrl: string;
  awsUrl: string;
}

const text = (resource: Unnamed, property: string): string | undefined => {
  const value = resource.property(property);
  return typeof value === 'string' ? value : undefined;
};

const nameOf = (resource: Unnamed, property: string, longest: number): string =>
  text(resource, property) ?? generatedName(resource.stack, resource.logicalId, longest);

const unique = (resource: Unnamed): string => `${resource.stack}/${resource.logicalId}`;

const arn = (service: string, rest: string): string => `arn:aws:${service}:${REGION}:${ACCOUNT}:${rest}`;

/** A resource that is only ever referred to by a name of its own. */
const named =
  (property: string, longest: number) =>
  (resource: Unnamed): Identity => ({ ref: nameOf(resource, property, longest), attributes: {} });

/** A resource whose `Ref` is an id that AWS makes up. */
const numbered =
  (length: number, attribute?: string) =>
  (resource: Unnamed): Identity => {
    const id = stableId(unique(resource), length);
    return { ref: id, attributes: attribute === undefined ? {} : { [attribute]: id } };
  };

/** The creation label that the streams of template tables carry; the engine's own label is mapped to it. */
export const STREAM_LABEL = '2026-01-01T00:00:00.000';

const table = (resource: Unnamed): Identity => {
  const name = nameOf(resource, 'TableName', 255);
  const tableArn = arn('dynamodb', `table/${name}`);
  const attributes: Record<string, string> = { Arn: tableArn, TableId: stableUuid(unique(resource)) };
  if (resource.property('StreamSpecification')) attributes.StreamArn = `${tableArn}/stream/${STREAM_LABEL}`;
  return { ref: name, attributes };
};

const role = (resource: Unnamed): Identity => {
  const name = nameOf(resource, 'RoleName', 64);
  const path = text(resource, 'Path') ?? '/';
  return {
    ref: name,
    attributes: {
      Arn: `arn:aws:iam::${ACCOUNT}:role${path}${name}`,
      RoleId: `AROA${stableId(unique(resource), 17, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')}`,
    },
  };
};

const managedPolicy = (resource: Unnamed): Identity => {
  const policyArn = `arn:aws:iam::${ACCOUNT}:policy${text(resource, 'Path') ?? '/'}${nameOf(resource, 'ManagedPolicyName', 128)}`;
  return { ref: policyArn, attributes: { PolicyArn: policyArn } };
};

const lambdaFunction = (resource: Unnamed): Identity => {
  const name = nameOf(resource, 'FunctionName', 64);
  return { ref: name, attributes: { Arn: arn('lambda', `function:${name}`) } };
};

const functionArn = (resource: Unnamed): string => {
  const name = text(resource, 'FunctionName') ?? resource.logicalId;
  return name.startsWith('arn:') ? name : arn('lambda', `function:${name}`);
};

const functionVersion = (resource: Unnamed): Identity => {
  const versionArn = `${functionArn(resource)}:1`;
  return { ref: versionArn, attributes: { Version: '1', FunctionArn: versionArn } };
};

const functionAlias = (resource: Unnamed): Identity => {
  const aliasArn = `${functionArn(resource)}:${text(resource, 'Name') ?? resource.logicalId}`;
  return { ref: aliasArn, attributes: { AliasArn: aliasArn } };
};

const eventSourceMapping = (resource: Unnamed): Identity => {
  const id = stableUuid(unique(resource));
  return { ref: id, attributes: { Id: id, EventSourceMappingArn: arn('lambda', `event-source-mapping:${id}`) } };
};

const stateMachine = (resource: Unnamed): Identity => {
  const name = nameOf(resource, 'StateMachineName', 80);
  const machineArn = arn('states', `stateMachine:${name}`);
  return { ref: machineArn, attributes: { Arn: machineArn, Name: name, StateMachineRevisionId: 'INITIAL' } };
};

const httpApi = (resource: Unnamed): Identity => {
  const id = stableId(unique(resource), 10);
  return { ref: id, attributes: { ApiId: id, ApiEndpoint: resource.httpUrl } };
};

const userPool = (resource: Unnamed): Identity => {
  const id = `${REGION}_${stableId(unique(resource), 9)}`;
  const provider = `cognito-idp.${REGION}.amazonaws.com/${id}`;
  return {
    ref: id,
    attributes: {
      Arn: arn('cognito-idp', `userpool/${id}`),
      UserPoolId: id,
      ProviderName: provider,
      ProviderURL: `https://${provider}`,
    },
  };
};

const emailIdentity = (resource: Unnamed): Identity => {
  const identity = text(resource, 'EmailIdentity') ?? resource.logicalId;
  const attributes: Record<string, string> = {};
  for (const n of [1, 2, 3]) {
    const token = stableId(`${unique(resource)}/${n}`, 32);
    attributes[`DkimDNSTokenName${n}`] = `${token}._domainkey.${identity}`;
    attributes[`DkimDNSTokenValue${n}`] = `${token}.dkim.amazonses.com`;
  }
  return { ref: identity, attributes };
};

const bucket = (resource: Unnamed): Identity => {
  const name = nameOf(resource, 'BucketName', 63).toLowerCase();
  return {
    ref: name,
    attributes: {
      Arn: `arn:aws:s3:::${name}`,
      DomainName: `${name}.s3.amazonaws.com`,
      DualStackDomainName: `${name}.s3.dualstack.${REGION}.amazonaws.com`,
      // Where browsers find it: pages are told in their policies.
      RegionalDomainName: new URL(resource.awsUrl).host,
      WebsiteURL: `http://${name}.s3-website-${REGION}.amazonaws.com`,
    },
  };
};

/** FIFO queues and topics carry their kind in the name. */
const fifoName = (resource: Unnamed, property: string, fifo: string, longest: number): string => {
  const given = text(resource, property);
  if (given !== undefined) return given;
  return resource.property(fifo) === true
    ? `${generatedName(resource.stack, resource.logicalId, longest - 5)}.fifo`
    : generatedName(resource.stack, resource.logicalId, longest);
};

const queue = (resource: Unnamed): Identity => {
  const name = fifoName(resource, 'QueueName', 'FifoQueue', 80);
  const url = `${resource.awsUrl}/${ACCOUNT}/${name}`;
  return { ref: url, attributes: { Arn: arn('sqs', name), QueueName: name, QueueUrl: url } };
};

const topic = (resource: Unnamed): Identity => {
  const name = fifoName(resource, 'TopicName', 'FifoTopic', 256);
  const topicArn = arn('sns', name);
  return { ref: topicArn, attributes: { TopicArn: topicArn, TopicName: name } };
};

const subscription = (resource: Unnamed): Identity => {
  const subscriptionArn = `${text(resource, 'TopicArn') ?? arn('sns', 'unknown')}:${stableUuid(unique(resource))}`;
  return { ref: subscriptionArn, attributes: { Arn: subscriptionArn } };
};

const eventBus = (resource: Unnamed): Identity => {
  const name = nameOf(resource, 'Name', 256);
  return { ref: name, attributes: { Arn: arn('events', `event-bus/${name}`), Name: name } };
};

const eventRule = (resource: Unnamed): Identity => {
  const name = nameOf(resource, 'Name', 64);
  const bus = text(resource, 'EventBusName')?.replace(/^.*:event-bus\//, '');
  const custom = bus !== undefined && bus !== 'default';
  return {
    ref: custom ? `${bus}|${name}` : name,
    attributes: { Arn: arn('events', custom ? `rule/${bus}/${name}` : `rule/${name}`) },
  };
};

const schedule = (resource: Unnamed): Identity => {
  const name = nameOf(resource, 'Name', 64);
  return {
    ref: name,
    attributes: { Arn: arn('scheduler', `schedule/${text(resource, 'GroupName') ?? 'default'}/${name}`) },
  };
};

const scheduleGroup = (resource: Unnamed): Identity => {
  const name = nameOf(resource, 'Name', 64);
  return { ref: name, attributes: { Arn: arn('scheduler', `schedule-group/${name}`) } };
};

const secret = (resource: Unnamed): Identity => {
  const secretArn = arn('secretsmanager', `secret:${nameOf(resource, 'Name', 512)}-${stableId(unique(resource), 6)}`);
  return { ref: secretArn, attributes: { Id: secretArn } };
};

const logGroup = (resource: Unnamed): Identity => {
  const name = nameOf(resource, 'LogGroupName', 512);
  return { ref: name, attributes: { Arn: arn('logs', `log-group:${name}:*`) } };
};

const alarm = (resource: Unnamed): Identity => {
  const name = nameOf(resource, 'AlarmName', 255);
  return { ref: name, attributes: { Arn: arn('cloudwatch', `alarm:${name}`) } };
};

/** By resource type: what `Ref` and `Fn::GetAtt` give (CloudFormation guide, "Return values" of each type). */
export const identities: Record<string, (resource: Unnamed) => Identity> = {
  'AWS::ApiGatewayV2::Api': httpApi,
  'AWS::ApiGatewayV2::Authorizer': numbered(6, 'AuthorizerId'),
  'AWS::ApiGatewayV2::Integration': numbered(7, 'IntegrationId'),
  'AWS::ApiGatewayV2::Route': numbered(7, 'RouteId'),
  'AWS::ApiGatewayV2::Stage': named('StageName', 128),
  'AWS::CloudWatch::Alarm': alarm,
  'AWS::CloudWatch::CompositeAlarm': alarm,
  'AWS::CloudWatch::Dashboard': named('DashboardName', 255),
  'AWS::Cognito::UserPool': userPool,
  'AWS::Cognito::UserPoolClient': numbered(26, 'ClientId'),
  'AWS::Cognito::UserPoolGroup': named('GroupName', 128),
  'AWS::DynamoDB::GlobalTable': table,
  'AWS::DynamoDB::Table': table,
  'AWS::Events::EventBus': eventBus,
  'AWS::Events::Rule': eventRule,
  'AWS::IAM::ManagedPolicy': managedPolicy,
  'AWS::IAM::Policy': named('PolicyName', 128),
  'AWS::IAM::Role': role,
  'AWS::Lambda::Alias': functionAlias,
  'AWS::Lambda::EventInvokeConfig': numbered(12),
  'AWS::Lambda::EventSourceMapping': eventSourceMapping,
  'AWS::Lambda::Function': lambdaFunction,
  'AWS::Lambda::Permission': numbered(12),
  'AWS::Lambda::Version': functionVersion,
  'AWS::Logs::LogGroup': logGroup,
  'AWS::S3::Bucket': bucket,
  'AWS::S3::BucketPolicy': numbered(12),
  'AWS::SES::ConfigurationSet': named('Name', 64),
  'AWS::SES::ConfigurationSetEventDestination': numbered(12, 'Id'),
  'AWS::SES::EmailIdentity': emailIdentity,
  'AWS::SES::ReceiptRule': (resource) => {
    const rule = resource.property('Rule');
    const name = typeof rule === 'object' && rule !== null && 'Name' in rule ? rule.Name : undefined;
    return {
      ref: typeof name === 'string' ? name : generatedName(resource.stack, resource.logicalId, 64),
      attributes: {},
    };
  },
  'AWS::SES::ReceiptRuleSet': named('RuleSetName', 64),
  'AWS::SNS::Subscription': subscription,
  'AWS::SNS::Topic': topic,
  'AWS::SNS::TopicPolicy': numbered(12, 'Id'),
  'AWS::SQS::Queue': queue,
  'AWS::SQS::QueuePolicy': numbered(12, 'Id'),
  'AWS::Scheduler::Schedule': schedule,
  'AWS::Scheduler::ScheduleGroup': scheduleGroup,
  'AWS::SecretsManager::Secret': secret,
  'AWS::StepFunctions::StateMachine': stateMachine,
};
