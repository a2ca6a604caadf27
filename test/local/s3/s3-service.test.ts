import { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { decodeChunked } from '../../../local/s3/chunked.ts';
import { S3Service } from '../../../local/s3/s3-service.ts';
import { aDeployment, aRig, type Rig, START, sdk } from '../edge/rig.ts';

const DAY = 86_400_000;
const Bucket = 'mail';

describe('objects by the SDK', () => {
  let rig: Rig;
  let endpoint: string;
  let client: S3Client;

  beforeEach(async () => {
    rig = aRig();
    const deployment = aDeployment({
      type: 'AWS::S3::Bucket',
      ref: Bucket,
      properties: { LifecycleConfiguration: { Rules: [{ Status: 'Enabled', Prefix: 'in/', ExpirationInDays: 2 }] } },
    });
    const service = new S3Service({ kernel: rig.kernel, aws: rig.aws, deployment, say: rig.say });
    rig.aws.register(service);
    await service.start();
    endpoint = await rig.serve();
    client = new S3Client({ ...sdk(endpoint), forcePathStyle: true });
  });

  afterEach(() => rig.close());

  const text = async (Key: string, Range?: string) => {
    const got = await client.send(new GetObjectCommand({ Bucket, Key, ...(Range && { Range }) }));
    return { ...got, text: await got.Body?.transformToString() };
  };

  test('come back as they were put: bytes, type, metadata, MD5 as ETag', async () => {
    const put = await client.send(
      new PutObjectCommand({
        Bucket,
        Key: 'a/سلام +1.txt',
        Body: 'hello',
        ContentType: 'text/plain',
        Metadata: { by: 'me' },
      }),
    );

    const got = await text('a/سلام +1.txt');
    expect(put.ETag).toBe('"5d41402abc4b2a76b9719d911017c592"');
    expect(got.text).toBe('hello');
    expect(got).toMatchObject({ ContentType: 'text/plain', Metadata: { by: 'me' }, ETag: put.ETag, ContentLength: 5 });
    expect(got.LastModified?.getTime()).toBe(START);
  });

  test('are read in ranges from either end, and refused behind the end', async () => {
    await client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: '0123456789' }));

    const middle = await text('k', 'bytes=2-4');
    const end = await text('k', 'bytes=-3');
    const behind = text('k', 'bytes=10-');
    expect(middle).toMatchObject({ text: '234', ContentRange: 'bytes 2-4/10' });
    expect(end.text).toBe('789');
    await expect(behind).rejects.toMatchObject({ name: 'InvalidRange' });
  });

  test('that are missing are NoSuchKey, a missing bucket is NoSuchBucket, and HEAD is 404', async () => {
    const outcomes = await Promise.allSettled([
      text('none'),
      client.send(new PutObjectCommand({ Bucket: 'none', Key: 'k', Body: 'x' })),
      client.send(new HeadObjectCommand({ Bucket, Key: 'none' })),
      client.send(new HeadBucketCommand({ Bucket: 'none' })),
    ]);

    const names = outcomes.map((outcome) => outcome.status === 'rejected' && outcome.reason.name);
    expect(names).toEqual(['NoSuchKey', 'NoSuchBucket', 'NotFound', 'NotFound']);
  });

  test('are listed in key order, by prefix, grouped at a delimiter, page by page', async () => {
    for (const Key of ['a/1', 'a/2', 'b', 'c/1', 'd&'])
      await client.send(new PutObjectCommand({ Bucket, Key, Body: Key }));

    const first = await client.send(new ListObjectsV2Command({ Bucket, Delimiter: '/', MaxKeys: 2 }));
    const second = await client.send(
      new ListObjectsV2Command({ Bucket, Delimiter: '/', ContinuationToken: first.NextContinuationToken }),
    );
    const under = await client.send(new ListObjectsV2Command({ Bucket, Prefix: 'a/' }));
    expect(first.CommonPrefixes).toEqual([{ Prefix: 'a/' }]);
    expect(first.Contents?.map(({ Key }) => Key)).toEqual(['b']);
    expect(second.CommonPrefixes).toEqual([{ Prefix: 'c/' }]);
    expect(second.Contents?.map(({ Key }) => Key)).toEqual(['d&']);
    expect(second.IsTruncated).toBe(false);
    expect(under.Contents?.map(({ Key }) => Key)).toEqual(['a/1', 'a/2']);
  });

  test('are copied with their metadata and deleted one by one or many at once', async () => {
    await client.send(new PutObjectCommand({ Bucket, Key: 'one', Body: 'x', Metadata: { kept: 'yes' } }));
    await client.send(new CopyObjectCommand({ Bucket, Key: 'two', CopySource: `${Bucket}/one` }));
    await client.send(new CreateBucketCommand({ Bucket: 'other' }));

    const copy = await client.send(new HeadObjectCommand({ Bucket, Key: 'two' }));
    await client.send(new DeleteObjectCommand({ Bucket, Key: 'one' }));
    const gone = await client.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'two' }, { Key: 'never' }] } }),
    );
    const left = await client.send(new ListObjectsV2Command({ Bucket }));
    const buckets = await client.send(new ListBucketsCommand({}));
    expect(copy.Metadata).toEqual({ kept: 'yes' });
    expect(gone.Deleted).toHaveLength(2);
    expect(left.KeyCount).toBe(0);
    expect(buckets.Buckets?.map(({ Name }) => Name)).toEqual(['mail', 'other']);
  });

  test('sent as a stream in chunks with a trailing checksum come back whole', async () => {
    const parts = Array.from({ length: 50 }, (_, n) => Buffer.alloc(10_000, n));
    const Body = Readable.from(parts);

    const put = await client.send(
      new PutObjectCommand({ Bucket, Key: 'k', Body, ContentLength: 500_000, ChecksumAlgorithm: 'CRC32' }),
    );

    const got = await client.send(new GetObjectCommand({ Bucket, Key: 'k', ChecksumMode: 'ENABLED' }));
    expect(Buffer.from((await got.Body?.transformToByteArray()) ?? [])).toEqual(Buffer.concat(parts));
    expect(got.ChecksumCRC32).toBe(put.ChecksumCRC32);
    expect(got.ChecksumCRC32).toMatch(/^[A-Za-z0-9+/]{6}==$/);
  });

  test('with a name that cannot be decoded are a bad request', async () => {
    const answer = await fetch(`${endpoint}/${Bucket}/%E0%A4%A`);

    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('InvalidURI');
  });

  test('with a checksum that is not theirs are refused', async () => {
    const put = client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x', ChecksumSHA256: 'AAAA' }));

    await expect(put).rejects.toMatchObject({ name: 'BadDigest' });
  });

  test('expire at the midnight after their days', async () => {
    await client.send(new PutObjectCommand({ Bucket, Key: 'in/1', Body: 'x' }));
    await client.send(new PutObjectCommand({ Bucket, Key: 'kept', Body: 'x' }));

    await rig.kernel.timeMachine.moveTo(START + 2 * DAY);
    const before = (await client.send(new ListObjectsV2Command({ Bucket }))).KeyCount;
    await rig.kernel.timeMachine.moveTo(START + 3 * DAY);

    const after = await client.send(new ListObjectsV2Command({ Bucket }));
    expect(before).toBe(2);
    expect(after.Contents?.map(({ Key }) => Key)).toEqual(['kept']);
  });

  test('are served by presigned links until they expire', async () => {
    await client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }));
    const link = (signedAt: string) =>
      fetch(
        `${endpoint}/${Bucket}/k?X-Amz-Credential=AKID/20261122/us-east-1/s3/aws4_request&X-Amz-Date=${signedAt}&X-Amz-Expires=60&X-Amz-Signature=00`,
      );

    const fresh = await link('20261122T090000Z');
    const old = await link('20261122T085859Z');
    expect(await fresh.text()).toBe('x');
    expect(old.status).toBe(403);
    expect(await old.text()).toContain('<Code>AccessDenied</Code>');
  });

  test('with a part of S3 that is missing here are refused by name', async () => {
    const answer = await fetch(`${endpoint}/${Bucket}/k?uploads`, { method: 'POST' });

    expect(await answer.text()).toContain('uploads');
    expect(answer.status).toBe(400);
  });
});

test('a chunked body is put together and its trailer read', () => {
  const raw = Buffer.from('5;chunk-signature=ab\r\nhello\r\n1\r\n!\r\n0\r\nx-amz-checksum-crc32: AAAA\r\n\r\n');

  const decoded = decodeChunked(raw);

  expect(decoded.body.toString()).toBe('hello!');
  expect(decoded.trailers).toEqual({ 'x-amz-checksum-crc32': 'AAAA' });
});
