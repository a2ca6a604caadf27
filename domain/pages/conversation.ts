import type { Instant } from '../support/time.ts';
import type { Message } from '../ticket/message.ts';

/** A message as its customer sees it. */
export interface PublicMessage {
  from: 'customer' | 'desk';
  /** The agent who wrote it, if a person did. */
  agent?: string;
  at: Instant;
  text: string;
  attachments: string[];
}

/**
 * What a customer may see of a ticket: the messages to and from them, oldest first; given in the order of events. Agents' notes and quarantined mail
 * never leave the desk. `agents` are names by agent id.
 */
export const publicConversation = (
  messages: readonly Message[],
  agents: ReadonlyMap<string, string>,
): PublicMessage[] =>
  messages
    .filter(({ direction, quarantined }) => direction !== 'note' && quarantined === undefined)
    // Messages of one instant stay as they were handed in: ids of different processes tell no order.
    .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
    .map(({ direction, author, at, text, attachments }) => {
      const agent = author.startsWith('agent:') ? agents.get(author.slice('agent:'.length)) : undefined;
      return {
        from: direction === 'in' ? 'customer' : 'desk',
        ...(agent === undefined ? {} : { agent }),
        at,
        text,
        attachments: attachments.map(({ name }) => name),
      };
    });
