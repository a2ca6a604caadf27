import type { Context } from '../context.ts';
import type { Ledger } from '../ports.ts';
import { type Decision, decided, refused } from '../support/decision.ts';
import { byRule, makeChange } from '../ticket/acts/make-change.ts';
import { writeToCustomer } from '../ticket/acts/owe-mail.ts';
import type { Change } from '../ticket/change.ts';
import { type Askable, reachable } from './eligibility.ts';
import { type SurveyLinks, surveyMailKey } from './issue.ts';
import type { Survey } from './survey.ts';

/**
 * Reminds once. Whatever happened meanwhile stops it: an answer, a reopening, a bounce, an opt-out, an expired link, or a
 * reminder sent before (FIELD.md pitfall 8).
 */
export const remindOnce = (
  ledger: Ledger,
  input: { survey: Survey | undefined; links: SurveyLinks; known: Askable },
  ctx: Context,
): Decision<Change, 'not-wanted'> => {
  const { ticket } = ledger;
  const { survey, known } = input;
  if (survey === undefined || survey.status !== 'asked') return refused('not-wanted', 'The survey is no longer open.');
  if (survey.remindedAt !== undefined) return refused('not-wanted', 'The customer was reminded before.');
  if (ticket.cycle !== survey.cycle || (ticket.status !== 'resolved' && ticket.status !== 'closed')) {
    return refused('not-wanted', 'The ticket was reopened.');
  }
  if (!reachable(ticket, known).ask) return refused('not-wanted', 'The customer cannot or does not want to be asked.');
  if (survey.expiresAt <= ctx.now) return refused('not-wanted', 'The link has expired.');

  const key = surveyMailKey(ticket.id, survey.cycle, survey.kind, true);
  const reminded = {
    type: 'survey-reminded' as const,
    by: byRule('survey.reminder', ctx.policy),
    reason: 'The customer has not answered yet.',
    survey: survey.survey,
    kind: survey.kind,
    mail: key,
  };
  return decided(
    makeChange(ledger, ticket, [reminded], ctx, {
      survey: { before: survey, after: { ...survey, remindedAt: ctx.now, version: survey.version + 1 } },
      mails: writeToCustomer(
        ticket,
        {
          key,
          pace: 'patient',
          content: {
            template: 'survey',
            subject: ticket.subject,
            survey: survey.survey,
            link: input.links.survey,
            unsubscribe: input.links.unsubscribe,
            reminder: true,
          },
        },
        ctx,
      ).mails,
    }),
  );
};
