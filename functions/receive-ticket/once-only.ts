import { createHash } from 'node:crypto';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import { DAY, type Instant, plus } from '../../domain/support/time.ts';
import type { RequestRecord } from '../../domain/ticket/change.ts';
import { Problem } from '../_shared/problem.ts';

/** How long the answer to a key is kept. */
const KEPT = DAY;

/** What the first request of a key was told: enough to tell it again, without the signed link. */
const answer = z.object({ ticketId: z.string(), createdAt: z.string(), customerId: z.string() });
export type Answer = z.infer<typeof answer>;

/** The record key of the request's `Idempotency-Key`, if it has one; throws 400 for one that cannot be kept. */
export const requestKeyOf = ({ headers }: APIGatewayProxyEventV2): string | undefined => {
  const key = headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (!/^[\x20-\x7e]{1,255}$/.test(key) || key.trim() === '')
    throw new Problem(400, 'Idempotency-Key has to be 1 to 255 printable ASCII characters.');
  return `http#${sha256(key)}`;
};

export const recordOf = (key: string, body: unknown, told: Answer, now: Instant): RequestRecord => ({
  key,
  bodyHash: hashOfBody(body),
  answer: told,
  expiresAt: plus(now, KEPT),
});

/** The answer of the first request, if this is the same one; throws 409 for another body under the same key. */
export const sameAnswer = (record: RequestRecord, body: unknown): Answer => {
  if (record.bodyHash !== hashOfBody(body))
    throw new Problem(409, 'This Idempotency-Key was used before, with another body.');
  return answerOf(record);
};

export const answerOf = (record: RequestRecord): Answer => answer.parse(record.answer);

/** The same value has the same hash, in whatever order its fields were written. */
export const hashOfBody = (body: unknown): string => sha256(JSON.stringify(sorted(body)));

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, field]) => [key, sorted(field)]);
};
