import { type LinkKeys, linkKeysFrom } from '../../../adapters/secrets/link-keys.ts';
import { type Purpose, signCapability } from '../../../domain/contact/capability.ts';
import { replyAddress } from '../../../domain/contact/reply-address.ts';
import { npsKey } from '../../../domain/feedback/nps-ask.ts';
import { type Claim, claimSubject } from '../../../domain/identity/claim.ts';
import { DAY, type Instant, plus } from '../../../domain/support/time.ts';
import type { SurveyLinks } from '../../../domain/survey/issue.ts';
import type { NoticeLink } from '../../../domain/ticket/acts/notices.ts';
import type { Letterhead } from '../../../domain/ticket/acts/owe-mail.ts';
import type { SurveyKind } from '../../../domain/ticket/event.ts';

/** How long a customer can open their ticket by a link. */
const TICKET_LINK_LASTS = 365 * DAY;
/** An unsubscribe link has to work as long as the mail may be read (RFC 8058). */
const UNSUBSCRIBE_LASTS = 365 * DAY;

/** A link that proves an identity works for as long as whoever was asked still knows why. */
const CLAIM_LASTS = 7 * DAY;

/** After this time the request has been answered, or nobody remembers it. */
const SOLVED_LASTS = 30 * DAY;

/** A notice asks until the next day at work, over a long weekend too; later its ticket has been told of again. */
const NOTICE_LASTS = 7 * DAY;

/** Whose link it is: the ticket, and the customer it is given to. */
export interface Subject {
  id: string;
  customer: { id: string };
}

/** The signed links and addresses that this desk hands out. */
export interface Links {
  /** Page of the ticket. The same ticket and instant give the same link. */
  ticket(subject: Subject, from: Instant): Promise<string>;
  /** What every mail to the customer of a ticket carries. */
  letterhead(subject: Subject, now: Instant): Promise<Required<Letterhead>>;
  /** Where colleagues acknowledge what a ticket's ladder told them in this cycle: by event and receiver. */
  notices(ticketId: string, cycle: number, now: Instant): Promise<NoticeLink>;
  /** Where somebody says whether two identities are both theirs; given to `recipient`, one of the two customers. */
  claim(ticketId: string, claim: Claim, recipient: string, now: Instant): Promise<string>;
  /** An article, and the customer's way to say that it solved the ticket. */
  solved(subject: Subject, slug: string, locale: string, now: Instant): Promise<string>;
  /** `until`: when the survey takes no answer any more; the page then says so, and the link still opens it. */
  survey(subject: Subject, cycle: number, kind: SurveyKind, until: Instant, now: Instant): Promise<SurveyLinks>;
  /** The same for what a person is asked now and then: no ticket has to do with it. */
  nps(ask: { person: string; day: string }, until: Instant, now: Instant): Promise<SurveyLinks>;
}

export const linksWith = (
  keys: () => Promise<LinkKeys>,
  { publicUrl, deskAddress }: { publicUrl: string; deskAddress: string },
): Links => {
  const link = async (path: string, purpose: Purpose, subject: string, recipient: string, expiresAt: Instant) => {
    const [key] = await keys();
    return `${publicUrl}/${path}/${signCapability({ purpose, subject, recipient, expiresAt }, key)}`;
  };
  const ticket: Links['ticket'] = ({ id, customer }, from) =>
    link('t', 'ticket', id, customer.id, plus(from, TICKET_LINK_LASTS));
  return {
    ticket,
    letterhead: async (subject, now) => {
      const [key] = await keys();
      return { links: { ticket: await ticket(subject, now) }, replyTo: replyAddress(subject.id, deskAddress, key) };
    },
    notices: async (ticketId, cycle, now) => {
      const [key] = await keys();
      const expiresAt = plus(now, NOTICE_LASTS);
      return (event, recipient) => {
        const subject = noticeSubject(ticketId, cycle, event);
        return `${publicUrl}/a/${signCapability({ purpose: 'acknowledge', subject, recipient, expiresAt }, key)}`;
      };
    },
    claim: (ticketId, claim, recipient, now) =>
      link('i', 'identity', claimSubject(ticketId, claim), recipient, plus(now, CLAIM_LASTS)),
    solved: async ({ id, customer }, slug, locale, now) =>
      `${await link(`kb/${slug}/for`, 'solved', id, customer.id, plus(now, SOLVED_LASTS))}?lang=${locale}`,
    survey: async ({ id, customer }, cycle, kind, until, now) => ({
      survey: await link('s', 'survey', surveySubject(id, cycle, kind), customer.id, until),
      unsubscribe: await link('u', 'unsubscribe', customer.id, customer.id, plus(now, UNSUBSCRIBE_LASTS)),
    }),
    nps: async (ask, until, now) => ({
      survey: await link('feedback', 'survey', npsKey(ask), ask.person, until),
      unsubscribe: await link('u', 'unsubscribe', ask.person, ask.person, plus(now, UNSUBSCRIBE_LASTS)),
    }),
  };
};

/** `T-7K2M9Q#1#csat` */
const surveySubject = (ticketId: string, cycle: number, kind: SurveyKind): string => `${ticketId}#${cycle}#${kind}`;

/** What `surveySubject` wrote. */
export const readSurveySubject = (
  subject: string,
): { ticketId: string; cycle: number; kind: SurveyKind } | undefined => {
  const [, ticketId, cycle, kind] = /^(T-[0-9A-Z]+)#(\d+)#(csat|follow-up)$/.exec(subject) ?? [];
  if (ticketId === undefined || (kind !== 'csat' && kind !== 'follow-up')) return undefined;
  return { ticketId, cycle: Number(cycle), kind };
};

/** `T-7K2M9Q#1#01J…`: the event says which promise and rung. */
const noticeSubject = (ticketId: string, cycle: number, event: string): string => `${ticketId}#${cycle}#${event}`;

/** What `noticeSubject` wrote. */
export const readNoticeSubject = (subject: string): { ticketId: string; cycle: number; event: string } | undefined => {
  const [, ticketId, cycle, event] = /^(T-[0-9A-Z]+)#(\d+)#([0-9A-Z]{26})$/.exec(subject) ?? [];
  return ticketId === undefined || event === undefined ? undefined : { ticketId, cycle: Number(cycle), event };
};

export const linksIn = (env: { LINK_SECRET_ARN: string; PUBLIC_URL: string; DESK_ADDRESS: string }): Links =>
  linksWith(linkKeysFrom(env.LINK_SECRET_ARN), { publicUrl: env.PUBLIC_URL, deskAddress: env.DESK_ADDRESS });
