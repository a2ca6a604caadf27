import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  ACCOUNT,
  type Aws,
  AwsError,
  type AwsService,
  type Caller,
  REGION,
  ROOT,
} from '../../../local/aws/contract.ts';
import type { ChangeLog, StreamRecord } from '../../../local/dynamodb/contract.ts';
import { Faults } from '../../../local/faults/faults.ts';
import { createKernel, type Kernel } from '../../../local/kernel/kernel.ts';
import { LambdaService } from '../../../local/lambda/service.ts';
import type { PoolLimits } from '../../../local/lambda/thread-pool.ts';
import { Meter } from '../../../local/meter/meter.ts';
import { SqsService } from '../../../local/sqs/service.ts';
import type { Deployment, Resource } from '../../../local/template/contract.ts';

export const START = Date.parse('2026-11-23T09:00:00Z');
export const STREAM = `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/Desk/stream/2026-11-23T00:00:00.000`;

export const queueArn = (name: string): string => `arn:aws:sqs:${REGION}:${ACCOUNT}:${name}`;
export const queueUrl = (name: string): string => `http://127.0.0.1:1/${ACCOUNT}/${name}`;
export const functionArn = (name: string): string => `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${name}`;

/** A resource with what the services read of it. */
export const aResource = (
  type: string,
  ref: string,
  properties: Record<string, unknown>,
  attributes = {},
): Resource => ({
  logicalId: ref.replace(/\W/g, ''),
  path: `Test/${ref}`,
  stack: 'Test',
  type,
  properties,
  ref,
  attributes,
});

export const aQueue = (name: string, properties: Record<string, unknown> = {}): Resource =>
  aResource('AWS::SQS::Queue', queueUrl(name), { QueueName: name, ...properties }, { Arn: queueArn(name) });

export const aFunction = (name: string, properties: Record<string, unknown> = {}): Resource =>
  aResource('AWS::Lambda::Function', name, {
    Handler: 'index.handler',
    Runtime: 'nodejs24.x',
    Role: `arn:aws:iam::${ACCOUNT}:role/${name}`,
    Code: { S3Bucket: 'assets', S3Key: `${name}.zip` },
    Timeout: 10,
    ...properties,
  });

export const aMapping = (functionName: string, sourceArn: string, properties: Record<string, unknown> = {}): Resource =>
  aResource('AWS::Lambda::EventSourceMapping', `${functionName}Mapping`, {
    FunctionName: functionName,
    EventSourceArn: sourceArn,
    ...properties,
  });

/** A table's changes in memory. */
export class FakeChangeLog implements ChangeLog {
  readonly records: StreamRecord[] = [];
  private readonly listeners = new Set<() => void>();
  private readonly now: () => number;

  constructor(now: () => number) {
    this.now = now;
  }

  streamArns(): string[] {
    return [STREAM];
  }

  async read(_stream: string, after: string | undefined, limit: number) {
    const from = after === undefined ? 0 : Number(after);
    const records = this.records.slice(from, from + limit);
    return { records, last: records.length === 0 ? after : String(from + records.length) };
  }

  onChange(_stream: string, listener: () => void): () => void {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }

  write(...changes: Array<{ pk: string; n: number; eventName?: StreamRecord['eventName'] }>): void {
    for (const { pk, n, eventName = 'INSERT' } of changes) {
      const number = this.records.length + 1;
      this.records.push({
        eventID: String(number),
        eventName,
        eventVersion: '1.1',
        eventSource: 'aws:dynamodb',
        awsRegion: REGION,
        eventSourceARN: STREAM,
        dynamodb: {
          ApproximateCreationDateTime: Math.floor(this.now() / 1000),
          Keys: { PK: { S: pk }, SK: { S: `n#${n}` } },
          NewImage: { PK: { S: pk }, SK: { S: `n#${n}` }, n: { N: String(n) } },
          SequenceNumber: String(1000 + number),
          SizeBytes: 10,
          StreamViewType: 'NEW_AND_OLD_IMAGES',
        },
      });
    }
    for (const listener of this.listeners) listener();
  }
}

export interface World {
  kernel: Kernel;
  aws: Aws;
  faults: Faults;
  meter: Meter;
  lambda: LambdaService;
  sqs: SqsService;
  changes: FakeChangeLog;
  calls: Array<{ service: string; operation: string; input: Record<string, unknown>; caller: Caller }>;
  said: string[];
  /** Invokes as root and gives the answer with its payload parsed. */
  invoke(
    name: string,
    event?: unknown,
    more?: Record<string, unknown>,
  ): Promise<{ answer: Record<string, unknown>; payload: unknown }>;
  send(queue: string, body: unknown, more?: Record<string, unknown>): Promise<Record<string, unknown>>;
  receive(queue: string, more?: Record<string, unknown>): Promise<Array<Record<string, unknown>>>;
  /** What handlers noted with `note(value)`, in order. */
  notes(): unknown[];
  advance(seconds: number): Promise<void>;
  stop(): Promise<void>;
}

