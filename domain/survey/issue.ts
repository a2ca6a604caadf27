import { isDaytime } from '../contact/daytime.ts';
import { askOf, type BudgetFacts, type ContactSheet } from '../contact/governor.ts';
import type { Context } from '../context.ts';
import { OutsideHours, QuestionOpen } from '../errors.ts';
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
import { governed } from './governed.ts';
import { type Survey, type SurveyDefinition, surveyed } from './survey.ts';
import { WHY_NOT, type WhyNot } from './why-not.ts';

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

/** The rule behind each reason for not asking; all others are rules of eligibility. */
const RULE_OF: Partial<Record<WhyNot, string>> = {
  'asked-enough': 'contact.budget',
  'ask-open': 'contact.budget',
  'held-out': 'survey.hold-out',
  'not-sampled': 'survey.sample',
};

export interface Issue {
  cycle: number;
  kind: SurveyKind;
  definition: SurveyDefinition;
  /** Of an A/B test: which wording this customer was given. */
  variant?: string;
  may: Eligibility;
  /** What the person was asked lately. */
  contacts: ContactSheet;
  /** Until then this question waits for another that is open, rather than not being asked. */
  patientUntil?: Instant;
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
 * Asks, or records why not, in one change with the token of the waiting state and the sheet of what the person was asked.
 * Run again, it only hands over the new token: nobody is asked twice. Throws `OutsideHours` while it is night where the
 * customer is, and `QuestionOpen` while a patient question has to wait for another.
 */
export const issueSurvey = (ledger: Ledger, issue: Issue, ctx: Context): Change => {
  const { ticket, events } = ledger;
  const { cycle, kind, wait } = issue;
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
  const skip = (why: WhyNot, budget?: BudgetFacts): Change => {
    const by = byRule(RULE_OF[why] ?? 'survey.eligibility', ctx.policy);
    const weighed = budget && { budget };
    const skipped = { type: 'survey-skipped' as const, by, reason: WHY_NOT[why], ...surveyed(facts), why, ...weighed };
    return makeChange(ledger, ticket, [skipped], ctx, {
      wait,
      survey: { after: { ...facts, status: 'skipped', why } },
    });
  };
  if (!issue.may.ask) return skip(issue.may.why);
  if (!isDaytime(ctx.now, ticket.customer, ctx.policy)) throw new OutsideHours(ticket.id);
  const room = governed(issue.contacts, { key: askOf(ticket.id, cycle, kind), kind }, ctx);
  if (!room.ask) {
    if (room.why === 'ask-open' && ctx.now < (issue.patientUntil ?? ctx.now)) throw new QuestionOpen(ticket.id);
    return skip(room.why, room.budget);
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
    ...surveyed(facts),
    mail,
    budget: room.budget,
    ...creditedEvent(facts),
  };
  return makeChange(ledger, ticket, [sent], ctx, {
    wait,
    survey: { after: { ...facts, status: 'asked', expiresAt: issue.expiresAt, mail } },
    contacts: room.contacts,
    mails: writeToCustomer(ticket, { key: mail, pace: 'patient', content }, ctx).mails,
  });
};
