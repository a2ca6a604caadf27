import type { Brand } from '../contact/brand.ts';
import { assertNever } from '../support/exhaustive.ts';
import type { MailBody } from './content.ts';
import { headersOf } from './headers.ts';
import type { OwedMail } from './owed.ts';
import { acknowledgement, apology, closedQuietly, late, reminder, reply } from './templates/customer.ts';
import { identity } from './templates/identity.ts';
import { followUp, nps, survey } from './templates/survey.ts';
import {
  callCustomer,
  escalation,
  feedback,
  outage,
  recovery,
  recoveryLeft,
  recoveryOverdue,
  warning,
} from './templates/team.ts';
import { toHtml } from './to-html.ts';
import { toText } from './to-text.ts';
import { type MailLocale, type Voice, voiceOf } from './voice.ts';

/** A mail as it is sent, but for its addresses, its Message-ID and its date. */
export interface RenderedMail {
  subject: string;
  text: string;
  html: string;
  headers: Record<string, string>;
}

/** The words of an owed mail in the language of `locale` (see `localeFor`). Throws when a link or header is not one. */
export const renderMail = (mail: OwedMail, locale: MailLocale, brand: Brand): RenderedMail => {
  const body = bodyOf(mail, voiceOf(mail, locale, brand));
  return {
    subject: body.subject,
    text: toText(body, locale),
    html: toHtml(body, locale, brand),
    headers: headersOf(mail, locale.code),
  };
};

/** What a mail says, whatever it becomes: a letter or a text message. */
export const bodyOf = ({ content }: OwedMail, voice: Voice): MailBody => {
  switch (content.template) {
    case 'acknowledgement':
      return acknowledgement(content, voice);
    case 'reply':
      return reply(content, voice);
    case 'reminder':
      return reminder(content, voice);
    case 'late':
      return late(content, voice);
    case 'closed-quietly':
      return closedQuietly(content, voice);
    case 'survey':
      return survey(content, voice);
    case 'apology':
      return apology(content, voice);
    case 'follow-up':
      return followUp(content, voice);
    case 'warning':
      return warning(content, voice);
    case 'escalation':
      return escalation(content, voice);
    case 'identity':
      return identity(content, voice);
    case 'recovery':
      return recovery(content, voice);
    case 'outage':
      return outage(content, voice);
    case 'nps':
      return nps(content, voice);
    case 'feedback':
      return feedback(content, voice);
    case 'recovery-overdue':
      return recoveryOverdue(content, voice);
    case 'recovery-left':
      return recoveryLeft(content, voice);
    case 'call-customer':
      return callCustomer(content, voice);
    default:
      return assertNever(content);
  }
};