export interface WorldOptions {
  resources?: Resource[];
  /** Handler bodies by function: the text of `index.js`, or files. `note(value)` is at hand. */
  code?: Record<string, string | Record<string, string>>;
  file?: string;
  assetDirectory?: (key: string) => string;
  changes?: FakeChangeLog;
  speed?: number;
  limits?: PoolLimits;
  services?: Record<string, (input: Record<string, unknown>, operation: string) => Record<string, unknown>>;
  /** Refuses a call by throwing. */
  check?: (caller: Caller, action: string) => void;
}

const NOTE = "const note = (value) => console.log('note ' + JSON.stringify(value));\n";

const assets = mkdtempSync(join(tmpdir(), 'lambda-test-'));
process.on('exit', () => rmSync(assets, { recursive: true, force: true }));
let worlds = 0;

const writeCode = (root: string, code: NonNullable<WorldOptions['code']>): void => {
  for (const [name, source] of Object.entries(code)) {
    const files = typeof source === 'string' ? { 'index.js': `${NOTE}${source}` } : source;
    for (const [path, content] of Object.entries(files)) {
      const target = join(root, name, path);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, content);
    }
  }
};

/** Lambda and SQS on a standing clock, with the template's resources given. */
export const aWorld = async (options: WorldOptions = {}): Promise<World> => {
  const root = join(assets, String(worlds++));
  writeCode(root, options.code ?? {});
  const resources = options.resources ?? [];
  const deployment: Deployment = {
    resources: (type) => resources.filter((one) => one.type === type),
    resource: (id) => resources.find((one) => one.logicalId === id),
    byArn: (arn) => resources.find((one) => one.attributes.Arn === arn || one.ref === arn),
    assetDirectory: options.assetDirectory ?? ((key) => join(root, key.replace('.zip', ''))),
  };
  const kernel = createKernel({
    start: START,
    speed: options.speed ?? 0,
    ...(options.file !== undefined && { file: options.file }),
  });
  const faults = new Faults();
  const meter = new Meter();
  const services = new Map<string, AwsService>();
  const calls: World['calls'] = [];
  const said: string[] = [];
  const aws: Aws = {
    call: async (service, operation, input, caller) => {
      calls.push({ service, operation, input, caller });
      const fault = faults.next(service, operation);
      if (fault?.kind === 'error') throw new AwsError(fault.code, 'Injected fault', 500);
      const fake = options.services?.[service];
      if (fake) return fake(input, operation);
      if (service === 'streams.dynamodb')
        return operation === 'DescribeStream' ? { StreamDescription: { Shards: [] } } : {};
      const found = services.get(service);
      if (!found) throw new AwsError('NotSupportedByLocalRuntime', `no ${service}`);
      const request = { operation, input, caller, requestId: crypto.randomUUID() };
      for (const { action } of found.permissions(request)) options.check?.(caller, action);
      return found.handle(request);
    },
  };
  const endpoint = () => 'http://127.0.0.1:1';
  const sqs = new SqsService({ kernel, aws, deployment, endpoint });
  const changes = options.changes ?? new FakeChangeLog(() => kernel.clock.now());
  const lambda = new LambdaService({
    ...{ kernel, aws, deployment, meter, faults, changeLog: changes, queues: sqs, endpoint },
    say: (line) => said.push(line),
    ...(options.limits && { limits: options.limits }),
  });
  services.set('sqs', sqs);
  services.set('lambda', lambda);
  await sqs.start();
  await lambda.start();
  await lambda.startMappings();
  return {
    ...{ kernel, aws, faults, meter, lambda, sqs, changes, calls, said },
    invoke: async (name, event, more) => {
      const input = { FunctionName: name, ...(event !== undefined && { Payload: JSON.stringify(event) }), ...more };
      const answer = await aws.call('lambda', 'Invoke', input, ROOT);
      return { answer, payload: answer.Payload ? JSON.parse(String(answer.Payload)) : undefined };
    },
    send: (queue, body, more) =>
      aws.call('sqs', 'SendMessage', { QueueUrl: queueUrl(queue), MessageBody: JSON.stringify(body), ...more }, ROOT),
    receive: async (queue, more) => {
      const input = { QueueUrl: queueUrl(queue), MaxNumberOfMessages: 10, ...more };
      const { Messages } = await aws.call('sqs', 'ReceiveMessage', input, ROOT);
      return Array.isArray(Messages) ? Messages : [];
    },
    notes: () =>
      lambda
        .logs()
        .flatMap(({ lines }) => lines)
        .flatMap((line) => line.match(/INFO\tnote (.*)$/)?.[1] ?? [])
        .map((text): unknown => JSON.parse(text)),
    advance: async (seconds) => {
      await kernel.timeMachine.moveTo(kernel.clock.now() + seconds * 1000);
    },
    stop: async () => {
      await lambda.stop();
      await sqs.stop();
      kernel.timers.stop();
      kernel.store.close();
    },
  };
};

export const aFile = (): string => join(mkdtempSync(join(assets, 'store-')), 'store.sqlite');
