import type { LinkKey } from '../contact/capability.ts';
import { domainOf } from '../contact/desk-address.ts';
import { readReplyAddress } from '../contact/reply-address.ts';
import type { TicketId } from '../ticket/ticket.ts';
import type { IncomingMail, Receipt } from './incoming.ts';

const ID = 'T-[0-9A-HJKMNP-TV-Z]{6}';

/** The ticket a mail is about, and by what it says so. Only an address is a secret: a number and an anchor can be guessed. */
export interface Meant {
  ticketId: TicketId;
  by: 'address' | 'thread' | 'subject';
}

interface Desk {
  keys: readonly LinkKey[];
  deskAddress: string;
  /** The tickets of mails that the desk sent, by the Message-ID SES gave them. */
  sent: ReadonlyMap<string, TicketId>;
}

/**
 * By the signed address it was sent to, else by a mail of the ticket that it refers to, else by `[T-…]` in the subject. None
 * of these says that the sender may write there: that is asked of the ticket.
 */
export const ticketMeant = (
  { recipients }: Pick<Receipt, 'recipients'>,
  { refersTo, subject, to }: Pick<IncomingMail, 'refersTo' | 'subject' | 'to'>,
  { keys, deskAddress, sent }: Desk,
): Meant | undefined => {
  // To and Cc as well: the same mail may come once by each of its addresses, and means the same ticket each time.
  for (const recipient of [...recipients, ...to]) {
    const address = readReplyAddress(recipient, deskAddress, keys);
    if (address.ok) return { ticketId: address.value.ticketId, by: 'address' };
  }
  for (const id of refersTo) {
    const ticketId = sent.get(id) ?? anchoredIn(id, deskAddress);
    if (ticketId !== undefined) return { ticketId, by: 'thread' };
  }
  const ticketId = new RegExp(`\\[(${ID})\\]`).exec(subject)?.[1];
  return ticketId === undefined ? undefined : { ticketId, by: 'subject' };
};

/** `<ticket.T-7K2M9Q@desk.example.com>` → the ticket, if it is this desk's. */
export const anchoredIn = (messageId: string, deskAddress: string): TicketId | undefined => {
  const [, ticketId, domain] = new RegExp(`^<ticket\\.(${ID})@(.+)>$`).exec(messageId) ?? [];
  return domain?.toLowerCase() === domainOf(deskAddress).toLowerCase() ? ticketId : undefined;
};

/** `<0100018f…@email.amazonses.com>` → `0100018f…`: SES gives every mail it sends a Message-ID of its own. */
export const sesIdIn = (messageId: string): string | undefined =>
  /^<([0-9a-z-]{10,100})@(?:[a-z0-9-]+\.)?amazonses\.com>$/i.exec(messageId.trim())?.[1];
