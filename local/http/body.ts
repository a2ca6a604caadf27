import type { IncomingMessage } from 'node:http';

/** Reads a body of at most `limit` bytes; undefined when it is larger (the rest is read and thrown away). */
export const readBody = async (request: IncomingMessage, limit: number): Promise<Buffer | undefined> => {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    const bytes = Buffer.isBuffer(part) ? part : Buffer.from(part);
    size += bytes.length;
    if (size <= limit) parts.push(bytes);
    else parts.length = 0;
  }
  return size > limit ? undefined : Buffer.concat(parts);
};
