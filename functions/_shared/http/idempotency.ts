import { createHash } from 'node:crypto';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { Problem } from '../problem.ts';

/** The request's `Idempotency-Key`, if it has one. Throws 400 for one that cannot be kept. */
export const idempotencyKeyIn = ({ headers }: Pick<APIGatewayProxyEventV2, 'headers'>): string | undefined => {
  const key = headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (!/^[\x20-\x7e]{1,255}$/.test(key) || key.trim() === '')
    throw new Problem(400, 'Idempotency-Key has to be 1 to 255 printable ASCII characters.');
  return key;
};

/** The key under which the request is stored, e.g. `http#5f…`; undefined without an `Idempotency-Key`. Throws 400 likewise. */
export const requestKeyOf = (event: Pick<APIGatewayProxyEventV2, 'headers'>): string | undefined => {
  const key = idempotencyKeyIn(event);
  return key === undefined ? undefined : `http#${sha256(key)}`;
};

/** Equal values have equal hashes, in whatever order their fields were written. */
export const hashOfBody = (body: unknown): string => sha256(JSON.stringify(sorted(body)));

export const usedBefore = (): Problem => new Problem(409, 'This Idempotency-Key was used before, with another body.');

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, field]) => [key, sorted(field)]);
};
