import type { Instant } from '../support/time.ts';
import type { TicketId } from '../ticket/ticket.ts';

/** Which queue carries it: what a person waits for goes first. */
export type Pace = 'prompt' | 'patient';
/** Text messages have a queue of their own, whatever their pace: another service takes them. */
export type Lane = Pace | 'text';

/** What the ladder does at that time, if nobody does anything before. */
export type NextStep = { at: Instant } & (
  | { does: 'warn' | 'call-lead' | 'call-manager' }
  | { does: 'move'; group: string }
);

/** Every kind of mail the desk sends; each has one template in domain/mail/. */
export type MailContent =
  | {
      template: 'acknowledgement';
      subject: string;
      promise?: Instant;
      link: string;
      /** Articles that may help at once, best first; their links let the customer say so. */
      articles?: Array<{ title: string; link: string }>;
    }
  | { template: 'reply'; subject: string; text: string; html?: string; agent: string; link: string }
  | { template: 'reminder'; subject: string; link: string; closesAt: Instant }
  /** A time they were given has passed; they hear from the desk by `until`. Absent `what`: a reply is late. */
  | {
      template: 'late';
      subject: string;
      link: string;
      dueAt: Instant;
      until?: Instant;
      agent?: string;
      what?: 'solution' | 'longer' | 'on-hold';
    }
  | { template: 'closed-quietly'; subject: string; link: string }
  | {
      template: 'survey';
      subject: string;
      survey: string;
      link: string;
      unsubscribe: string;
      reminder: boolean;
      agent?: string;
    }
  | { template: 'apology'; subject: string; agent: string; link: string; text?: string }
  | { template: 'follow-up'; subject: string; survey: string; link: string; unsubscribe: string }
  | { template: 'warning'; subject: string; promise: string; dueAt: Instant; next?: NextStep; link?: string }
  | {
      template: 'escalation';
      subject: string;
      promise: string;
      dueAt: Instant;
      rung: string;
      from: string;
      to: string;
      next?: NextStep;
      /** Where it is acknowledged. */
      link?: string;
    }
  | { template: 'recovery'; subject: string; score: string; words?: string; deadline: Instant; agent: string }
  /** `other`: the identity that named this one, as it may be shown to somebody who does not own it. */
  | { template: 'identity'; subject: string; other: string; link: string }
  | { template: 'outage'; subject: string; category: string; tickets: number; since: Instant }
  /** Whether they would recommend the desk, asked of a person rather than about a ticket. */
  | { template: 'nps'; subject: string; survey: string; link: string; unsubscribe: string }
  /** To a lead: a low score that nobody can answer. `subject` is the rating in words. */
  | { template: 'feedback'; subject: string; feedback: string; words?: string }
  | { template: 'recovery-overdue'; subject: string; deadline: Instant; attempt: number }
  /** To the lead: who was putting it right went away, and nobody else is there. */
  | { template: 'recovery-left'; subject: string; agent: string }
  /** To the lead: an unhappy customer whom only a call reaches. `again`: enough was put right for them lately. */
  | { template: 'call-customer'; subject: string; why: 'again' | 'no-address'; score: string; words?: string };

export type TemplateName = MailContent['template'];

/** Where it goes: by mail, or as a text message to a number in E.164. */
export type Recipient = ({ email: string } | { phone: string }) & { name?: string };

/** A mail, not a text message. */
export type Letter = OwedMail & { to: { email: string } };
/** A text message. */
export type Text = OwedMail & { to: { phone: string } };

export const isLetter = (mail: OwedMail): mail is Letter => 'email' in mail.to;
export const isText = (mail: OwedMail): mail is Text => 'phone' in mail.to;

/**
 * A mail the desk owes somebody: stored with the change that caused it, sent once. `key` is made of business words
 * (`survey#T-7K2M9Q#1#csat`): the same cause never owes twice.
 */
export interface OwedMail {
  key: string;
  /** Absent where it is about no ticket. */
  ticketId?: TicketId;
  to: Recipient;
  /** BCP 47; decides wording and direction. */
  locale: string;
  timeZone?: string;
  pace: Pace;
  content: MailContent;
  /** For the thread headers: the ticket's anchor, and the mail that is answered if there is one. */
  anchor: string;
  inReplyTo?: string;
  /** Signed reply address of this ticket, if the mail may be answered. */
  replyTo?: string;
  owedAt: Instant;
  status: 'owed' | 'sending' | 'sent' | 'suppressed' | 'failed';
  claimedAt?: Instant;
  attempts: number;
  sentAt?: Instant;
  /** The id SES gave it, without angle brackets: later mails of the thread refer to it. */
  messageId?: string;
  /** The message of the conversation it carries, if any. */
  message?: string;
}
