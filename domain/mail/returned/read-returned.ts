import type { LinkKey } from '../../contact/capability.ts';
import { sameAddress } from '../../contact/mail-address.ts';
import { readReplyAddress } from '../../contact/reply-address.ts';
import type { TicketId } from '../../ticket/ticket.ts';
import type { ReportKind } from '../automatic/report.ts';
import type { IncomingMail } from '../incoming.ts';
import { anchoredIn, sesIdIn } from '../ticket-meant.ts';
import { isPermanent } from './permanence.ts';
import { complainersIn, feedbackTypeIn, type ReportedRecipient, recipientsOf } from './recipients.ts';

/** A report on mail that may be the desk's, as far as the desk acts on it. */
export interface ReturnedMail {
  kind: ReportKind;
  recipients: ReportedRecipient[];
  /** What a report for people says: read where it names no recipient in a form for machines. */
  text: string;
  /** Ids that SES may have given to the returned mail. Nobody guesses one. */
  sesIds: string[];
  /** Tickets whose signed reply address the returned mail has: nobody makes one up. */
  signed: TicketId[];
  /** Tickets whose anchor the returned mail has: a number that can be guessed. */
  anchored: TicketId[];
}

const LONGEST_PART = 200_000;
const MOST_IDS = 5;

/** What a report says about which mail. Anybody can write one: what it names is looked up before it is believed. */
export const readReturned = (
  kind: ReportKind,
  mail: IncomingMail,
  { keys, deskAddress }: { keys: readonly LinkKey[]; deskAddress: string },
): ReturnedMail | undefined => {
  const parts = new Map<string, string>();
  for (const { claimed, content } of mail.files) {
    if (/^(?:message|text)\//.test(claimed))
      parts.set(claimed, `${parts.get(claimed) ?? ''}\n\n${plainOf(content.subarray(0, LONGEST_PART))}`);
  }
  const feedback = parts.get('message/feedback-report') ?? '';
  const type = feedbackTypeIn(feedback);
  // "Not spam" takes a complaint back; the others tell of forged mail, and of how mail was signed.
  if (kind === 'complaint' && type !== undefined && !/^(?:abuse|fraud|opt-out.*|virus|other|complaint)$/.test(type))
    return undefined;
  const text = [mail.text ?? mail.html ?? '', ...parts.values()].join('\n').slice(0, 3 * LONGEST_PART);
  const named = [...mail.refersTo, ...(text.match(/<[^<>\s]{1,300}>/g) ?? [])];
  const failed = addressesIn(mail.headers.get('x-failed-recipients') ?? '');
  const status = parts.get('message/delivery-status') ?? parts.get('message/global-delivery-status');
  const told = status === undefined ? [] : recipientsOf(status);
  const permanent = kind === 'complaint' || isPermanent(undefined, text.slice(0, LONGEST_PART));
  const inHeaders = [...failed, ...complainersIn(feedback)].map((address) => ({ addresses: [address], permanent }));
  return {
    kind,
    recipients: told.length > 0 ? told : inHeaders,
    text,
    sesIds: few(named.flatMap((id) => sesIdIn(id) ?? [])),
    signed: few(
      addressesIn(text).flatMap((address) => {
        const read = readReplyAddress(address, deskAddress, keys);
        return read.ok ? [read.value.ticketId] : [];
      }),
    ),
    anchored: few(named.flatMap((id) => anchoredIn(id, deskAddress) ?? [])),
  };
};

/** Whether a report says of this address that no more mail is to go there. */
export const endsMailTo = (address: string, { kind, recipients, text }: ReturnedMail): boolean => {
  const about = recipients.filter(({ addresses }) => addresses.some((each) => sameAddress(each, address)));
  if (kind === 'complaint') return recipients.length === 0 || about.length > 0;
  if (recipients.length > 0) return about.some(({ permanent }) => permanent);
  return addressesIn(text).some((each) => sameAddress(each, address)) && isPermanent(undefined, text);
};

/** Whether a report is final about anybody, so that agents learn that a mail has failed rather than that it is late. */
export const isFinal = ({ kind, recipients, text }: ReturnedMail): boolean =>
  kind === 'complaint' ||
  (recipients.length > 0 ? recipients.some(({ permanent }) => permanent) : isPermanent(undefined, text));

const addressesIn = (text: string): string[] => text.match(/[^\s<>()[\]:;,"'=]{1,64}@[^\s<>()[\]:;,"']{1,255}/g) ?? [];

/** Ids and addresses are ASCII: whatever else a part holds may be read wrongly. */
const plainOf = (content: Uint8Array): string => new TextDecoder('latin1').decode(content);

const few = <T>(found: readonly T[]): T[] => [...new Set(found)].slice(0, MOST_IDS);
