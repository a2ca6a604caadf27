import { randomUUID } from 'node:crypto';
import { type Aws, AwsError, type Caller } from '../aws/contract.ts';
import { onTheWire } from './attribute-values.ts';
import type { TaskCall, TaskRunner } from './engine.ts';
import { StatesError } from './errors.ts';
import type { Answer } from './happening.ts';
import { isObject, type Json, type JsonObject, parseJson } from './json.ts';
import { type Integration, integrationOf } from './resource.ts';

/** Carries tasks out by calling the other services as the machine's role. */
export const serviceTasks =
  (aws: Aws): TaskRunner =>
  async (call) => {
    const integration = integrationOf(call.resource);
    const caller: Caller = { kind: 'role', roleArn: call.identity.roleArn, holder: call.identity.machineName };
    try {
      if (integration.kind === 'function') return await runFunction(aws, call, caller);
      if (integration.kind === 'invoke') return await invoke(aws, call.arguments, caller);
      return { ok: true, result: await callService(aws, integration, call, caller) };
    } catch (error) {
      return { ok: false, error: serviceError(integration, error) };
    }
  };

interface Invoked {
  payload: string;
  failed: boolean;
  version: string;
  status: number;
}

const payloadText = (payload: unknown): string => {
  if (payload instanceof Uint8Array) return Buffer.from(payload).toString();
  return typeof payload === 'string' ? payload : '';
};

const invokeFunction = async (
  aws: Aws,
  input: Record<string, unknown>,
  payload: Json,
  caller: Caller,
): Promise<Invoked> => {
  const output = await aws.call(
    'lambda',
    'Invoke',
    { ...input, Payload: Buffer.from(JSON.stringify(payload)) },
    caller,
  );
  return {
    payload: payloadText(output.Payload),
    failed: output.FunctionError !== undefined,
    version: typeof output.ExecutedVersion === 'string' ? output.ExecutedVersion : '$LATEST',
    status: typeof output.StatusCode === 'number' ? output.StatusCode : 200,
  };
};

/** A function's own error: its type is the error, the whole payload the cause (Step Functions guide, "Call Lambda"). */
const functionError = (payload: string): Answer => {
  let type: unknown;
  try {
    const parsed = parseJson(payload);
    type = isObject(parsed) ? parsed.errorType : undefined;
  } catch {
    type = undefined;
  }
  return {
    ok: false,
    error: new StatesError(typeof type === 'string' && type !== '' ? type : 'Lambda.Unknown', payload),
  };
};

const resultOf = (payload: string): Json => (payload === '' ? null : parseJson(payload));

/** A bare function ARN: the arguments are the event, the raw answer is the result. */
const runFunction = async (aws: Aws, call: TaskCall, caller: Caller): Promise<Answer> => {
  const input = { FunctionName: call.resource, InvocationType: 'RequestResponse' };
  const { payload, failed } = await invokeFunction(aws, input, call.arguments, caller);
  return failed ? functionError(payload) : { ok: true, result: resultOf(payload) };
};

const INVOKE_ARGUMENTS = new Set([
  'FunctionName',
  'Payload',
  'InvocationType',
  'Qualifier',
  'ClientContext',
  'LogType',
]);

const invoke = async (aws: Aws, args: Json, caller: Caller): Promise<Answer> => {
  if (!isObject(args) || typeof args.FunctionName !== 'string') {
    throw new StatesError('States.Runtime', "The field 'FunctionName' is required in the Arguments of lambda:invoke.");
  }
  const unknown = Object.keys(args).find((key) => !INVOKE_ARGUMENTS.has(key));
  if (unknown !== undefined)
    throw new StatesError('States.Runtime', `The field '${unknown}' is not supported by lambda:invoke.`);
  const { Payload: payload = {}, ...rest } = args;
  const {
    payload: answer,
    failed,
    version,
    status,
  } = await invokeFunction(aws, { InvocationType: 'RequestResponse', ...rest }, payload, caller);
  if (failed) return functionError(answer);
  const http = httpMetadata();
  const result: JsonObject = { ExecutedVersion: version, Payload: resultOf(answer), ...http, StatusCode: status };
  return { ok: true, result };
};

