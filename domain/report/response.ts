import type { Instant } from '../support/time.ts';
import { WHOLE_SHARE } from '../survey/credit.ts';
import type { SurveyKind } from '../ticket/event.ts';
import type { Figure } from './figure.ts';
import { type AskedSurvey, type SkippedSurvey, UNKNOWN } from './survey-facts.ts';
import { countOf, partOf, partsOf, shareOf, type Weighed } from './weighed.ts';

/** A survey with the part of it that counts here. */
export type WeighedSurvey = AskedSurvey & Weighed;

export const wholly = (asked: readonly AskedSurvey[]): WeighedSurvey[] =>
  asked.map((each) => ({ ...each, weight: WHOLE_SHARE }));

export interface Looking {
  from: Instant;
  /** The end of what is looked at: of the period, or now. */
  until: Instant;
  /** Answers come after the period too. */
  now: Instant;
  /** What was sent by then has had its time to be answered by now. */
  overIfSentBy: Record<SurveyKind, Instant>;
  smallBelow: number;
}

const FORMULA =
  'surveys with an answer / surveys delivered, of those sent in the period whose time to answer is over. Not below the ' +
  'line: mails that came back or could not be sent, and surveys taken back because the ticket was reopened or merged. A ' +
  'reminder adds none; a survey that was never sent is listed under skipped.';

const NAMES: Record<SurveyKind, string> = { csat: 'response-rate', 'follow-up': 'response-rate.follow-up' };

/** How many answered (survey response rate), for the survey of a ticket and the one after a recovery. */
export const responseRates = (
  asked: readonly WeighedSurvey[],
  looking: Looking,
  of?: Record<string, string>,
): Figure[] =>
  (['csat', 'follow-up'] as const).map((kind) => {
    const sent = sentIn(asked, looking).filter((each) => each.kind === kind);
    const delivered = sent.filter(({ state }) => state !== 'bounced' && state !== 'cancelled');
    const over = delivered.filter((each) => isOver(each, looking));
    return shareOf(
      { name: NAMES[kind], ...(of && { of }), formula: FORMULA, smallBelow: looking.smallBelow },
      over,
      hasAnswer,
      {
        answered: partOf(over.filter(hasAnswer)),
        unanswered: partOf(over.filter((each) => !hasAnswer(each))),
        waiting: partOf(delivered.filter((each) => !isOver(each, looking))),
        bounced: partOf(sent.filter(({ state }) => state === 'bounced')),
        cancelled: partOf(sent.filter(({ state }) => state === 'cancelled')),
      },
    );
  });

const sentIn = <T extends AskedSurvey>(asked: readonly T[], { from, until }: Looking): T[] =>
  asked.filter(
    ({ issuedAt, leftOut }) => issuedAt !== undefined && issuedAt >= from && issuedAt < until && leftOut !== 'staff',
  );

const isOver = ({ kind, issuedAt = '', state }: AskedSurvey, { overIfSentBy }: Looking): boolean =>
  state === 'expired' || issuedAt <= overIfSentBy[kind];

const hasAnswer = ({ answer }: AskedSurvey): boolean => answer !== undefined;

/** What became of the surveys, and which were never sent, each by its reason. */
export const surveyCounts = (
  asked: readonly AskedSurvey[],
  skipped: readonly SkippedSurvey[],
  looking: Looking,
  of?: Record<string, string>,
): Figure[] => {
  const within = (at: Instant | undefined): boolean => at !== undefined && at >= looking.from && at < looking.until;
  const customers = asked.filter(({ leftOut }) => leftOut !== 'staff');
  const sent = sentIn(asked, looking);
  const answered = customers.filter(({ answer }) => within(answer?.at));
  const ended = (state: AskedSurvey['state']) =>
    customers.filter((each) => each.state === state && within(each.endedAt));
  const left = skipped.filter(({ at }) => within(at));
  const count = (name: string, formula: string, some: readonly { ticketId: string }[], parts: Figure['parts'] = {}) =>
    countOf({ name: `surveys.${name}`, ...(of && { of }), formula }, some, parts);
  return [
    count('sent', 'Surveys sent in the period.', sent, {
      bounced: partOf(sent.filter(({ state }) => state === 'bounced')),
      ...byKind(sent),
    }),
    count('answered', 'Surveys first answered in the period.', answered, {
      edited: partOf(answered.filter(({ answer }) => (answer?.edits ?? 0) > 0)),
      ...byKind(answered),
    }),
    count('expired', 'Surveys whose link ran out in the period without an answer.', ended('expired')),
    count('cancelled', 'Surveys taken back in the period before they were answered.', ended('cancelled'), {
      ...byReason(ended('cancelled')),
    }),
    count('skipped', 'Surveys that were due in the period and not sent, by reason.', left, byReason(left)),
  ];
};

const byKind = (some: readonly { kind: SurveyKind; ticketId: string }[]) => partsOf(some, ({ kind }) => kind);

const byReason = (some: readonly { why?: string; ticketId: string }[]) => partsOf(some, ({ why = UNKNOWN }) => why);
