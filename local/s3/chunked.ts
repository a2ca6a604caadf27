import { AwsError } from '../aws/contract.ts';

export interface Decoded {
  body: Buffer;
  /** Trailing headers, lower-case, e.g. a checksum. */
  trailers: Record<string, string>;
}

const incomplete = (): AwsError => new AwsError('IncompleteBody', 'The request body terminated unexpectedly', 400);

const lineAt = (raw: Buffer, from: number): { line: string; next: number } => {
  const end = raw.indexOf('\r\n', from);
  if (end < 0) throw incomplete();
  return { line: raw.toString('latin1', from, end), next: end + 2 };
};

/** Undoes the `aws-chunked` content encoding (S3 User Guide, "Signature calculations: transferring payload in chunks"). */
export const decodeChunked = (raw: Buffer): Decoded => {
  const parts: Buffer[] = [];
  let at = 0;
  for (;;) {
    const { line, next } = lineAt(raw, at);
    const size = Number.parseInt(line.split(';')[0] ?? '', 16);
    if (Number.isNaN(size)) throw incomplete();
    if (size === 0) {
      at = next;
      break;
    }
    if (next + size + 2 > raw.length) throw incomplete();
    parts.push(raw.subarray(next, next + size));
    at = next + size + 2;
  }
  const trailers: Record<string, string> = {};
  for (const line of raw.toString('latin1', at).split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) trailers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim();
  }
  return { body: Buffer.concat(parts), trailers };
};
