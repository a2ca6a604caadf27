import * as z from 'zod/mini';
import { DAY, type Instant, plus } from '../../domain/support/time.ts';
import type { RequestRecord } from '../../domain/ticket/change.ts';
import { hashOfBody } from '../_shared/http/idempotency.ts';

/** What the first request of a key was told. */
const told = z.object({ feedback: z.string(), low: z.boolean(), ticketId: z.optional(z.string()) });
export interface Told {
  feedback: string;
  low: boolean;
  ticketId?: string;
}

/** How long the answer to a key is kept. */
const KEPT = DAY;

export const recordOf = (key: string, body: object, answer: Told, now: Instant): RequestRecord => ({
  key,
  bodyHash: hashOfBody(body),
  answer: { ...answer },
  expiresAt: plus(now, KEPT),
});

export const wasAnother = ({ bodyHash }: RequestRecord, body: object): boolean => bodyHash !== hashOfBody(body);

export const answerOf = (record: RequestRecord): Told => {
  const { ticketId, ...rest } = told.parse(record.answer);
  return { ...rest, ...(ticketId !== undefined && { ticketId }) };
};
