import { XMLParser } from 'fast-xml-parser';
import * as z from 'zod/mini';
import { AwsError, type RawRequest } from '../aws/contract.ts';
import { refuse } from '../edge/input.ts';
import { type Checksum, verified } from './checksum.ts';
import { decodeChunked } from './chunked.ts';
import { checkPresigned } from './signature-v4.ts';
import { readTagging } from './tagging.ts';

/** An S3 operation read from a REST request. */
export interface S3Call {
  operation: string;
  input: Record<string, unknown>;
  /** `response-content-type` and its like of a presigned link: headers to answer with. */
  overrides: Record<string, string>;
}

const STORED_HEADERS = ['content-type', 'cache-control', 'content-disposition', 'content-language', 'expires'];
const OVERRIDES = ['content-type', 'content-language', 'expires', 'cache-control', 'content-disposition'];
const PLAIN_QUERY =
  /^(x-id|list-type|prefix|delimiter|max-keys|continuation-token|start-after|encoding-type|fetch-owner|delete|location|tagging|response-.*|x-amz-.*)$/i;

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new AwsError('InvalidURI', "Couldn't parse the specified URI.", 400);
  }
};

/** Bucket and key of a path-style request; empty where the path names none. */
export const addressOf = (raw: RawRequest): { bucket: string; key: string } => {
  const host = (raw.headers.host ?? '').replace(/:\d+$/, '');
  if (!/^(127\.0\.0\.1|localhost|\[::1\]|)$/.test(host)) {
    throw refuse(`the bucket in the host name ${host}: use path-style addressing (forcePathStyle) and 127.0.0.1`);
  }
  const [, bucket = '', ...rest] = raw.path.split('/');
  return { bucket: decoded(bucket), key: decoded(rest.join('/')) };
};

const bodyOf = (raw: RawRequest): { body: Buffer; checksum: Checksum | undefined } => {
  const chunked =
    (raw.headers['content-encoding'] ?? '').split(',').some((part) => part.trim() === 'aws-chunked') ||
    (raw.headers['x-amz-content-sha256'] ?? '').startsWith('STREAMING-');
  const { body, trailers } = chunked ? decodeChunked(raw.body) : { body: raw.body, trailers: {} };
  return { body, checksum: verified({ ...raw.headers, ...trailers }, body) };
};

const storedOf = (raw: RawRequest): Record<string, unknown> => {
  const { 'content-type': type, ...headers } = Object.fromEntries(
    STORED_HEADERS.flatMap((name) => (raw.headers[name] === undefined ? [] : [[name, raw.headers[name]]])),
  );
  const encoding = (raw.headers['content-encoding'] ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== 'aws-chunked' && part !== '')
    .join(',');
  const metadata = Object.entries(raw.headers).flatMap(([name, value]) =>
    name.startsWith('x-amz-meta-') ? [[name.slice('x-amz-meta-'.length), value]] : [],
  );
  return {
    ...(type !== undefined && { ContentType: type }),
    Headers: { ...headers, ...(encoding !== '' && { 'content-encoding': encoding }) },
    Metadata: Object.fromEntries(metadata),
  };
};

const deletion = z.object({
  Delete: z.object({
    Quiet: z.optional(z.string()),
    Object: z.array(z.object({ Key: z.string() })),
  }),
});

const deleteInput = (raw: RawRequest): Record<string, unknown> => {
  const parser = new XMLParser({ parseTagValue: false, trimValues: false, isArray: (name) => name === 'Object' });
  const read = deletion.safeParse(parser.parse(raw.body.toString('utf8')));
  if (!read.success) throw new AwsError('MalformedXML', 'The XML you provided was not well-formed', 400);
  const { Quiet, Object: objects } = read.data.Delete;
  return { Keys: objects.map((each) => each.Key), Quiet: Quiet === 'true' };
};

