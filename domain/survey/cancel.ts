import { askOf, type ContactSheet, closeAsk } from '../contact/governor.ts';
import type { Context } from '../context.ts';
import type { Ledger } from '../ports.ts';
import { byRule, makeChange } from '../ticket/acts/make-change.ts';
import type { Change } from '../ticket/change.ts';
import { type Survey, surveyed } from './survey.ts';

/** A survey that is open, and what its customer was asked lately. */
export interface OpenQuestion {
  survey: Survey | undefined;
  contacts: ContactSheet | undefined;
}

/** The person is free for another question, in the change that ends this one. */
export const closing = (
  { ticketId, cycle, kind }: Survey,
  contacts: ContactSheet | undefined,
  { now }: Context,
): Pick<Change, 'contacts'> =>
  contacts === undefined
    ? {}
    : { contacts: { before: contacts, after: closeAsk(contacts, askOf(ticketId, cycle, kind), now) } };

/** A reopening takes back the question nobody has answered; the next resolution asks anew. */
export const cancelSurvey = (ledger: Ledger, { survey, contacts }: OpenQuestion, ctx: Context): Change | undefined => {
  if (survey?.status !== 'asked') return undefined;
  const { remindedAt, status, ...facts } = survey;
  const merged = ledger.ticket.mergedInto !== undefined;
  const why = merged ? 'merged' : 'reopened';
  const skipped = {
    type: 'survey-skipped' as const,
    by: byRule(merged ? 'survey.cancel-on-merge' : 'survey.cancel-on-reopen', ctx.policy),
    reason: merged
      ? 'The ticket became a part of another before the customer answered.'
      : 'The ticket was reopened before the customer answered.',
    ...surveyed(survey),
    why,
  };
  return makeChange(ledger, ledger.ticket, [skipped], ctx, {
    survey: { before: survey, after: { ...facts, status: 'cancelled', why, version: survey.version + 1 } },
    ...closing(survey, contacts, ctx),
  });
};

/** The link of a survey has run out without an answer: recorded once, for the response rate. */
export const expireSurvey = (ledger: Ledger, { survey, contacts }: OpenQuestion, ctx: Context): Change | undefined => {
  if (survey?.status !== 'asked' || survey.expiresAt > ctx.now) return undefined;
  const { remindedAt, status, ...facts } = survey;
  const expired = {
    type: 'survey-expired' as const,
    by: byRule('survey.expiry', ctx.policy),
    reason: 'The link ran out without an answer.',
    ...surveyed(survey),
  };
  return makeChange(ledger, ledger.ticket, [expired], ctx, {
    survey: { before: survey, after: { ...facts, status: 'cancelled', why: 'expired', version: survey.version + 1 } },
    ...closing(survey, contacts, ctx),
  });
};
