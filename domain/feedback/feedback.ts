import type { Instant } from '../support/time.ts';
import type { Measure } from '../survey/measure.ts';
import type { CustomerId, TicketId } from '../ticket/ticket.ts';
import type { NpsAskChange } from './nps-ask.ts';

/**
 * What was asked: feedback that nobody asked for, the periodic question whether they would recommend the product, or what
 * a customer suggests while their ticket is put right.
 */
export const FEEDBACK_KINDS = ['feedback', 'nps', 'suggestion'] as const;
export type FeedbackKind = (typeof FEEDBACK_KINDS)[number];

/** What somebody said of the desk beside the surveys of a ticket. */
export interface Feedback {
  /** The day it was given and a ULID: `2026-11-22.01J…`. */
  id: string;
  at: Instant;
  kind: FeedbackKind;
  /** Definition and version, e.g. `feedback@1`; with series, measure, score, scale and label of its scored question. */
  survey?: string;
  series?: string;
  measure?: Measure;
  score?: number;
  scale?: string;
  label?: string;
  low?: boolean;
  /** Answers by question id, as posted and validated. */
  answers: Record<string, string>;
  /** Their own words, without secrets. */
  text?: string;
  /** BCP 47; the language it was given in. */
  locale: string;
  /** Whose it is, as far as they said: an address in a form is a claim. Absent for somebody who gave none. */
  customerId?: CustomerId;
  /** The ticket it was said on, or that was opened for it. */
  ticketId?: TicketId;
  /** Optimistic lock: one more with each change. */
  version: number;
}

/** A piece of feedback as it was, if it was there, and as it is; refused (`FeedbackMoved`) when it has moved since. */
export interface FeedbackChange {
  before?: Feedback;
  after: Feedback;
  /** What it answers. */
  ask?: NpsAskChange;
}

/** `feedbackId('2026-11-22T09:00:00.000Z', '01J…')` → `2026-11-22.01J…`: the id says under which day it is kept. */
export const feedbackId = (at: Instant, ulid: string): string => `${at.slice(0, 10)}.${ulid}`;

/** `2026-11-22` of such an id; undefined for a text that is none. */
export const dayOfFeedback = (id: string): string | undefined => /^(\d{4}-\d\d-\d\d)\.[0-9A-Z]{26}$/.exec(id)?.[1];
