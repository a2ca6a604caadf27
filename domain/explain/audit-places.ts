import type { TicketEvent } from '../ticket/event.ts';
import type { Audited, Disagreement } from './audited.ts';
import { type PlaceThen, placeAfter, placeOf } from './places.ts';

/** Whose the ticket was at each event that says so, and whose it is: each place follows from the one before it. */
export const placeDoubts = (ticket: Audited, events: readonly TicketEvent[]): Disagreement[] => {
  let before: PlaceThen | undefined;
  const doubts = events.flatMap((event, index) => {
    const after = placeAfter(before, event);
    const found = [...ofEvent(event, before, after), ...givenElsewhere(event, events[index - 1])];
    before = after;
    return found;
  });
  if (ticket.status === 'new') return doubts;
  const place = placeOf(events);
  return [
    ...doubts,
    ...differ('group', ticket.group, place?.group),
    ...differ('assignee', ticket.assignee, place?.agent),
  ];
};

const ofEvent = (event: TicketEvent, before: PlaceThen | undefined, after: PlaceThen | undefined): Disagreement[] => {
  const wrong = (what: string, stored: string | number | undefined, is: string | number | undefined) =>
    differ(`${event.type}.${what}`, stored, is, event.at);
  // Whoever moves it takes the tier from the team's files: only what an event said before can be held against it.
  const tier = (stored: number | undefined): Disagreement[] =>
    before?.tier === undefined || stored === undefined ? [] : wrong('tier', stored, before.tier);
  switch (event.type) {
    case 'transferred':
      return [
        ...wrong('fromGroup', event.fromGroup, before?.group),
        ...(before?.tier === undefined ? [] : wrong('fromTier', event.fromTier, before.tier)),
        ...movesDoubts(event, after),
      ];
    case 'assigned':
      return wrong('from', event.from, before?.agent);
    case 'escalated':
      return event.toGroup === undefined ? [] : movesDoubts(event, after);
    case 'replied':
      return event.group === undefined ? [] : [...wrong('group', event.group, before?.group), ...tier(event.tier)];
    default:
      return [];
  }
};

/** Somebody of the group to which a rung moved it is given the ticket, in the same change. */
const givenElsewhere = (event: TicketEvent, last: TicketEvent | undefined): Disagreement[] => {
  if (event.type !== 'assigned' && event.type !== 'nobody-available') return [];
  if (last?.type !== 'escalated' || last.toGroup === undefined || last.version !== event.version) return [];
  return differ('escalated.toGroup', last.toGroup, event.group, last.at);
};

const movesDoubts = (
  { type, at, moves }: { type: string; at: string; moves?: number },
  after: PlaceThen | undefined,
): Disagreement[] => differ(`${type}.moves`, moves ?? 0, after?.moves, at);

const differ = (
  what: string,
  stored: string | number | undefined,
  recomputed: string | number | undefined,
  at?: string,
): Disagreement[] =>
  stored === recomputed
    ? []
    : [{ what, stored: told(stored), recomputed: told(recomputed), ...(at === undefined ? {} : { at }) }];

const told = (value: string | number | undefined): string => (value === undefined ? 'none' : String(value));
