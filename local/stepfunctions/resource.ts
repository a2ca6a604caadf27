import type { ServiceName } from '../aws/contract.ts';

/** What the Resource of a Task stands for. */
export interface Integration {
  /** `function`: a bare function ARN; `invoke`: lambda:invoke; `optimized`: a service's own; `sdk`: aws-sdk:*. */
  kind: 'function' | 'invoke' | 'optimized' | 'sdk';
  service: ServiceName;
  /** PascalCase, e.g. `UpdateItem`. */
  operation: string;
  /** The state waits for its task token. */
  waits: boolean;
  /** What precedes the service's error code, e.g. `DynamoDb` in `DynamoDb.ConditionalCheckFailedException`. */
  errorPrefix: string;
  /** As the history's events name it: `aws-sdk:dynamodb` and `updateItem.waitForTaskToken`. */
  resourceType: string;
  resource: string;
}

interface Known {
  service: ServiceName;
  prefix: string;
}

/** aws-sdk service names, and the exception prefix AWS gives (Step Functions guide, "Using AWS SDK service integrations"). */
const SDK_SERVICES: Record<string, Known> = {
  dynamodb: { service: 'dynamodb', prefix: 'DynamoDb' },
  eventbridge: { service: 'events', prefix: 'EventBridge' },
  lambda: { service: 'lambda', prefix: 'Lambda' },
  s3: { service: 's3', prefix: 'S3' },
  scheduler: { service: 'scheduler', prefix: 'Scheduler' },
  secretsmanager: { service: 'secretsmanager', prefix: 'SecretsManager' },
  ses: { service: 'ses', prefix: 'Ses' },
  sfn: { service: 'states', prefix: 'Sfn' },
  sns: { service: 'sns', prefix: 'Sns' },
  sqs: { service: 'sqs', prefix: 'Sqs' },
};

interface Optimized extends Known {
  actions: readonly string[];
  /** Request Response only, without `.waitForTaskToken`. */
  noToken?: true;
}

/** Optimized integrations (Step Functions guide, "Integrating services"). */
const OPTIMIZED: Record<string, Optimized> = {
  dynamodb: {
    service: 'dynamodb',
    prefix: 'DynamoDB',
    actions: ['getItem', 'putItem', 'deleteItem', 'updateItem'],
    noToken: true,
  },
  events: { service: 'events', prefix: 'EventBridge', actions: ['putEvents'] },
  lambda: { service: 'lambda', prefix: 'Lambda', actions: ['invoke'] },
  sns: { service: 'sns', prefix: 'SNS', actions: ['publish'] },
  sqs: { service: 'sqs', prefix: 'SQS', actions: ['sendMessage'] },
  states: { service: 'states', prefix: 'StepFunctions', actions: ['startExecution'] },
};

const SERVICE_ARN = /^arn:aws:states:[^:]*:[^:]*:(.+)$/;
const FUNCTION_ARN = /^arn:aws:lambda:[^:]+:\d{12}:function:[A-Za-z0-9-_]+(:[A-Za-z0-9-_$]+)?$/;

const upperFirst = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** Reads a Task's Resource; a string says why this runtime (or AWS) does not take it. */
export const parseResource = (arn: string): Integration | string => {
  if (FUNCTION_ARN.test(arn)) {
    return {
      kind: 'function',
      service: 'lambda',
      operation: 'Invoke',
      waits: false,
      errorPrefix: 'Lambda',
      resourceType: 'lambda',
      resource: arn,
    };
  }
  const path = SERVICE_ARN.exec(arn)?.[1];
  if (path === undefined) return `The resource provided ${arn} is not recognized`;
  const [task = '', pattern] = path.split(/\.(?=[^.]*$)/);
  if (pattern !== undefined && pattern !== 'waitForTaskToken') {
    return `The integration pattern .${pattern} of ${arn} is not supported by the local runtime`;
  }
  const waits = pattern !== undefined;
  const parts = task.split(':');
  const suffix = waits ? '.waitForTaskToken' : '';
  if (parts[0] === 'aws-sdk') {
    const known = SDK_SERVICES[parts[1] ?? ''];
    const action = parts[2] ?? '';
    if (!known) return `The service ${parts[1] ?? ''} of ${arn} is not supported by the local runtime`;
    if (parts.length !== 3 || !/^[a-z][A-Za-z0-9]*$/.test(action))
      return `The resource provided ${arn} is not recognized`;
    return {
      kind: 'sdk',
      service: known.service,
      operation: upperFirst(action),
      waits,
      errorPrefix: known.prefix,
      resourceType: `aws-sdk:${parts[1] ?? ''}`,
      resource: `${action}${suffix}`,
    };
  }
  const [name = '', action = ''] = parts;
  const optimized = OPTIMIZED[name];
  if (!optimized) return `The resource provided ${arn} is not supported by the local runtime`;
  if (parts.length !== 2 || !optimized.actions.includes(action) || (waits && optimized.noToken)) {
    return `The resource provided ${arn} is not recognized`;
  }
  return {
    kind: name === 'lambda' ? 'invoke' : 'optimized',
    service: optimized.service,
    operation: upperFirst(action),
    waits,
    errorPrefix: optimized.prefix,
    resourceType: name,
    resource: `${action}${suffix}`,
  };
};

/** The same, for a definition that passed validation. */
export const integrationOf = (arn: string): Integration => {
  const integration = parseResource(arn);
  if (typeof integration === 'string') throw new Error(integration);
  return integration;
};