/** What optimized integrations add to an answer. */
const httpMetadata = (): JsonObject => {
  const requestId = randomUUID();
  const headers = { 'Content-Type': 'application/json', 'x-amzn-RequestId': requestId };
  return {
    SdkHttpMetadata: {
      AllHttpHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
      HttpHeaders: headers,
      HttpStatusCode: 200,
    },
    SdkResponseMetadata: { RequestId: requestId },
  };
};

const lowerFirst = (word: string): string => word.charAt(0).toLowerCase() + word.slice(1);
const upperFirst = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
const mapKeys = (object: Record<string, unknown>, change: (key: string) => string): Record<string, unknown> =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [change(key), value]));

/** Members whose service takes JSON text, and which a definition may give as a JSON value. */
const TEXT_MEMBERS: Record<string, readonly string[]> = {
  StartExecution: ['Input'],
  StartSyncExecution: ['Input'],
  SendTaskSuccess: ['Output'],
  SendMessage: ['MessageBody'],
  Publish: ['Message'],
};

const asText = (args: Record<string, unknown>, members: readonly string[]): Record<string, unknown> => {
  const given = { ...args };
  for (const member of members) {
    const value = given[member];
    if (value !== undefined && typeof value !== 'string') given[member] = JSON.stringify(value);
  }
  return given;
};

const callService = async (aws: Aws, integration: Integration, call: TaskCall, caller: Caller): Promise<Json> => {
  const { service, operation, kind } = integration;
  if (!isObject(call.arguments)) {
    throw new StatesError('States.Runtime', `The Arguments of ${call.resource} must be an object.`);
  }
  let input = asText(call.arguments, TEXT_MEMBERS[operation] ?? []);
  if (service === 'events' && operation === 'PutEvents') input = withTextDetails(input);
  if (service === 'dynamodb' && kind === 'sdk') input = onTheWire(input);
  // The definition language spells every service's members in PascalCase; Step Functions' own API does not.
  if (service === 'states') input = mapKeys(input, lowerFirst);
  const output = await aws.call(service, operation, input, caller);
  if (
    service === 'events' &&
    operation === 'PutEvents' &&
    kind === 'optimized' &&
    Number(output.FailedEntryCount) > 0
  ) {
    throw new StatesError('EventBridge.FailedEntry', JSON.stringify(output));
  }
  const members = toJson(service === 'states' ? mapKeys(output, upperFirst) : output);
  if (kind === 'sdk' || !isObject(members)) return members;
  return { ...members, ...httpMetadata() };
};

const withTextDetails = (input: Record<string, unknown>): Record<string, unknown> => ({
  ...input,
  Entries: Array.isArray(input.Entries)
    ? input.Entries.map((entry: unknown) => (isObject(entry) ? asText(entry, ['Detail']) : entry))
    : input.Entries,
});

/** Wire values as JSON: bytes in base64, instants as text. */
const toJson = (value: unknown): Json => {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(toJson);
  if (isObject(value)) {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    return Object.fromEntries(members.map(([key, member]) => [key, toJson(member)]));
  }
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return null;
};

const DENIED = new Set(['AccessDenied', 'AccessDeniedException', 'AuthorizationError']);

const serviceError = (integration: Integration, error: unknown): StatesError => {
  if (error instanceof StatesError) return error;
  if (!(error instanceof AwsError)) {
    return new StatesError(
      `${integration.errorPrefix}.SdkClientException`,
      error instanceof Error ? error.message : String(error),
    );
  }
  const cause = `${error.message} (Service: ${integration.errorPrefix}, Status Code: ${error.status}, Request ID: ${randomUUID()})`;
  if (DENIED.has(error.code)) return new StatesError('States.Permissions', cause);
  return new StatesError(`${integration.errorPrefix}.${exceptionName(error.code)}`, cause);
};

/** SDK exceptions end in `Exception` even where the wire's code does not (`ExecutionAlreadyExists`). */
const exceptionName = (code: string): string => {
  const plain = code.replaceAll(/[^A-Za-z0-9]/g, '');
  return plain.endsWith('Exception') ? plain : `${plain}Exception`;
};
