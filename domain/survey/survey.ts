import type { Instant } from '../support/time.ts';
import type { SurveyKind } from '../ticket/event.ts';
import type { AgentId, TicketId, Tier } from '../ticket/ticket.ts';

export type QuestionKind = 'scale' | 'choice' | 'yes-no' | 'text';

/** One question of desk/surveys.yaml; its words are in desk/locales. */
export interface Question {
  id: string;
  kind: QuestionKind;
  required: boolean;
  /** For `scale`: worst first, as shown. `value` counts upwards from 1. */
  options?: Array<{ value: number; label: string }>;
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
  kind: SurveyKind;
  /** The question whose answer is the score. */
  scored: string;
  scale: string;
  /** An answer at or below is low. */
  lowAtMost: number;
  questions: Question[];
}

/** The credit is a snapshot taken when the survey is issued, and never looked up again (FIELD.md pitfall 2). */
export interface SurveyCredit {
  agent?: AgentId;
  group: string;
  tier: Tier;
}

interface SurveyFacts {
  ticketId: TicketId;
  cycle: number;
  kind: SurveyKind;
  /** `after-resolve@1`. */
  survey: string;
  credit: SurveyCredit;
  customer: { id: string; locale: string };
  issuedAt: Instant;
  version: number;
}

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
