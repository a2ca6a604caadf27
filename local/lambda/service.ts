import { randomUUID } from 'node:crypto';
import {
  type Aws,
  AwsError,
  type AwsRequest,
  type AwsService,
  type Caller,
  type Permission,
  type RawRequest,
  type RawResponse,
} from '../aws/contract.ts';
import type { ChangeLog } from '../dynamodb/contract.ts';
import type { Faults } from '../faults/faults.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Meter } from '../meter/meter.ts';
import type { Deployment } from '../template/contract.ts';
import { AsyncInvocations, checkAsyncSize } from './async-invocations.ts';
import { Destinations } from './destinations.ts';
import { functionArn, functionNameOf } from './function-config.ts';
import { FunctionRegistry, type RegisteredFunction } from './function-registry.ts';
import { bytesOf, INPUTS, type InputOf, type LambdaOperation, parseInput } from './inputs.ts';
import { invokeConfigs } from './invoke-config.ts';
import { Invoker } from './invoker.ts';
import type { InvocationLog } from './log-ring.ts';
import { mappingConfig } from './mapping-config.ts';
import { QueueMapping, type QueueSource } from './queue-mapping.ts';
import { parseRest, restAnswer } from './rest.ts';
import { StreamMapping } from './stream-mapping.ts';
import type { PoolLimits } from './thread-pool.ts';

type Output = Record<string, unknown>;

/** Lambda quotas, "Invocation payload". */
const REQUEST_LIMIT = 6_291_456;

const isOperation = (operation: string): operation is LambdaOperation => Object.hasOwn(INPUTS, operation);

/** IAM's name for operations that have another one (Service Authorization Reference, AWS Lambda). */
const ACTIONS: Record<string, string> = { Invoke: 'InvokeFunction' };

export interface LambdaParts {
  kernel: Kernel;
  aws: Aws;
  deployment: Deployment;
  meter: Meter;
  faults: Faults;
  changeLog: ChangeLog;
  /** The SQS service. */
  queues: QueueSource;
  /** Base URL of the AWS endpoint, known once it listens. */
  endpoint: () => string;
  /** One line for the person at the terminal. */
  say: (line: string) => void;
  limits?: PoolLimits;
}

/** Functions in threads of their own, asynchronous events with retries, and the template's event source mappings. */
export class LambdaService implements AwsService {
  readonly name = 'lambda';
  readonly operations: readonly string[] = Object.keys(INPUTS);
  private readonly registry: FunctionRegistry;
  private readonly invoker: Invoker;
  private readonly destinations: Destinations;
  private readonly events: AsyncInvocations;
  private mappings: Array<QueueMapping | StreamMapping> = [];
  private readonly parts: LambdaParts;

  constructor(parts: LambdaParts) {
    this.parts = parts;
    const { kernel, aws, queues, say } = parts;
    this.registry = new FunctionRegistry(kernel);
    this.invoker = new Invoker({ ...parts, directory: this.registry.directory });
    this.destinations = new Destinations({ kernel, aws, say, queueUrl: (arn) => queues.urlOf(arn) });
    const { registry, invoker, destinations } = this;
    this.events = new AsyncInvocations({ kernel, registry, invoker, destinations });
  }

  /** Loads the template's functions and goes on with stored events. The endpoint listens already. */
  async start(): Promise<void> {
    this.registry.load(this.parts.deployment);
    this.events.start(invokeConfigs(this.parts.deployment));
  }

  /** Starts the event source mappings: to be called when every service has started. */
  async startMappings(): Promise<void> {
    const { registry, invoker, destinations } = this;
    for (const resource of this.parts.deployment.resources('AWS::Lambda::EventSourceMapping')) {
      const config = mappingConfig(resource);
      // A function that may not run at all is fed nothing.
      if (config === undefined || registry.get(config.functionName).config.reservedConcurrency === 0) continue;
      const mapping =
        config.kind === 'queue'
          ? new QueueMapping({ ...this.parts, registry, invoker }, config)
          : new StreamMapping({ ...this.parts, registry, invoker, destinations, config });
      this.mappings.push(mapping);
      await mapping.start();
    }
  }

  /** Ends all threads; events and batches under way stay stored and run again at the next start. */
  async stop(): Promise<void> {
    for (const mapping of this.mappings) mapping.stop();
    this.mappings = [];
    this.events.stop();
    await this.invoker.stop();
    this.registry.stop();
  }

  /** What functions wrote, latest invocations last; of one function by name, or of all. */
  logs(functionName?: string): InvocationLog[] {
    return this.invoker.readLogs(functionName);
  }

  /** Threads alive, and cold starts by function. */
  stats(): { threads: number; coldStarts: Record<string, number> } {
    return this.invoker.stats();
  }

  permissions({ operation, input }: AwsRequest): Permission[] {
    const { FunctionName } = input;
    const resource = typeof FunctionName === 'string' ? functionArn(functionNameOf(FunctionName)) : '*';
    return [{ action: `lambda:${ACTIONS[operation] ?? operation}`, resource }];
  }

  async http(raw: RawRequest, caller: Caller): Promise<RawResponse> {
    const { operation, input } = parseRest(raw);
    return restAnswer(operation, await this.parts.aws.call('lambda', operation, input, caller));
  }

