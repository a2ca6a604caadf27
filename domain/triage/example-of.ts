import type { Ledger } from '../ports.ts';
import type { EventOf } from '../ticket/event.ts';
import type { Message } from '../ticket/message.ts';
import { isLive, isPlaced } from '../ticket/ticket.ts';
import type { Example } from './classifier.ts';

/**
 * What a ticket teaches: its category, if a person gave it one, or an agent resolved it and let stand what the customer
 * or the keywords said. What a classifier or a model said, or nobody, teaches nothing: else they would learn from themselves.
 */
export const exampleOf = ({ ticket, events }: Ledger, messages: readonly Message[]): Example | undefined => {
  if (!isPlaced(ticket) || isLive(ticket)) return undefined;
  const first = messages.find(({ direction, quarantined }) => direction === 'in' && quarantined === undefined);
  if (first === undefined) return undefined;
  const corrected = events.some(({ type, by }) => type === 'recategorised' && by.startsWith('agent:'));
  const triaged = events.find((each): each is EventOf<'triaged'> & typeof each => each.type === 'triaged');
  const ruled = triaged?.rules.some((rule) => rule === 'category.chosen' || rule === 'category.keywords') ?? false;
  const seen = events.some(({ type, by }) => type === 'resolved' && by.startsWith('agent:'));
  if (!corrected && !(ruled && seen)) return undefined;
  return {
    id: ticket.id,
    customer: ticket.customer.id,
    text: `${ticket.subject}\n${first.text}`,
    category: ticket.category,
  };
};
