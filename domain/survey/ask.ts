import { durationMs } from '../clock/duration.ts';
import type { Context } from '../context.ts';
import type { Ledger } from '../ports.ts';
import { plus } from '../support/time.ts';
import { byRule, makeChange } from '../ticket/acts/make-change.ts';
import { mailToCustomer } from '../ticket/acts/owe-mail.ts';
import type { Change } from '../ticket/change.ts';
import { isPlaced } from '../ticket/ticket.ts';
import type { Wait } from '../ticket/wait.ts';
import { type Askable, eligibility } from './eligibility.ts';
import { creditFor, type SurveyLinks, surveyFacts, surveyMailKey, surveyName } from './issue.ts';
import type { Survey, SurveyDefinition } from './survey.ts';

export interface AskForRatingInput {
  cycle: number;
  definition: SurveyDefinition;
  links: SurveyLinks;
  known: Askable;
  /** The token of the state that asks: its execution waits for the answer. */
  wait: Wait;
  /** The survey of this cycle, if this runs a second time. */
  asked: Survey | undefined;
}

/**
 * Asks the customer of a resolved cycle, or records why not. Run again, it only hands over the new token: nobody is
 * asked twice.
 */
export const askForRating = (ledger: Ledger, input: AskForRatingInput, ctx: Context): Change => {
  const { ticket, events } = ledger;
  const { cycle, definition, wait } = input;
  if (!isPlaced(ticket)) throw new Error(`Ticket ${ticket.id} was never triaged and cannot be asked about.`);
  if (input.asked !== undefined) return makeChange(ledger, ticket, [], ctx, { wait });

  const facts = surveyFacts(ticket, creditFor(ticket, events, cycle), { cycle, kind: 'csat', definition }, ctx);
  const survey = surveyName(definition);
  const may = eligibility(ticket, events, cycle, input.known, ctx.now);
  if (!may.ask) {
    const skipped = {
      type: 'survey-skipped' as const,
      by: byRule('survey.eligibility', ctx.policy),
      reason: `The customer is not asked: ${may.why}.`,
      survey,
      kind: 'csat' as const,
      why: may.why,
    };
    return makeChange(ledger, ticket, [skipped], ctx, {
      wait,
      survey: { after: { ...facts, status: 'skipped', why: may.why } },
    });
  }

  const key = surveyMailKey(ticket.id, cycle, 'csat', false);
  const sent = {
    type: 'survey-sent' as const,
    by: byRule('survey.after-resolve', ctx.policy),
    reason: 'The ticket was resolved.',
    survey,
    kind: 'csat' as const,
    mail: key,
  };
  return makeChange(ledger, ticket, [sent], ctx, {
    wait,
    survey: {
      after: {
        ...facts,
        status: 'asked',
        expiresAt: plus(ctx.now, durationMs(ctx.policy.survey.linkLasts)),
        mail: key,
      },
    },
    mails: [
      mailToCustomer(
        ticket,
        {
          key,
          pace: 'patient',
          content: {
            template: 'survey',
            subject: ticket.subject,
            survey,
            link: input.links.survey,
            unsubscribe: input.links.unsubscribe,
            reminder: false,
          },
        },
        ctx,
      ),
    ],
  });
};