  async handle({ operation, input, requestId, caller }: AwsRequest): Promise<Output> {
    if (!isOperation(operation)) {
      throw new AwsError('NotSupportedByLocalRuntime', `The local runtime does not support Lambda ${operation}.`);
    }
    switch (operation) {
      case 'Invoke':
        return this.invoke(parseInput(operation, INPUTS.Invoke, input), requestId, isRequest(caller));
      case 'CreateFunction':
        return this.create(parseInput(operation, INPUTS.CreateFunction, input));
      case 'GetFunction': {
        const found = this.find(parseInput(operation, INPUTS.GetFunction, input));
        return { Configuration: describe(found), Code: { RepositoryType: 'S3', Location: '' } };
      }
      case 'GetFunctionConfiguration':
        return describe(this.find(parseInput(operation, INPUTS.GetFunctionConfiguration, input)));
      case 'DeleteFunction': {
        const { config } = this.find(parseInput(operation, INPUTS.DeleteFunction, input));
        this.registry.delete(config.name);
        this.invoker.retire(config.name);
        return {};
      }
      case 'UpdateFunctionCode': {
        const { FunctionName, ZipFile } = parseInput(operation, INPUTS.UpdateFunctionCode, input);
        const updated = this.registry.updateCode(functionNameOf(FunctionName), bytesOf(ZipFile));
        this.invoker.retire(updated.config.name);
        return describe(updated);
      }
      case 'ListFunctions':
        return this.list(parseInput(operation, INPUTS.ListFunctions, input));
    }
  }

  private find({
    FunctionName,
    Qualifier,
  }: {
    FunctionName: string;
    Qualifier?: string | undefined;
  }): RegisteredFunction {
    return this.registry.get(functionNameOf(FunctionName, Qualifier));
  }

  private async invoke(input: InputOf<'Invoke'>, requestId: string, urgent: boolean): Promise<Output> {
    const target = this.find(input);
    const payload = payloadOf(input.Payload);
    const clientContext =
      input.ClientContext === undefined ? undefined : Buffer.from(input.ClientContext, 'base64').toString();
    if (clientContext !== undefined) checkJson(clientContext);
    if (input.InvocationType === 'DryRun') return { StatusCode: 204 };
    if (input.InvocationType === 'Event') {
      checkAsyncSize(payload);
      this.events.accept(target.config, requestId, payload, clientContext);
      return { StatusCode: 202, Payload: '' };
    }
    if (this.invoker.load(target.config.name) >= (target.config.reservedConcurrency ?? Number.POSITIVE_INFINITY)) {
      throw new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429, {
        Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
      });
    }
    const invocation = await this.invoker.invoke(target, { requestId, payload, clientContext, urgent });
    return {
      StatusCode: 200,
      ExecutedVersion: '$LATEST',
      Payload: invocation.payload,
      ...(invocation.functionError && { FunctionError: invocation.functionError }),
      ...(input.LogType === 'Tail' && { LogResult: Buffer.from(invocation.logTail).toString('base64') }),
    };
  }

  private create({ FunctionName, Code, ...properties }: InputOf<'CreateFunction'>): Output {
    const name = functionNameOf(FunctionName);
    const { Publish, PackageType, Architectures, Tags, ...kept } = properties;
    return describe(this.registry.create(name, kept, bytesOf(Code.ZipFile)));
  }

  private list({ Marker = '', MaxItems }: InputOf<'ListFunctions'>): Output {
    const rest = this.registry.list().filter(({ config }) => config.name > Marker);
    const page = rest.slice(0, Math.min(MaxItems ?? 50, 50));
    return {
      Functions: page.map(describe),
      ...(rest.length > page.length && { NextMarker: page.at(-1)?.config.name }),
    };
  }
}

/** A request to the HTTP API: somebody waits for the answer. */
const isRequest = (caller: Caller): boolean =>
  caller.kind === 'service' && caller.principal === 'apigateway.amazonaws.com';

const checkJson = (text: string): void => {
  try {
    JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : '';
    throw new AwsError('InvalidRequestContentException', `Could not parse request body into json: ${reason}`, 400, {
      Type: 'User',
    });
  }
};

const payloadOf = (given: string | Uint8Array | undefined): string => {
  const text = given === undefined ? '' : typeof given === 'string' ? given : Buffer.from(given).toString();
  if (Buffer.byteLength(text) > REQUEST_LIMIT) {
    throw new AwsError(
      'RequestEntityTooLargeException',
      `Request must be smaller than ${REQUEST_LIMIT} bytes for the InvokeFunction operation`,
      413,
    );
  }
  if (text === '') return '{}';
  checkJson(text);
  return text;
};

/** FunctionConfiguration of the API. */
const describe = ({ config, codeSha256, codeSize, modifiedAt }: RegisteredFunction): Output => ({
  FunctionName: config.name,
  FunctionArn: config.arn,
  Runtime: config.runtime,
  Role: config.roleArn,
  Handler: config.handler,
  CodeSize: codeSize,
  Description: config.description,
  Timeout: config.timeoutSeconds,
  MemorySize: config.memoryMb,
  LastModified: new Date(modifiedAt).toISOString().replace('Z', '+0000'),
  CodeSha256: codeSha256,
  Version: '$LATEST',
  Environment: { Variables: config.environment },
  TracingConfig: { Mode: 'PassThrough' },
  RevisionId: randomUUID(),
  State: 'Active',
  LastUpdateStatus: 'Successful',
  PackageType: 'Zip',
  Architectures: ['x86_64'],
  LoggingConfig: { LogFormat: config.logFormat, LogGroup: config.logGroup },
  ...(config.deadLetterArn !== undefined && { DeadLetterConfig: { TargetArn: config.deadLetterArn } }),
});
