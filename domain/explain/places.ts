import type { TicketEvent } from '../ticket/event.ts';
import type { AgentId, Tier } from '../ticket/ticket.ts';

/** Whose a ticket is, as its events tell it. */
export interface PlaceThen {
  group: string;
  /** Unknown where an event names the group alone. */
  tier?: Tier;
  agent?: AgentId;
  /** How often it has changed its group. */
  moves: number;
}

/** The place after an event; undefined before triage, when nobody has it. */
export const placeAfter = (place: PlaceThen | undefined, event: TicketEvent): PlaceThen | undefined => {
  switch (event.type) {
    case 'triaged':
      return { group: event.group, tier: event.tier, moves: place?.moves ?? 0 };
    case 'transferred':
      return moved(place, event.group, event.tier, event.agent);
    case 'assigned':
      return moved(place, event.group, event.group === place?.group ? place.tier : undefined, event.agent);
    case 'nobody-available':
      return moved(place, event.group, event.group === place?.group ? place.tier : undefined, undefined);
    case 'escalated':
      return event.toGroup === undefined ? place : moved(place, event.toGroup, event.toTier, place?.agent);
    default:
      return place;
  }
};

/** Undefined for a ticket that was never triaged. */
export const placeOf = (events: readonly TicketEvent[]): PlaceThen | undefined =>
  events.reduce<PlaceThen | undefined>(placeAfter, undefined);

const moved = (
  before: PlaceThen | undefined,
  group: string,
  tier: Tier | undefined,
  agent: AgentId | undefined,
): PlaceThen => ({
  group,
  ...(tier === undefined ? {} : { tier }),
  ...(agent === undefined ? {} : { agent }),
  moves: (before?.moves ?? 0) + (before !== undefined && before.group !== group ? 1 : 0),
});
