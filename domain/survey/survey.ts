import type { Instant } from '../support/time.ts';
import type { Surveyed, SurveyKind } from '../ticket/event.ts';
import type { TicketId } from '../ticket/ticket.ts';
import type { AskedAs, SurveyCredit } from './credit.ts';
import type { Measure } from './measure.ts';

export type { Measure } from './measure.ts';

/** What a definition is asked for: about a ticket, now and then, or whenever somebody wants to say something. */
export type AskKind = SurveyKind | 'nps' | 'feedback';

/** Which end of the scale is the good one; a scale of effort may say that low is easy. */
export type Polarity = 'high-is-good' | 'low-is-good';

export type QuestionKind = 'scale' | 'choice' | 'yes-no' | 'text';

/** One question of desk/surveys.yaml; its words are in desk/locales. */
export interface Question {
  id: string;
  kind: QuestionKind;
  required: boolean;
  /** For `scale`: in the order of their values. The label of a number is the number itself. */
  options?: Array<{ value: number; label: string }>;
  /** For a scale of numbers: the names of its lowest and its highest, with their words under `labels`. */
  ends?: [lowest: string, highest: string];
  choices?: string[];
  /** Shown only when an earlier question was answered so. */
  when?: { question: string; in: string[] };
  /** Words by locale; `options` and `choices` have theirs beside them under `labels`. */
  text: Record<string, string>;
  labels?: Record<string, Record<string, string>>;
}

export interface SurveyDefinition {
  id: string;
  version: number;
  kind: AskKind;
  measure: Measure;
  polarity: Polarity;
  /** The same for all definitions whose scored question has the same words, kind and scale: their answers may be pooled. */
  series: string;
  /** The question whose answer is the score. */
  scored: string;
  scale: string;
  /** An answer at or below is low; without it and `lowFrom` none is. */
  lowAtMost?: number;
  /** An answer at or above is low, where low values are good. */
  lowFrom?: number;
  questions: Question[];
}

/** Whether an answer of this value is low, so that something has to be put right. */
export const isLow = (
  { lowAtMost, lowFrom }: Pick<SurveyDefinition, 'lowAtMost' | 'lowFrom'>,
  value: number,
): boolean => (lowAtMost !== undefined && value <= lowAtMost) || (lowFrom !== undefined && value >= lowFrom);

interface SurveyFacts extends AskedAs {
  ticketId: TicketId;
  cycle: number;
  kind: SurveyKind;
  /** `after-resolve@1`. */
  survey: string;
  /** Whose the answer is, as it stood when the survey was issued. */
  credit: SurveyCredit;
  customer: { id: string; locale: string };
  issuedAt: Instant;
  version: number;
}

/** What its events say of it. */
export const surveyed = ({ survey, kind, cycle }: Pick<SurveyFacts, 'survey' | 'kind' | 'cycle'>): Surveyed => ({
  survey,
  kind,
  ratedCycle: cycle,
});

export interface SurveyAnswer {
  at: Instant;
  score: number;
  scale: string;
  label: string;
  low: boolean;
  /** Answers by question id, as posted and validated. */
  answers: Record<string, string>;
}

export type Survey =
  | (SurveyFacts & { status: 'skipped'; why: string })
  | (SurveyFacts & { status: 'asked'; expiresAt: Instant; remindedAt?: Instant; mail: string })
  | (SurveyFacts & { status: 'cancelled'; why: string; expiresAt: Instant; mail: string })
  | (SurveyFacts & {
      status: 'answered';
      expiresAt: Instant;
      mail: string;
      remindedAt?: Instant;
      answer: SurveyAnswer;
      earlier: SurveyAnswer[];
    });
