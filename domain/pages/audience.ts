import type { Message } from '../ticket/message.ts';
import type { CustomerId } from '../ticket/ticket.ts';

/** Who looks at a ticket by a link. */
export interface Audience {
  /** Every customer that is proven to be the person who holds the link. */
  person: ReadonlySet<CustomerId>;
  /** The customer of the ticket that the messages are kept on: another one's, where tickets of two became one. */
  ticketOf: CustomerId;
}

/**
 * Whether a message may be seen by the holder of a link, in the conversation and in its files. Agents' notes, quarantined
 * mail, messages that were moved elsewhere and what another customer wrote never are; of another one's ticket, nothing but
 * what the person wrote to it.
 */
export const isShownTo =
  ({ person, ticketOf }: Audience) =>
  ({ direction, author, quarantined, movedTo }: Message): boolean => {
    if (direction === 'note' || quarantined !== undefined || movedTo !== undefined) return false;
    if (author.startsWith('customer:')) return person.has(author.slice('customer:'.length));
    return person.has(ticketOf);
  };
