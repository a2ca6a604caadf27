import * as z from 'zod/mini';
import { KEY_TAG, keyOfTag } from '../../adapters/ses/post-office.ts';

const recipients = z.array(z.object({ emailAddress: z.string() }));

const event = z.object({
  detail: z.object({
    eventType: z.string(),
    mail: z.object({
      timestamp: z.string(),
      messageId: z.string(),
      tags: z.record(z.string(), z.array(z.string())),
    }),
    bounce: z.optional(z.object({ bounceType: z.string(), bouncedRecipients: recipients })),
    complaint: z.optional(z.object({ complainedRecipients: recipients })),
  }),
});

/** What SES tells of a mail, as far as the desk acts on it. */
export interface Fate {
  /** Key of the mail in the outbox. */
  key: string;
  messageId: string;
  at: string;
  /** Set when it did not arrive, or was not wanted. */
  failure?: { permanent: boolean; why: 'bounce' | 'complaint' | 'reject'; addresses: string[] };
}

/**
 * Reads an SES sending event (Amazon SES guide, "Event data that Amazon SES publishes"). Undefined for mail that is not
 * from the outbox, as it has no key. Every kind of event tells that the mail was sent.
 */
export const readFate = (given: unknown): Fate | undefined => {
  const { detail } = event.parse(given);
  const tag = detail.mail.tags[KEY_TAG]?.[0];
  if (tag === undefined) return undefined;
  const { messageId, timestamp } = detail.mail;
  const failure = failureOf(detail);
  return { key: keyOfTag(tag), messageId, at: new Date(timestamp).toISOString(), ...(failure && { failure }) };
};

const failureOf = ({ eventType, bounce, complaint }: z.infer<typeof event>['detail']): Fate['failure'] => {
  if (bounce)
    return {
      permanent: bounce.bounceType === 'Permanent',
      why: 'bounce',
      addresses: bounce.bouncedRecipients.map(({ emailAddress }) => emailAddress),
    };
  if (complaint)
    return {
      permanent: true,
      why: 'complaint',
      addresses: complaint.complainedRecipients.map(({ emailAddress }) => emailAddress),
    };
  return eventType === 'Reject' ? { permanent: true, why: 'reject', addresses: [] } : undefined;
};
