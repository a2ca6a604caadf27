import type { ContactSheet } from '../contact/governor.ts';
import type { Instant } from '../support/time.ts';
import type { SurveyAnswer } from '../survey/survey.ts';
import type { WhyNot } from '../survey/why-not.ts';
import type { CustomerId, Requester } from '../ticket/ticket.ts';

/** Why somebody is not asked whether they would recommend the desk. */
export type WhyNotNps = WhyNot | 'asked-lately';

interface AskFacts {
  /** The person's first customer (domain/identity). */
  person: CustomerId;
  /** The day of their own on which they were due: `2026-11-22`. A person is asked, or passed over, once for a day. */
  day: string;
  at: Instant;
  version: number;
}

interface Issued {
  /** `nps@1`, and which of several they got. */
  survey: string;
  variant?: string;
  /** Whom the mail went to. */
  customer: Requester;
  expiresAt: Instant;
  /** Business key of the mail. */
  mail: string;
}

/** One time at which a person was due to be asked whether they would recommend the desk. */
export type NpsAsk =
  | (AskFacts & { status: 'skipped'; why: WhyNotNps })
  | (AskFacts & Issued & { status: 'asked' })
  | (AskFacts &
      Issued & {
        status: 'answered';
        /** Id of the feedback that holds the answer. */
        feedback: string;
        answer: SurveyAnswer;
        /** The answers before this one, oldest first. */
        earlier: SurveyAnswer[];
      });

/** As it was, if there was one, and as it is; refused (`FeedbackMoved`) when it has moved since. */
export interface NpsAskChange {
  before?: NpsAsk;
  after: NpsAsk;
}

/** A person's sheet before and after; refused (`FeedbackMoved`) when it has moved since. */
export interface SheetChange {
  before: ContactSheet;
  after: ContactSheet;
}

/** Business key of an ask: on the person's sheet, of its mail, in its link. */
export const npsKey = ({ person, day }: Pick<NpsAsk, 'person' | 'day'>): string => `nps#${person}#${day}`;

/** What `npsKey` wrote. */
export const readNpsKey = (key: string): Pick<NpsAsk, 'person' | 'day'> | undefined => {
  const [, person, day] = /^nps#([0-9A-Z]{26})#(\d{4}-\d\d-\d\d)$/.exec(key) ?? [];
  return person === undefined || day === undefined ? undefined : { person, day };
};
