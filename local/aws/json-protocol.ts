import { isObject } from '../template/values.ts';
import { AwsError, type RawRequest, type RawResponse, type ServiceName } from './contract.ts';

/** Prefix of `x-amz-target` → service, and the namespace its errors carry in `__type`. */
const TARGETS: Record<string, { name: ServiceName; namespace: string; version: '1.0' | '1.1' }> = {
  DynamoDB_20120810: { name: 'dynamodb', namespace: 'com.amazonaws.dynamodb.v20120810', version: '1.0' },
  DynamoDBStreams_20120810: { name: 'streams.dynamodb', namespace: 'com.amazonaws.dynamodb.v20120810', version: '1.0' },
  AWSStepFunctions: { name: 'states', namespace: 'com.amazonaws.swf.service.v2.model', version: '1.0' },
  AmazonSQS: { name: 'sqs', namespace: 'com.amazonaws.sqs', version: '1.0' },
  AWSEvents: { name: 'events', namespace: 'com.amazonaws.events', version: '1.1' },
  secretsmanager: { name: 'secretsmanager', namespace: 'com.amazonaws.secretsmanager', version: '1.1' },
};

export interface JsonCall {
  service: ServiceName;
  operation: string;
  input: Record<string, unknown>;
}

/** Whether the request is of AWS JSON 1.0 or 1.1. */
export const isJsonTarget = (raw: RawRequest): boolean => raw.headers['x-amz-target'] !== undefined;

const target = (raw: RawRequest): { prefix: string; operation: string } => {
  const [prefix = '', operation = ''] = (raw.headers['x-amz-target'] ?? '').split('.');
  return { prefix, operation };
};

export const parseJsonCall = (raw: RawRequest): JsonCall => {
  const { prefix, operation } = target(raw);
  const service = TARGETS[prefix];
  if (!service) {
    throw new AwsError('NotSupportedByLocalRuntime', `The local runtime has no service ${prefix} (${operation})`, 501);
  }
  let input: unknown = {};
  try {
    if (raw.body.length > 0) input = JSON.parse(raw.body.toString('utf8'));
  } catch {
    throw new AwsError('SerializationException', 'The request body is not JSON');
  }
  if (!isObject(input)) throw new AwsError('SerializationException', 'The request body is not a JSON object');
  return { service: service.name, operation, input };
};

/** Dates as epoch seconds and bytes as base64, as AWS JSON writes them. */
const wire = (value: unknown): unknown => {
  if (value instanceof Date) return value.getTime() / 1000;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(wire);
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, item]) => [String(key), wire(item)]));
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, wire(item)]));
  return value;
};

/** A value as AWS JSON writes it; REST services use it as well. */
const toWireJson = (value: unknown): string => JSON.stringify(wire(value));

export const jsonAnswer = (raw: RawRequest, output: Record<string, unknown>): RawResponse => ({
  status: 200,
  headers: { 'content-type': `application/x-amz-json-${TARGETS[target(raw).prefix]?.version ?? '1.0'}` },
  body: toWireJson(output),
});

export const jsonError = (raw: RawRequest, error: AwsError): RawResponse => {
  const service = TARGETS[target(raw).prefix];
  const headers: Record<string, string> = { 'content-type': `application/x-amz-json-${service?.version ?? '1.0'}` };
  // SQS keeps the names of its former protocol in this header; older clients switch on them.
  if (service?.name === 'sqs') {
    const fault = error.status >= 500 ? 'Receiver' : 'Sender';
    headers['x-amzn-query-error'] = `${QUERY_NAMES[error.code] ?? error.code};${fault}`;
  }
  return {
    status: error.status,
    headers,
    body: toWireJson({
      __type: service ? `${service.namespace}#${error.code}` : error.code,
      message: error.message,
      ...error.members,
    }),
  };
};

const QUERY_NAMES: Record<string, string> = {
  QueueDoesNotExist: 'AWS.SimpleQueueService.NonExistentQueue',
  QueueNameExists: 'QueueAlreadyExists',
  EmptyBatchRequest: 'AWS.SimpleQueueService.EmptyBatchRequest',
  BatchEntryIdsNotDistinct: 'AWS.SimpleQueueService.BatchEntryIdsNotDistinct',
  TooManyEntriesInBatchRequest: 'AWS.SimpleQueueService.TooManyEntriesInBatchRequest',
};
