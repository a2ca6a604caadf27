import type { Context } from '../context.ts';
import type { Ledger } from '../ports.ts';
import type { Instant } from '../support/time.ts';
import { byRule, makeChange } from '../ticket/acts/make-change.ts';
import { writeToCustomer } from '../ticket/acts/owe-mail.ts';
import type { Change } from '../ticket/change.ts';
import type { SurveyKind } from '../ticket/event.ts';
import { isPlaced } from '../ticket/ticket.ts';
import type { Wait } from '../ticket/wait.ts';
import { creditedEvent, creditFor } from './credit.ts';
import type { Colleague, Eligibility } from './eligibility.ts';
import type { Survey, SurveyDefinition } from './survey.ts';

/** The links a survey mail carries; they are signed outside the rules. */
export interface SurveyLinks {
  survey: string;
  unsubscribe: string;
}

/** `after-resolve@1`: the definition with its version, as it is stored with every answer. */
export const surveyName = ({ id, version }: SurveyDefinition): string => `${id}@${version}`;

/** Business key of the mail that asks: the same cycle is asked once, whatever runs twice. */
export const surveyMailKey = (ticketId: string, cycle: number, kind: SurveyKind, reminder: boolean): string =>
  `survey#${ticketId}#${cycle}#${kind}${reminder ? '#reminder' : ''}`;

export interface Issue {
  cycle: number;
  kind: SurveyKind;
  definition: SurveyDefinition;
  /** Of an A/B test: which wording this customer was given. */
  variant?: string;
  may: Eligibility;
  /** The desk's people: the mail names who answered. */
  staff: readonly Colleague[];
  links: SurveyLinks;
  expiresAt: Instant;
  /** The rule that asks, and why, for the timeline. */
  rule: string;
  reason: string;
  /** The token of the state that asks: its execution waits for the answer. */
  wait: Wait;
  /** The survey of this cycle and kind, if this runs a second time. */
  asked: Survey | undefined;
}

/**
 * Asks, or records why not, in one change with the token of the waiting state. Run again, it only hands over the new
 * token: nobody is asked twice.
 */
export const issueSurvey = (ledger: Ledger, issue: Issue, ctx: Context): Change => {
  const { ticket, events } = ledger;
  const { cycle, kind, may, wait } = issue;
  if (!isPlaced(ticket)) throw new Error(`Ticket ${ticket.id} was never triaged and cannot be asked about.`);
  if (issue.asked !== undefined) return makeChange(ledger, ticket, [], ctx, { wait });

  const survey = surveyName(issue.definition);
  const { version: policy, survey: policies } = ctx.policy;
  const credit = creditFor(ticket, events, cycle, { rule: policies.credit, policy });
  const facts = {
    ticketId: ticket.id,
    cycle,
    kind,
    survey,
    credit,
    series: issue.definition.series,
    measure: issue.definition.measure,
    ...(issue.variant !== undefined && { variant: issue.variant }),
    category: ticket.category,
    customer: { id: ticket.customer.id, locale: ticket.customer.locale },
    issuedAt: ctx.now,
    version: 1,
  };
  if (!may.ask) {
    const { why } = may;
    const by = byRule('survey.eligibility', ctx.policy);
    const reason = `The customer is not asked: ${why}.`;
    return makeChange(ledger, ticket, [{ type: 'survey-skipped', by, reason, survey, kind, why }], ctx, {
      wait,
      survey: { after: { ...facts, status: 'skipped', why } },
    });
  }
  const mail = surveyMailKey(ticket.id, cycle, kind, false);
  const by = byRule(issue.rule, ctx.policy);
  const { survey: link, unsubscribe } = issue.links;
  const agent = issue.staff.find(({ id }) => id === credit.agent)?.name;
  const about = { subject: ticket.subject, survey, link, unsubscribe };
  const content =
    kind === 'csat'
      ? { template: 'survey' as const, ...about, reminder: false, ...(agent === undefined ? {} : { agent }) }
      : { template: 'follow-up' as const, ...about };
  const sent = {
    type: 'survey-sent' as const,
    by,
    reason: issue.reason,
    survey,
    kind,
    mail,
    ...creditedEvent(facts),
  };
  return makeChange(ledger, ticket, [sent], ctx, {
    wait,
    survey: { after: { ...facts, status: 'asked', expiresAt: issue.expiresAt, mail } },
    mails: writeToCustomer(ticket, { key: mail, pace: 'patient', content }, ctx).mails,
  });
};
