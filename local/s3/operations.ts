import * as z from 'zod/mini';
import type { AwsRequest, Permission } from '../aws/contract.ts';

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

/** Input of each operation that the runtime carries out. */
export const schemas = {
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
    Tags: z.optional(strings),
  }),
  GetObjectTagging: z.strictObject(object),
  PutObjectTagging: z.strictObject({ ...object, Tags: strings }),
  DeleteObjectTagging: z.strictObject(object),
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

export const INVALID = 'InvalidArgument';

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
  GetObjectTagging: 's3:GetObjectTagging',
  PutObjectTagging: 's3:PutObjectTagging',
  DeleteObjectTagging: 's3:DeleteObjectTagging',
};

const arn = (...parts: unknown[]): string => `arn:aws:s3:::${parts.join('/')}`;

/** What the caller's role must allow. */
export const permissionsOf = ({ operation, input }: AwsRequest): Permission[] => {
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
    case 'PutObject': {
      const resource = arn(input.Bucket, input.Key);
      const tagged = input.Tags === undefined ? [] : [{ action: 's3:PutObjectTagging', resource }];
      return [{ action: 's3:PutObject', resource }, ...tagged];
    }
    default: {
      const action = ACTIONS[operation] ?? `s3:${operation}`;
      const resource = input.Key === undefined ? arn(input.Bucket) : arn(input.Bucket, input.Key);
      const prefix = typeof input.Prefix === 'string' ? input.Prefix : '';
      return [{ action, resource, ...(operation === 'ListObjectsV2' && { context: { 's3:prefix': prefix } }) }];
    }
  }
};
