import type { EventType, TicketEvent } from '../../../domain/ticket/event.ts';
import type { Message } from '../../../domain/ticket/message.ts';

/** Events about a message that was there before them. */
const saysOnly: ReadonlySet<EventType> = new Set<EventType>(['reply-rated', 'labelled']);

/**
 * Messages in the order they were written, which is that of the events that name them. Their ids do not tell: ULIDs
 * that two processes make within one millisecond have no order.
 */
export const inConversationOrder = (messages: readonly Message[], events: readonly TicketEvent[]): Message[] => {
  const places = new Map<string, number>();
  for (const [place, event] of events.entries())
    if ('message' in event && !saysOnly.has(event.type)) places.set(event.message, place);
  // A message whose event came after the ledger was read stands last.
  const placeOf = ({ id }: Message): number => places.get(id) ?? events.length;
  return messages.toSorted((a, b) => placeOf(a) - placeOf(b));
};
