import { durationMs } from '../clock/duration.ts';
import { whenToAsk } from '../contact/daytime.ts';
import { mayAsk } from '../contact/governor.ts';
import { wayTo } from '../contact/way-to.ts';
import type { Context } from '../context.ts';
import type { OwedMail } from '../mail/owed.ts';
import { type Instant, plus } from '../support/time.ts';
import type { Chosen } from '../survey/choose.ts';
import { type Askable, notACustomer } from '../survey/eligibility.ts';
import { type SurveyLinks, surveyName } from '../survey/issue.ts';
import { isBeingPutRight, isLive, type Ticket } from '../ticket/ticket.ts';
import { type NpsAsk, npsKey, type SheetChange, type WhyNotNps } from './nps-ask.ts';
import { askedWithin } from './own-day.ts';

export interface DueForNps {
  /** The person's first customer, and the day on which they were due. */
  person: string;
  day: string;
  /** What they last wrote on: it says where they can be reached, in which language. */
  ticket: Ticket;
  known: Askable;
  /** When they were last asked, whatever became of it. */
  lastAsked?: Instant;
  chosen: Chosen;
  links: SurveyLinks;
  /** The desk's name, and the domain of its own Message-IDs. */
  desk: { name: string; domain: string };
}

/** What asking, or not asking, comes to; all of it is stored together. */
export interface NpsDecision {
  ask: NpsAsk;
  contacts?: SheetChange;
  mail?: OwedMail;
}

/**
 * Why somebody who is due is not asked now, and may be later on the days that make up for theirs: they wait for an answer, and
 * are asked about that first; or it is night where they are.
 */
export const putOff = (ticket: Ticket, now: Instant, policy: Context['policy']): 'waiting' | 'night' | undefined => {
  if (isLive(ticket)) return 'waiting';
  return whenToAsk(now, ticket.customer, policy) === now ? undefined : 'night';
};

/** Asks a person who is due whether they would recommend the desk, or says why not: once for their day, either way. */
export const askNps = (due: DueForNps, ctx: Context): NpsDecision => {
  const { person, day, ticket, known, chosen, links, desk } = due;
  const facts = { person, day, at: ctx.now, version: 1 };
  const why = whyNot(due, ctx);
  if (why !== undefined) return { ask: { ...facts, status: 'skipped', why } };
  const key = npsKey(facts);
  const may = mayAsk(known.contacts, { key, kind: 'nps' }, ctx.now, ctx.policy);
  if (!may.ask) return { ask: { ...facts, status: 'skipped', why: may.why } };
  const { customer } = ticket;
  const survey = surveyName(chosen.definition);
  const way = wayTo(ticket);
  if (way === undefined || !('email' in way)) return { ask: { ...facts, status: 'skipped', why: 'no-address' } };
  return {
    ask: {
      ...facts,
      status: 'asked',
      survey,
      ...(chosen.variant === undefined ? {} : { variant: chosen.variant }),
      customer: { ...customer, email: way.email },
      expiresAt: plus(ctx.now, durationMs(ctx.policy.survey.linkLasts)),
      mail: key,
    },
    contacts: { before: known.contacts, after: may.after },
    mail: {
      key,
      to: { email: way.email, ...(customer.name === undefined ? {} : { name: customer.name }) },
      locale: customer.locale,
      ...(customer.timeZone === undefined ? {} : { timeZone: customer.timeZone }),
      pace: 'patient',
      content: {
        template: 'nps',
        subject: desk.name,
        survey,
        link: links.survey,
        unsubscribe: links.unsubscribe,
      },
      anchor: `<nps.${person}.${day}@${desk.domain}>`,
      owedAt: ctx.now,
      status: 'owed',
      attempts: 0,
    },
  };
};

/** By mail alone: a text message has no room for eleven answers. */
const whyNot = ({ ticket, known, lastAsked, chosen }: DueForNps, { now, policy }: Context): WhyNotNps | undefined => {
  if (ticket.customer.erased) return 'erased';
  const who = notACustomer(ticket.customer, known, policy.survey.neverAsk);
  if (who !== undefined) return who;
  const way = wayTo(ticket);
  if (way === undefined || !('email' in way)) return 'no-address';
  if (known.suppressed) return 'address-suppressed';
  if (known.optedOut) return 'opted-out';
  if (isBeingPutRight(ticket)) return 'being-put-right';
  if (lastAsked !== undefined && askedWithin(lastAsked, now, policy.nps.every)) return 'asked-lately';
  return chosen.skip;
};
