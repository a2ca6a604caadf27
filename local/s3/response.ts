import type { RawResponse } from '../aws/contract.ts';
import { escapeXml } from '../aws/xml.ts';
import type { Checksum } from './checksum.ts';
import type { ListInput, Listing } from './listing.ts';
import type { ObjectInfo } from './objects-table.ts';
import type { S3Call } from './request.ts';
import { tagSet } from './tagging.ts';

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

const element = (name: string, value: string | number | boolean | undefined): string =>
  value === undefined ? '' : `<${name}>${escapeXml(String(value))}</${name}>`;

const xml = (root: string, content: string): RawResponse => ({
  status: 200,
  headers: { 'content-type': 'application/xml' },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="${NAMESPACE}">${content}</${root}>`,
});

const iso = (epochMs: number): string => new Date(epochMs).toISOString();

/** Outputs of the service by operation: its own shapes, which only this writer reads. */
interface Outputs {
  Buckets: Array<{ name: string; createdAt: number }>;
  Info: ObjectInfo;
  Range: { first: number; last: number };
  Body: Buffer;
  Checksum: Checksum;
  Deleted: string[];
  ETag: string;
  LastModified: Date;
  NotModified: boolean;
  Tags: Record<string, string>;
  input: ListInput & { EncodingType?: string };
}

const infoHeaders = (info: ObjectInfo): Record<string, string> => ({
  etag: `"${info.etag}"`,
  'last-modified': new Date(info.modifiedAt).toUTCString(),
  'accept-ranges': 'bytes',
  ...info.headers,
  ...Object.fromEntries(Object.entries(info.metadata).map(([name, value]) => [`x-amz-meta-${name}`, value])),
});

const objectAnswer = (call: S3Call, output: Partial<Outputs>): RawResponse => {
  const { Info, Range, Body, Checksum: checksum, NotModified } = output;
  if (!Info) throw new Error(`${call.operation} gave no object`);
  const headers = { ...infoHeaders(Info), ...(checksum && { [checksum.header]: checksum.value }), ...call.overrides };
  if (NotModified) return { status: 304, headers, body: '' };
  const length = Range ? Range.last - Range.first + 1 : Info.size;
  return {
    status: Range ? 206 : 200,
    headers: {
      ...headers,
      'content-length': String(length),
      ...(Range && { 'content-range': `bytes ${Range.first}-${Range.last}/${Info.size}` }),
    },
    body: Body ?? '',
  };
};

const listAnswer = (output: Partial<Outputs> & Partial<Listing>): RawResponse => {
  const { input, objects = [], commonPrefixes = [], next } = output;
  const coded = (text: string | undefined): string | undefined =>
    text !== undefined && input?.EncodingType === 'url' ? encodeURIComponent(text).replaceAll('%2F', '/') : text;
  const contents = objects.map(
    (info) =>
      `<Contents>${element('Key', coded(info.key))}${element('LastModified', iso(info.modifiedAt))}${element('ETag', `"${info.etag}"`)}${element('Size', info.size)}<StorageClass>STANDARD</StorageClass></Contents>`,
  );
  const prefixes = commonPrefixes.map(
    (prefix) => `<CommonPrefixes>${element('Prefix', coded(prefix))}</CommonPrefixes>`,
  );
  return xml(
    'ListBucketResult',
    [
      element('Name', input?.Bucket),
      element('Prefix', coded(input?.Prefix ?? '')),
      element('Delimiter', coded(input?.Delimiter)),
      element('StartAfter', coded(input?.StartAfter)),
      element('ContinuationToken', input?.ContinuationToken),
      element('NextContinuationToken', next),
      element('KeyCount', objects.length + commonPrefixes.length),
      element('MaxKeys', input?.MaxKeys ?? 1000),
      element('EncodingType', input?.EncodingType),
      element('IsTruncated', next !== undefined),
      ...contents,
      ...prefixes,
    ].join(''),
  );
};

/** Writes the answer to a call as S3 does. */
export const s3Response = (call: S3Call, output: Partial<Outputs> & Partial<Listing>): RawResponse => {
  switch (call.operation) {
    case 'ListBuckets': {
      const buckets = (output.Buckets ?? []).map(
        ({ name, createdAt }) => `<Bucket>${element('Name', name)}${element('CreationDate', iso(createdAt))}</Bucket>`,
      );
      return xml('ListAllMyBucketsResult', `<Buckets>${buckets.join('')}</Buckets>`);
    }
    case 'GetBucketLocation':
      return xml('LocationConstraint', '');
    case 'ListObjectsV2':
      return listAnswer(output);
    case 'GetObject':
    case 'HeadObject':
      return objectAnswer(call, output);
    case 'DeleteObjects': {
      const deleted = (output.Deleted ?? []).map((key) => `<Deleted>${element('Key', key)}</Deleted>`);
      return xml('DeleteResult', deleted.join(''));
    }
    case 'CopyObject': {
      const at = element('LastModified', output.LastModified?.toISOString());
      return xml('CopyObjectResult', `${at}${element('ETag', output.ETag)}`);
    }
    case 'PutObject': {
      const { Checksum: checksum, ETag } = output;
      const headers = { ...(ETag && { etag: ETag }), ...(checksum && { [checksum.header]: checksum.value }) };
      return { status: 200, headers, body: '' };
    }
    case 'GetObjectTagging':
      return xml('Tagging', tagSet(output.Tags ?? {}));
    case 'DeleteObjectTagging':
    case 'DeleteObject':
    case 'DeleteBucket':
      return { status: 204, headers: {}, body: '' };
    default:
      return { status: 200, headers: {}, body: '' };
  }
};
