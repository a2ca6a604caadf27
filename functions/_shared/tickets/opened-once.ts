import * as z from 'zod/mini';
import { DAY, type Instant, plus } from '../../../domain/support/time.ts';
import type { RequestRecord } from '../../../domain/ticket/change.ts';
import { hashOfBody, usedBefore } from '../http/idempotency.ts';

/** How long the answer to a request is kept. */
const KEPT = DAY;

/** What the first request that opened a ticket was told: enough to tell it again, without the signed link. */
const answer = z.object({ ticketId: z.string(), createdAt: z.string(), customerId: z.string() });
export type Answer = z.infer<typeof answer>;

export const recordOf = (key: string, body: unknown, told: Answer, now: Instant): RequestRecord => ({
  key,
  bodyHash: hashOfBody(body),
  answer: told,
  expiresAt: plus(now, KEPT),
});

/** The answer of the first request, if this is the same one. Throws 409 for another body under the same key. */
export const sameAnswer = (record: RequestRecord, body: unknown): Answer => {
  if (record.bodyHash !== hashOfBody(body)) throw usedBefore();
  return answerOf(record);
};

export const answerOf = (record: RequestRecord): Answer => answer.parse(record.answer);
