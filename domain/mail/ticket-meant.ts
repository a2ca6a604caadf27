import type { LinkKey } from '../contact/capability.ts';
import { domainOf } from '../contact/desk-address.ts';
import { readReplyAddress } from '../contact/reply-address.ts';
import type { TicketId } from '../ticket/ticket.ts';
import type { IncomingMail, Receipt } from './incoming.ts';

const ID = 'T-[0-9A-HJKMNP-TV-Z]{6}';

/**
 * The ticket a mail is about, by the signed address it was sent to, else by the anchor that every mail of a ticket refers
 * to, else by `[T-…]` in the subject. None of these says that the sender may write there: that is asked of the ticket.
 */
export const ticketMeant = (
  { recipients }: Receipt,
  { refersTo, subject }: IncomingMail,
  { keys, deskAddress }: { keys: readonly LinkKey[]; deskAddress: string },
): TicketId | undefined => {
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
