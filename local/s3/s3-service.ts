import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
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
import { inputOf, refuse } from '../edge/input.ts';
import { type Say, sayOnStderr } from '../edge/say.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Deployment } from '../template/contract.ts';
import { Lifecycle } from './lifecycle.ts';
import { listPage } from './listing.ts';
import { type ObjectInfo, ObjectsTable } from './objects-table.ts';
import { readRange } from './range.ts';
import { readS3Request } from './request.ts';
import { s3Response } from './response.ts';

const bucket = { Bucket: z.string() };
const object = { ...bucket, Key: z.string().check(z.minLength(1), z.maxLength(1024)) };
const strings = z.record(z.string(), z.string());
const stored = {
  Headers: z.optional(strings),
  Metadata: z.optional(strings),
  ContentType: z.optional(z.string()),
};
const reading = {
  ...object,
  Range: z.optional(z.string()),
  IfMatch: z.optional(z.string()),
  IfNoneMatch: z.optional(z.string()),
  ChecksumMode: z.optional(z.string()),
};

const schemas = {
  ListBuckets: z.strictObject({}),
  CreateBucket: z.strictObject(bucket),
  HeadBucket: z.strictObject(bucket),
  DeleteBucket: z.strictObject(bucket),
  GetBucketLocation: z.strictObject(bucket),
  ListObjectsV2: z.strictObject({
    ...bucket,
    Prefix: z.optional(z.string()),
    Delimiter: z.optional(z.string()),
    MaxKeys: z.optional(z.number()),
    ContinuationToken: z.optional(z.string()),
    StartAfter: z.optional(z.string()),
    EncodingType: z.optional(z.string()),
  }),
  PutObject: z.strictObject({
    ...object,
    ...stored,
    Body: z.union([z.instanceof(Uint8Array), z.string()]),
    IfNoneMatch: z.optional(z.string()),
    Checksum: z.optional(z.object({ header: z.string(), value: z.string() })),
  }),
  GetObject: z.strictObject(reading),
  HeadObject: z.strictObject(reading),
  DeleteObject: z.strictObject(object),
  DeleteObjects: z.strictObject({ ...bucket, Keys: z.array(z.string()), Quiet: z.boolean() }),
  CopyObject: z.strictObject({
    ...object,
    ...stored,
    SourceBucket: z.string(),
    SourceKey: z.string(),
    Replace: z.boolean(),
  }),
};

const INVALID = 'InvalidArgument';

/** What each operation asks of IAM, on the bucket or the object. */
const ACTIONS: Record<string, string> = {
  CreateBucket: 's3:CreateBucket',
  HeadBucket: 's3:ListBucket',
  DeleteBucket: 's3:DeleteBucket',
  GetBucketLocation: 's3:GetBucketLocation',
  ListObjectsV2: 's3:ListBucket',
  PutObject: 's3:PutObject',
  GetObject: 's3:GetObject',
  HeadObject: 's3:GetObject',
  DeleteObject: 's3:DeleteObject',
};

const arn = (...parts: unknown[]): string => `arn:aws:s3:::${parts.join('/')}`;

/** S3 with path-style addressing; objects are rows and thus as durable as the acknowledgement says. */
export class S3Service implements AwsService {
  readonly name = 's3';
  readonly operations = Object.keys(schemas);
  private readonly kernel: Kernel;
  private readonly aws: Aws;
  private readonly deployment: Deployment;
  private readonly say: Say;
  private readonly table: ObjectsTable;
  private readonly lifecycle: Lifecycle;

  constructor({
    kernel,
    aws,
    deployment,
    say = sayOnStderr,
  }: { kernel: Kernel; aws: Aws; deployment: Deployment; say?: Say }) {
    this.kernel = kernel;
    this.aws = aws;
    this.deployment = deployment;
    this.say = say;
    this.table = new ObjectsTable(kernel.store);
    this.lifecycle = new Lifecycle(kernel, this.table, say);
  }

  async start(): Promise<void> {
    for (const resource of this.deployment.resources('AWS::S3::Bucket')) {
      this.table.addBucket(resource.ref, this.kernel.clock.now());
      this.lifecycle.add(resource);
      if (resource.properties.NotificationConfiguration) {
        this.say(`s3: notifications of ${resource.ref} are left out by the local runtime`);
      }
    }
    this.lifecycle.arm();
  }

  async stop(): Promise<void> {
    this.lifecycle.stop();
  }

  permissions({ operation, input }: AwsRequest): Permission[] {
    switch (operation) {
      case 'ListBuckets':
        return [{ action: 's3:ListAllMyBuckets', resource: '*' }];
      case 'DeleteObjects': {
        const keys = Array.isArray(input.Keys) ? input.Keys : [];
        return keys.map((key) => ({ action: 's3:DeleteObject', resource: arn(input.Bucket, key) }));
      }
      case 'CopyObject':
        return [
          { action: 's3:GetObject', resource: arn(input.SourceBucket, input.SourceKey) },
          { action: 's3:PutObject', resource: arn(input.Bucket, input.Key) },
        ];
      default: {
        const action = ACTIONS[operation] ?? `s3:${operation}`;
        const resource = input.Key === undefined ? arn(input.Bucket) : arn(input.Bucket, input.Key);
        const prefix = typeof input.Prefix === 'string' ? input.Prefix : '';
        return [{ action, resource, ...(operation === 'ListObjectsV2' && { context: { 's3:prefix': prefix } }) }];
      }
    }
  }

