import { isDaytime } from '../contact/daytime.ts';
import { askOf, type BudgetFacts, reminderOf } from '../contact/governor.ts';
import type { Context } from '../context.ts';
import { OutsideHours } from '../errors.ts';
import type { Ledger } from '../ports.ts';
import { type Decision, decided, refused } from '../support/decision.ts';
import { byRule, makeChange } from '../ticket/acts/make-change.ts';
import { writeToCustomer } from '../ticket/acts/owe-mail.ts';
import type { Change } from '../ticket/change.ts';
import { type Askable, reachable } from './eligibility.ts';
import { governed } from './governed.ts';
import { type SurveyLinks, surveyMailKey } from './issue.ts';
import { type Survey, surveyed } from './survey.ts';
import { WHY_NOT, type WhyNot } from './why-not.ts';

/**
 * Reminds once. Whatever happened meanwhile stops it: an answer, a reopening, an expired link or a reminder sent before
 * without a word, since the timeline tells of them; a bounce, an opt-out and the budget with their
 * reason. Throws `OutsideHours` while it is night where the customer is.
 */
export const remindOnce = (
  ledger: Ledger,
  { survey, links, known }: { survey: Survey | undefined; links: SurveyLinks; known: Askable },
  ctx: Context,
): Decision<Change, 'not-wanted'> => {
  const { ticket, events } = ledger;
  if (survey === undefined || survey.status !== 'asked') return refused('not-wanted', 'The survey is no longer open.');
  if (survey.remindedAt !== undefined) return refused('not-wanted', 'The customer was reminded before.');
  if (ticket.cycle !== survey.cycle || (ticket.status !== 'resolved' && ticket.status !== 'closed')) {
    return refused('not-wanted', 'The ticket was reopened.');
  }
  if (survey.expiresAt <= ctx.now) return refused('not-wanted', 'The link has expired.');
  if (events.some(({ type, cycle }) => type === 'reminder-skipped' && cycle === survey.cycle))
    return refused('not-wanted', 'Why there is no reminder was recorded before.');

  const about = surveyed(survey);
  const skip = (why: WhyNot, budget?: BudgetFacts): Decision<Change, 'not-wanted'> => {
    const by = byRule(budget === undefined ? 'survey.reminder' : 'contact.budget', ctx.policy);
    const skipped = { type: 'reminder-skipped' as const, by, reason: WHY_NOT[why], ...about, why };
    return decided(makeChange(ledger, ticket, [{ ...skipped, ...(budget && { budget }) }], ctx));
  };
  const may = reachable(ticket, known);
  if (!may.ask) return skip(may.why);
  if (!isDaytime(ctx.now, ticket.customer, ctx.policy)) throw new OutsideHours(ticket.id);
  const ask = { key: reminderOf(askOf(ticket.id, survey.cycle, survey.kind)), kind: 'reminder' as const };
  const room = governed(known.contacts, ask, ctx);
  if (!room.ask) return skip(room.why, room.budget);

  const key = surveyMailKey(ticket.id, survey.cycle, survey.kind, true);
  const reminded = {
    type: 'survey-reminded' as const,
    by: byRule('survey.reminder', ctx.policy),
    reason: 'The customer has not answered yet.',
    ...about,
    mail: key,
    budget: room.budget,
  };
  const content = {
    template: 'survey' as const,
    subject: ticket.subject,
    survey: survey.survey,
    link: links.survey,
    unsubscribe: links.unsubscribe,
    reminder: true,
  };
  return decided(
    makeChange(ledger, ticket, [reminded], ctx, {
      survey: { before: survey, after: { ...survey, remindedAt: ctx.now, version: survey.version + 1 } },
      contacts: room.contacts,
      mails: writeToCustomer(ticket, { key, pace: 'patient', content }, ctx).mails,
    }),
  );
};
