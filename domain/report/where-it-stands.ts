import { placeOf } from '../explain/places.ts';
import type { Instant } from '../support/time.ts';
import { type EventType, inOrder, type TicketEvent } from '../ticket/event.ts';
import type { Priority } from '../ticket/ticket.ts';
import type { ClockFact } from './clock-note.ts';

/** What gives a ticket its group and its priority; an assignment stays within a group, or follows one of these. */
export const PLACING_TYPES = [
  'triaged',
  'transferred',
  'escalated',
  'reprioritised',
] as const satisfies readonly EventType[];

/**
 * Says of a clock in which group and with which priority its ticket is at `seenAt`. `placings` are the events of
 * `PLACING_TYPES` in the period of the report, in no order. Of a ticket without any, the note says it: nothing has moved it
 * since.
 */
export const standingAt = (placings: readonly TicketEvent[], seenAt: Instant): ((clock: ClockFact) => ClockFact) => {
  const byTicket = Map.groupBy(
    placings.filter(({ at }) => at < seenAt),
    ({ ticketId }) => ticketId,
  );
  const places = new Map([...byTicket].map(([ticket, events]) => [ticket, placeIn(inOrder(events))]));
  return (clock) => ({ ...clock, ...places.get(clock.ticketId) });
};

const placeIn = (events: readonly TicketEvent[]): { group?: string; priority?: Priority } => {
  const group = placeOf(events)?.group;
  const priority = events.findLast((event) => event.type === 'triaged' || event.type === 'reprioritised')?.priority;
  return { ...(group !== undefined && { group }), ...(priority !== undefined && { priority }) };
};
