import { createHash } from 'node:crypto';
import type * as z from 'zod/mini';
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
import { callerOf } from '../iam/credentials.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Deployment } from '../template/contract.ts';
import { type CorsRule, corsHeaders, corsRulesOf, preflight } from './cross-origin.ts';
import { Lifecycle } from './lifecycle.ts';
import { listPage } from './listing.ts';
import { type ObjectInfo, ObjectsTable } from './objects-table.ts';
import { INVALID, permissionsOf, schemas } from './operations.ts';
import { isPostedForm, postedAnswer, readPostedFile } from './post-form.ts';
import { readRange } from './range.ts';
import { addressOf, readS3Request } from './request.ts';
import { s3Response } from './response.ts';
import { refuseAnonymous } from './signature-v4.ts';

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
  private readonly cors = new Map<string, readonly CorsRule[]>();

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
      this.cors.set(resource.ref, corsRulesOf(resource));
      if (resource.properties.NotificationConfiguration) {
        this.say(`s3: notifications of ${resource.ref} are left out by the local runtime`);
      }
    }
    this.lifecycle.arm();
  }

  async stop(): Promise<void> {
    this.lifecycle.stop();
  }

  permissions(request: AwsRequest): Permission[] {
    return permissionsOf(request);
  }

  /** The REST protocol: reads the request, passes the one door, and writes the answer. */
  async http(raw: RawRequest, caller: Caller): Promise<RawResponse> {
    const { bucket: name } = addressOf(raw);
    const cors = this.cors.get(name) ?? [];
    if (raw.method === 'OPTIONS') return preflight(cors, raw);
    const answer = isPostedForm(raw) ? await this.posted(raw, name) : await this.signed(raw, caller);
    return { ...answer, headers: { ...answer.headers, ...corsHeaders(cors, raw) } };
  }

  /** A browser's form: who may do it is whoever signed its policy. */
  private async posted(raw: RawRequest, name: string): Promise<RawResponse> {
    const file = await readPostedFile(raw, name, this.kernel.clock.now());
    const { ETag } = await this.aws.call('s3', 'PutObject', file.input, callerOf(file.accessKeyId));
    return postedAnswer(file, String(ETag));
  }

  private async signed(raw: RawRequest, caller: Caller): Promise<RawResponse> {
    const call = readS3Request(raw, this.kernel.clock.now());
    refuseAnonymous(raw);
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
      case 'GetObjectTagging': {
        const { Bucket, Key } = inputOf(schemas.GetObjectTagging, request, INVALID);
        return { Tags: this.find(Bucket, Key).tags };
      }
      case 'PutObjectTagging': {
        const { Bucket, Key, Tags } = inputOf(schemas.PutObjectTagging, request, INVALID);
        return this.tag(this.find(Bucket, Key), Tags);
      }
      case 'DeleteObjectTagging': {
        const { Bucket, Key } = inputOf(schemas.DeleteObjectTagging, request, INVALID);
        return this.tag(this.find(Bucket, Key), {});
      }
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
      expiresAt: this.lifecycle.expiry(input.Bucket, input.Key, input.Tags ?? {}, now),
      headers: { 'content-type': input.ContentType ?? 'binary/octet-stream', ...input.Headers },
      metadata: input.Metadata ?? {},
      checksum: input.Checksum,
      tags: input.Tags ?? {},
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

  /** The lifecycle counts from when the object was written, whichever tags it had then. */
  private tag(info: ObjectInfo, tags: Record<string, string>): Record<string, unknown> {
    const expiresAt = this.lifecycle.expiry(info.bucket, info.key, tags, info.modifiedAt);
    this.table.tag({ ...info, tags, expiresAt });
    this.lifecycle.arm();
    return {};
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
      Tags: source.tags,
      ...(input.Replace ? given : kept),
    });
    return { ...copied, LastModified: new Date(this.kernel.clock.now()) };
  }
}
