import { durationMs } from '../clock/duration.ts';
import type { Context } from '../context.ts';
import type { Ledger } from '../ports.ts';
import { plus } from '../support/time.ts';
import type { Askable } from '../survey/eligibility.ts';
import { creditFor, type SurveyLinks, surveyFacts, surveyMailKey, surveyName } from '../survey/issue.ts';
import type { Survey, SurveyDefinition } from '../survey/survey.ts';
import { byRule, makeChange } from '../ticket/acts/make-change.ts';
import { mailToCustomer } from '../ticket/acts/owe-mail.ts';
import type { Change } from '../ticket/change.ts';
import { isPlaced } from '../ticket/ticket.ts';
import type { Wait } from '../ticket/wait.ts';
import type { Remediation } from './remediation.ts';

/**
 * Asks the customer whether it is better now (FIELD.md TR-8, LS-6). Who cannot or does not want to be asked is recorded
 * as skipped, and the outcome is "no answer". Run again, it only hands over the new token.
 */
export const askAgain = (
  ledger: Ledger,
  input: {
    remediation: Remediation;
    definition: SurveyDefinition;
    links: SurveyLinks;
    known: Askable;
    wait: Wait;
    asked: Survey | undefined;
  },
  ctx: Context,
): Change => {
  const { ticket, events } = ledger;
  const { definition, wait, known } = input;
  if (!isPlaced(ticket)) throw new Error(`Ticket ${ticket.id} was never triaged and cannot be asked about.`);
  if (input.asked !== undefined) return makeChange(ledger, ticket, [], ctx, { wait });
  const cycle = input.remediation.recoveryCycle;
  const facts = surveyFacts(ticket, creditFor(ticket, events, cycle), { cycle, kind: 'follow-up', definition }, ctx);
  const survey = surveyName(definition);
  if (known.suppressed || known.optedOut) {
    const why = known.suppressed ? 'address-suppressed' : 'opted-out';
    const skipped = {
      type: 'survey-skipped' as const,
      by: byRule('survey.eligibility', ctx.policy),
      reason: `The customer is not asked again: ${why}.`,
      survey,
      kind: 'follow-up' as const,
      why,
    };
    return makeChange(ledger, ticket, [skipped], ctx, {
      wait,
      survey: { after: { ...facts, status: 'skipped', why } },
    });
  }
  const key = surveyMailKey(ticket.id, cycle, 'follow-up', false);
  const sent = {
    type: 'survey-sent' as const,
    by: byRule('remediation.ask-again', ctx.policy),
    reason: 'After a recovery the customer is asked again.',
    survey,
    kind: 'follow-up' as const,
    mail: key,
  };
  const mail = mailToCustomer(
    ticket,
    {
      key,
      pace: 'patient',
      content: {
        template: 'follow-up',
        subject: ticket.subject,
        survey,
        link: input.links.survey,
        unsubscribe: input.links.unsubscribe,
      },
    },
    ctx,
  );
  return makeChange(ledger, ticket, [sent], ctx, {
    wait,
    mails: [mail],
    survey: {
      after: {
        ...facts,
        status: 'asked',
        expiresAt: plus(ctx.now, durationMs(ctx.policy.remediation.answerWithin)),
        mail: key,
      },
    },
  });
};
