import type { LinkKeys } from '../../adapters/secrets/link-keys.ts';
import { readReplyAddress } from '../../domain/contact/reply-address.ts';
import { domainOf } from '../_shared/links.ts';
import type { IncomingMail } from './read-mail.ts';
import type { Receipt } from './ses-event.ts';

const ID = 'T-[0-9A-HJKMNP-TV-Z]{6}';

/**
 * The ticket a mail is about, by the signed address it was sent to, else by the anchor that every mail of a ticket refers
 * to, else by `[T-…]` in the subject. None of these says that the sender may write there: that is asked of the ticket.
 */
export const ticketMeant = (
  { recipients }: Receipt,
  { refersTo, subject }: IncomingMail,
  { keys, deskAddress }: { keys: LinkKeys; deskAddress: string },
): string | undefined => {
  for (const recipient of recipients) {
    const address = readReplyAddress(recipient, deskAddress, keys);
    if (address.ok) return address.value.ticketId;
  }
  const anchor = new RegExp(`^<ticket\\.(${ID})@(.+)>$`);
  for (const id of refersTo) {
    const [, ticketId, domain] = anchor.exec(id) ?? [];
    if (domain?.toLowerCase() === domainOf(deskAddress).toLowerCase()) return ticketId;
  }
  return new RegExp(`\\[(${ID})\\]`).exec(subject)?.[1];
};