  /** The REST protocol: reads the request, passes the one door, and writes the answer. */
  async http(raw: RawRequest, caller: Caller): Promise<RawResponse> {
    const call = readS3Request(raw, this.kernel.clock.now());
    return s3Response(call, await this.aws.call('s3', call.operation, call.input, caller));
  }

  async handle(request: AwsRequest): Promise<Record<string, unknown>> {
    switch (request.operation) {
      case 'ListBuckets':
        return { Buckets: this.table.buckets() };
      case 'CreateBucket': {
        const { Bucket } = inputOf(schemas.CreateBucket, request, INVALID);
        this.table.addBucket(Bucket, this.kernel.clock.now());
        return { Location: `/${Bucket}` };
      }
      case 'HeadBucket':
        this.check(inputOf(schemas.HeadBucket, request, INVALID).Bucket);
        return {};
      case 'GetBucketLocation':
        this.check(inputOf(schemas.GetBucketLocation, request, INVALID).Bucket);
        return {};
      case 'DeleteBucket':
        return this.deleteBucket(inputOf(schemas.DeleteBucket, request, INVALID).Bucket);
      case 'ListObjectsV2': {
        const input = inputOf(schemas.ListObjectsV2, request, INVALID);
        this.check(input.Bucket);
        return { ...listPage(this.table, input), input };
      }
      case 'PutObject':
        return this.put(inputOf(schemas.PutObject, request, INVALID));
      case 'GetObject':
        return this.get(inputOf(schemas.GetObject, request, INVALID), true);
      case 'HeadObject':
        return this.get(inputOf(schemas.HeadObject, request, INVALID), false);
      case 'DeleteObject': {
        const { Bucket, Key } = inputOf(schemas.DeleteObject, request, INVALID);
        this.check(Bucket);
        this.table.remove(Bucket, Key);
        return {};
      }
      case 'DeleteObjects':
        return this.deleteObjects(inputOf(schemas.DeleteObjects, request, INVALID));
      case 'CopyObject':
        return this.copy(inputOf(schemas.CopyObject, request, INVALID));
      default:
        throw refuse(`s3 ${request.operation}`);
    }
  }

  private check(name: string): void {
    if (!this.table.hasBucket(name)) throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', 404);
  }

  private find(name: string, key: string): ObjectInfo {
    this.check(name);
    const info = this.table.info(name, key);
    if (!info) throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404);
    return info;
  }

  private put(input: z.output<typeof schemas.PutObject>): Record<string, unknown> {
    this.check(input.Bucket);
    if (input.IfNoneMatch === '*' && this.table.info(input.Bucket, input.Key)) {
      throw new AwsError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412);
    }
    const body = Buffer.from(input.Body);
    const now = this.kernel.clock.now();
    const info: ObjectInfo = {
      bucket: input.Bucket,
      key: input.Key,
      size: body.length,
      etag: createHash('md5').update(body).digest('hex'),
      modifiedAt: now,
      expiresAt: this.lifecycle.expiry(input.Bucket, input.Key, now),
      headers: { 'content-type': input.ContentType ?? 'binary/octet-stream', ...input.Headers },
      metadata: input.Metadata ?? {},
      checksum: input.Checksum,
    };
    this.table.put(info, body);
    this.lifecycle.arm();
    return { ETag: `"${info.etag}"`, ...(info.checksum && { Checksum: info.checksum }) };
  }

  private get(input: z.output<typeof schemas.GetObject>, withBody: boolean): Record<string, unknown> {
    const info = this.find(input.Bucket, input.Key);
    const etag = `"${info.etag}"`;
    if (input.IfMatch !== undefined && input.IfMatch !== '*' && input.IfMatch !== etag) {
      throw new AwsError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412);
    }
    if (input.IfNoneMatch === '*' || input.IfNoneMatch === etag) return { NotModified: true, Info: info };
    const range = readRange(input.Range, info.size);
    const whole = withBody ? this.table.body(input.Bucket, input.Key) : undefined;
    return {
      Info: info,
      ...(range && { Range: range }),
      ...(whole && { Body: range ? whole.subarray(range.first, range.last + 1) : whole }),
      ...(input.ChecksumMode === 'ENABLED' && !range && info.checksum && { Checksum: info.checksum }),
    };
  }

  private deleteBucket(name: string): Record<string, unknown> {
    this.check(name);
    if (this.table.list(name, '').length > 0) {
      throw new AwsError('BucketNotEmpty', 'The bucket you tried to delete is not empty', 409);
    }
    this.table.removeBucket(name);
    return {};
  }

  private deleteObjects(input: z.output<typeof schemas.DeleteObjects>): Record<string, unknown> {
    this.check(input.Bucket);
    for (const key of input.Keys) this.table.remove(input.Bucket, key);
    return { Deleted: input.Quiet ? [] : input.Keys };
  }

  private copy(input: z.output<typeof schemas.CopyObject>): Record<string, unknown> {
    const source = this.find(input.SourceBucket, input.SourceKey);
    const { 'content-type': type, ...headers } = source.headers;
    const kept = { ContentType: type, Headers: headers, Metadata: source.metadata };
    const given = { ContentType: input.ContentType, Headers: input.Headers, Metadata: input.Metadata };
    const copied = this.put({
      Bucket: input.Bucket,
      Key: input.Key,
      Body: new Uint8Array(this.table.body(input.SourceBucket, input.SourceKey)),
      Checksum: source.checksum,
      ...(input.Replace ? given : kept),
    });
    return { ...copied, LastModified: new Date(this.kernel.clock.now()) };
  }
}
