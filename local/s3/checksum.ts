import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { AwsError } from '../aws/contract.ts';

/** A checksum as its header names it, e.g. `x-amz-checksum-crc32`. */
export interface Checksum {
  header: string;
  value: string;
}

const crc32Base64 = (body: Buffer): string => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(body));
  return bytes.toString('base64');
};

const ALGORITHMS: Record<string, (body: Buffer) => string> = {
  'x-amz-checksum-crc32': crc32Base64,
  'x-amz-checksum-sha1': (body) => createHash('sha1').update(body).digest('base64'),
  'x-amz-checksum-sha256': (body) => createHash('sha256').update(body).digest('base64'),
};

const HEADER = /^x-amz-checksum-(crc32|crc32c|crc64nvme|sha1|sha256)$/;

/**
 * Checks what the sender says of the body, in a header or a trailer, and returns the checksum to keep. CRC-32C and
 * CRC-64/NVME are kept as they were sent.
 */
export const verified = (headers: Record<string, string>, body: Buffer): Checksum | undefined => {
  const md5 = headers['content-md5'];
  if (md5 !== undefined && md5 !== createHash('md5').update(body).digest('base64')) {
    throw new AwsError('BadDigest', 'The Content-MD5 you specified did not match what we received.');
  }
  const header = Object.keys(headers).find((name) => HEADER.test(name));
  if (!header) return undefined;
  const value = headers[header] ?? '';
  const own = ALGORITHMS[header]?.(body) ?? value;
  if (own === value) return { header, value };
  throw new AwsError(
    'BadDigest',
    `The ${header.slice(15).toUpperCase()} you specified did not match the calculated checksum.`,
  );
};
