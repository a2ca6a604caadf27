import type { Instant } from '../support/time.ts';
import type { Actor } from '../ticket/event.ts';
import type { CustomerId } from '../ticket/ticket.ts';

/**
 * What an erasure goes through, in this order and twice: what was under way when it began may come behind it, so that it
 * looks again when that has ended.
 */
export const STEPS = ['customer', 'tickets', 'elsewhere', 'parked'] as const;
export type Step = (typeof STEPS)[number];

interface Facts {
  /** ULID. */
  id: string;
  /** Every customer that was proven to be the person. */
  customers: CustomerId[];
  by: Actor;
  at: Instant;
  version: number;
}

export interface Counts {
  tickets: number;
  messages: number;
  files: number;
  mails: number;
}

/** A person's data was handed out. */
export interface ExportRequest extends Facts {
  kind: 'export';
}

/** A person is erased: ids, hashes and counts alone, for it is kept. */
export interface ErasureRequest extends Facts {
  kind: 'erasure';
  /** SHA-256 of each address, number and handle, as the table's keys have it. */
  identities: string[];
  state: 'running' | 'done';
  pass: 1 | 2;
  step: Step;
  /** How far the step has come: which customer, and where in their list. */
  place?: { customer: number; next?: string };
  /** What was erased so far. */
  erased: Counts;
  doneAt?: Instant;
}

/** What was asked of the desk about a person's data, by whom, and what became of it. */
export type PrivacyRequest = ExportRequest | ErasureRequest;

/** How long a mail that was being sent or received when the erasure began may still be under way. */
export const LATECOMERS_MS = 15 * 60 * 1000;

export const beginErasure = (facts: Omit<Facts, 'version'> & { identities: string[] }): ErasureRequest => ({
  ...facts,
  kind: 'erasure',
  state: 'running',
  pass: 1,
  step: 'customer',
  erased: { tickets: 0, messages: 0, files: 0, mails: 0 },
  version: 1,
});

/** The request when a part of the step is done: `place` says where it goes on, absent when the step is through. */
export const advanced = (
  { place: _, ...request }: ErasureRequest,
  done: { place?: ErasureRequest['place']; erased: Partial<Counts> },
  now: Instant,
): ErasureRequest => {
  const erased = { ...request.erased };
  for (const name of ['tickets', 'messages', 'files', 'mails'] as const) erased[name] += done.erased[name] ?? 0;
  const next = { ...request, erased, version: request.version + 1 };
  if (done.place !== undefined) return { ...next, place: done.place };
  const step = STEPS[STEPS.indexOf(request.step) + 1];
  if (step !== undefined) return { ...next, step };
  return request.pass === 1 ? { ...next, pass: 2, step: 'customer' } : { ...next, state: 'done', doneAt: now };
};

/** How long to wait before the next part: the second look comes when nothing can be under way any more. */
export const restsMs = (before: ErasureRequest, after: ErasureRequest): number =>
  after.pass === before.pass ? 0 : LATECOMERS_MS;