const copyInput = (raw: RawRequest, source: string): Record<string, unknown> => {
  const [bucket = '', ...rest] = decoded(source.replace(/^\//, '')).split('/');
  if (rest.join('/').includes('?versionId=')) throw refuse('versions in x-amz-copy-source');
  const replace = raw.headers['x-amz-metadata-directive'] === 'REPLACE';
  return { SourceBucket: bucket, SourceKey: rest.join('/'), Replace: replace, ...(replace && storedOf(raw)) };
};

const listInput = (query: URLSearchParams): Record<string, unknown> => {
  const members = {
    Prefix: query.get('prefix'),
    Delimiter: query.get('delimiter'),
    ContinuationToken: query.get('continuation-token'),
    StartAfter: query.get('start-after'),
    EncodingType: query.get('encoding-type'),
  };
  const maxKeys = query.get('max-keys');
  const given = Object.entries(members).filter(([, value]) => value !== null && value !== '');
  return { ...Object.fromEntries(given), ...(maxKeys !== null && { MaxKeys: Number(maxKeys) }) };
};

const onBucket = (raw: RawRequest, Bucket: string): [string, Record<string, unknown>] => {
  const { method, query } = raw;
  if (method === 'GET' && query.has('location')) return ['GetBucketLocation', { Bucket }];
  if (method === 'GET' && query.get('list-type') === '2') return ['ListObjectsV2', { Bucket, ...listInput(query) }];
  if (method === 'GET') throw refuse('s3 ListObjects (version 1): use ListObjectsV2');
  if (method === 'POST' && query.has('delete')) return ['DeleteObjects', { Bucket, ...deleteInput(raw) }];
  if (method === 'PUT') return ['CreateBucket', { Bucket }];
  if (method === 'HEAD') return ['HeadBucket', { Bucket }];
  if (method === 'DELETE') return ['DeleteBucket', { Bucket }];
  throw refuse(`s3 ${method} of a bucket`);
};

const onTagging = (raw: RawRequest, address: { Bucket: string; Key: string }): [string, Record<string, unknown>] => {
  switch (raw.method) {
    case 'GET':
      return ['GetObjectTagging', address];
    case 'PUT':
      return ['PutObjectTagging', { ...address, Tags: readTagging(raw.body.toString('utf8')) }];
    case 'DELETE':
      return ['DeleteObjectTagging', address];
    default:
      throw refuse(`s3 ${raw.method} of tags`);
  }
};

const onObject = (raw: RawRequest, address: { Bucket: string; Key: string }): [string, Record<string, unknown>] => {
  const { method, headers } = raw;
  if (raw.query.has('tagging')) return onTagging(raw, address);
  const source = headers['x-amz-copy-source'];
  if (method === 'PUT' && source !== undefined) return ['CopyObject', { ...address, ...copyInput(raw, source) }];
  if (method === 'PUT') {
    const { body, checksum } = bodyOf(raw);
    const condition = headers['if-none-match'];
    return [
      'PutObject',
      {
        ...address,
        ...storedOf(raw),
        Body: body,
        ...(condition !== undefined && { IfNoneMatch: condition }),
        ...(checksum && { Checksum: checksum }),
      },
    ];
  }
  if (method === 'DELETE') return ['DeleteObject', address];
  if (method !== 'GET' && method !== 'HEAD') throw refuse(`s3 ${method} of an object`);
  const members: Record<string, string | undefined> = {
    Range: headers.range,
    IfMatch: headers['if-match'],
    IfNoneMatch: headers['if-none-match'],
    ChecksumMode: headers['x-amz-checksum-mode'],
  };
  const given = Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
  return [method === 'GET' ? 'GetObject' : 'HeadObject', { ...address, ...given }];
};

/** Reads an S3 REST request (path style). Sub-resources the runtime lacks are refused by name. */
export const readS3Request = (raw: RawRequest, now: number): S3Call => {
  const { bucket, key } = addressOf(raw);
  const unknown = [...raw.query.keys()].filter((name) => !PLAIN_QUERY.test(name));
  if (unknown.length > 0) throw refuse(`s3 ${raw.method} with ?${unknown.join('&')}`);
  checkPresigned(raw, now);
  const [operation, input] =
    bucket === ''
      ? ['ListBuckets', {}]
      : key === ''
        ? onBucket(raw, bucket)
        : onObject(raw, { Bucket: bucket, Key: key });
  const overrides = OVERRIDES.flatMap((name) => {
    const value = raw.query.get(`response-${name}`);
    return value === null ? [] : [[name, value]];
  });
  return { operation, input, overrides: Object.fromEntries(overrides) };
};
