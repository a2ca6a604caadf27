import { isPermanent } from './permanence.ts';

/** One address a report speaks of. */
export interface ReportedRecipient {
  /** As the server that gave up knows it, and as the mail was first sent to it. */
  addresses: string[];
  /** The mail will never arrive there; false while a server still tries, and for news that it arrived after all. */
  permanent: boolean;
}

const fieldIn = (block: string, name: string): string | undefined =>
  new RegExp(`^${name}[ \\t]*:[ \\t]*(.*(?:\\r?\\n[ \\t].*)*)`, 'im').exec(block)?.[1]?.replaceAll(/\s+/g, ' ').trim();

/** `rfc822; <kim@example.com>` → `kim@example.com`, and what servers write instead of it. */
const addressIn = (field: string | undefined): string[] => {
  const address = field?.replace(/^[\w-]+\s*;/, '').match(/[^\s<>;,"]+@[^\s<>;,"]+/)?.[0];
  return address === undefined ? [] : [address];
};

/** The recipients of a delivery status (RFC 3464, 2.3): the first group of fields tells of the server, each later one of an address. */
export const recipientsOf = (deliveryStatus: string): ReportedRecipient[] =>
  deliveryStatus.split(/\r?\n[ \t]*\r?\n/).flatMap((block) => {
    const addresses = ['Original-Recipient', 'Final-Recipient', 'X-Actual-Recipient'].flatMap((name) =>
      addressIn(fieldIn(block, name)),
    );
    if (addresses.length === 0) return [];
    const failed = /^failed\b/i.test(fieldIn(block, 'Action') ?? '');
    const status = /\d\.\d{1,3}\.\d{1,3}/.exec(fieldIn(block, 'Status') ?? '')?.[0];
    const words = [fieldIn(block, 'Diagnostic-Code'), fieldIn(block, 'Status')].join(' ');
    return [{ addresses, permanent: failed && isPermanent(status, words) }];
  });

/** The addresses a feedback report names, where they are not blotted out (RFC 5965, 3.2). */
export const complainersIn = (feedback: string): string[] =>
  ['Original-Rcpt-To', 'Removal-Recipient'].flatMap((name) => addressIn(fieldIn(feedback, name)));

/** `abuse`, `fraud`, `not-spam` …; undefined where the report does not say. */
export const feedbackTypeIn = (feedback: string): string | undefined =>
  fieldIn(feedback, 'Feedback-Type')?.toLowerCase();
