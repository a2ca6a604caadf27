import { type ReplyRating, replyRatings } from '../rating/reply-rating.ts';
import type { Instant } from '../support/time.ts';
import { isRateable } from '../ticket/acts/rate-reply.ts';
import type { TicketEvent } from '../ticket/event.ts';
import type { Message } from '../ticket/message.ts';
import { type Audience, isShownTo } from './audience.ts';

/** A file of a message; its place among the files of the message is its address. */
export interface PublicFile {
  name: string;
  type: string;
  bytes: number;
}

/** A message as its customer sees it. */
export interface PublicMessage {
  id: string;
  from: 'customer' | 'desk';
  /** The agent who wrote it, if a person did. */
  agent?: string;
  at: Instant;
  text: string;
  quoted?: string;
  /** A secret was masked in it. */
  masked: boolean;
  /** `text` is its beginning: the whole of it was too long to show. */
  cut: boolean;
  files: PublicFile[];
  /** A reply of a person, which the customer may rate. */
  rateable: boolean;
  rating?: ReplyRating;
}

/** Who looks; names by agent id; what happened on the ticket. */
export interface Conversation extends Audience {
  agents: ReadonlyMap<string, string>;
  events: readonly TicketEvent[];
}

/** What a customer may see of a ticket: the messages to and from them, oldest first; given in the order of events. */
export const publicConversation = (
  messages: readonly Message[],
  { agents, events, ...audience }: Conversation,
): PublicMessage[] => {
  const ratings = replyRatings(events);
  const rateable = new Set(events.filter(isRateable).map(({ message }) => message));
  return (
    messages
      .filter(isShownTo(audience))
      // Messages of one instant stay as they were handed in: ids of different processes tell no order.
      .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
      .map(({ id, direction, author, at, text, quoted, masked, whole, attachments }): PublicMessage => {
        const agent = author.startsWith('agent:') ? agents.get(author.slice('agent:'.length)) : undefined;
        const rating = ratings.get(id);
        return {
          id,
          from: direction === 'in' ? 'customer' : 'desk',
          ...(agent !== undefined && { agent }),
          at,
          text,
          ...(quoted !== undefined && { quoted }),
          masked: (masked ?? []).length > 0,
          cut: whole !== undefined,
          files: attachments.map(({ name, type, bytes }) => ({ name, type, bytes })),
          rateable: rateable.has(id),
          ...(rating && { rating }),
        };
      })
  );
};
