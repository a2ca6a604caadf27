import { randomUUID } from 'node:crypto';
import { ACCOUNT, REGION } from '../aws/contract.ts';
import type { Fate } from './fate.ts';
import type { CommonHeaders } from './mail.ts';
import type { MailHeader } from './mail-headers.ts';

/** `mail` of a sending event. */
export interface SentFacts {
  timestamp: string;
  source: string;
  sourceArn: string;
  sendingAccountId: string;
  messageId: string;
  destination: string[];
  headersTruncated: boolean;
  headers: MailHeader[];
  commonHeaders: CommonHeaders;
  tags: Record<string, string[]>;
}

export type EventType = 'Send' | 'Delivery' | 'Bounce' | 'Complaint' | 'Reject';

export interface SendingEvent {
  type: EventType;
  detailType: string;
  detail: Record<string, unknown>;
}

const DETAIL_TYPES: Record<EventType, string> = {
  Send: 'Email Sent',
  Delivery: 'Email Delivered',
  Bounce: 'Email Bounced',
  Complaint: 'Email Complaint Received',
  Reject: 'Email Rejected',
};

const MTA = 'a8-50.smtp-out.amazonses.com';

export const identityArn = (identity: string): string => `arn:aws:ses:${REGION}:${ACCOUNT}:identity/${identity}`;

const event = (type: EventType, mail: SentFacts, about: Record<string, unknown>): SendingEvent => ({
  type,
  detailType: DETAIL_TYPES[type],
  detail: { eventType: type, mail, [type.toLowerCase()]: about },
});

const bounce = (mail: SentFacts, recipients: string[], subType: string, timestamp: string): SendingEvent =>
  event('Bounce', mail, {
    feedbackId: randomUUID(),
    bounceType: 'Permanent',
    bounceSubType: subType,
    bouncedRecipients: recipients.map((emailAddress) => ({
      emailAddress,
      action: 'failed',
      status: '5.1.1',
      diagnosticCode:
        subType === 'General'
          ? 'smtp; 550 5.1.1 user unknown'
          : 'Amazon SES has suppressed sending to this address because it has a recent history of bouncing as an invalid address.',
    })),
    timestamp,
    reportingMTA: `dns; ${MTA}`,
  });

const complaint = (mail: SentFacts, recipients: string[], timestamp: string): SendingEvent =>
  event('Complaint', mail, {
    feedbackId: randomUUID(),
    complaintSubType: null,
    complainedRecipients: recipients.map((emailAddress) => ({ emailAddress })),
    timestamp,
    userAgent: 'Amazon SES Mailbox Simulator',
    complaintFeedbackType: 'abuse',
    arrivalDate: timestamp,
  });

const delivery = (mail: SentFacts, recipients: string[], timestamp: string): SendingEvent =>
  event('Delivery', mail, {
    timestamp,
    processingTimeMillis: 0,
    recipients,
    smtpResponse: '250 2.0.0 OK',
    remoteMtaIp: '127.0.0.1',
    reportingMTA: MTA,
  });

/**
 * What SES tells about one mail, in order (SES Developer Guide, "Event data … that Amazon SES publishes"): accepted, then
 * per fate of its recipients. `timestamp` ISO 8601 of the virtual clock.
 */
export const sendingEvents = (mail: SentFacts, fates: Map<string, Fate>, timestamp: string): SendingEvent[] => {
  const having = (...wanted: Fate[]): string[] =>
    [...fates].filter(([, fate]) => wanted.includes(fate)).map(([address]) => address);
  if (having('reject').length > 0) return [event('Send', mail, {}), event('Reject', mail, { reason: 'Bad content' })];
  const delivered = having('deliver', 'complain', 'out-of-office');
  const bounced = having('bounce');
  const suppressed = having('suppressed');
  const complained = having('complain');
  return [
    event('Send', mail, {}),
    ...(delivered.length > 0 ? [delivery(mail, delivered, timestamp)] : []),
    ...(bounced.length > 0 ? [bounce(mail, bounced, 'General', timestamp)] : []),
    ...(suppressed.length > 0 ? [bounce(mail, suppressed, 'Suppressed', timestamp)] : []),
    ...(complained.length > 0 ? [complaint(mail, complained, timestamp)] : []),
  ];
};
