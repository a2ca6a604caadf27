import type { TicketEvent } from '../ticket/event.ts';
import type { Sentiment } from '../ticket/ticket.ts';

/** How each message sounds, by its id: as triage read the first one, and as people said since. */
export const sentimentsOf = (events: readonly TicketEvent[]): Map<string, Sentiment> => {
  const sentiments = new Map<string, Sentiment>();
  let first: string | undefined;
  for (const event of events) {
    if (event.type === 'opened') first = event.message;
    if (event.type === 'triaged' && first !== undefined && event.sentiment !== undefined)
      sentiments.set(first, event.sentiment);
    if (event.type === 'labelled') sentiments.set(event.message, event.sentiment);
  }
  return sentiments;
};
