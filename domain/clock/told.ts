import { millis } from '../support/time.ts';
import type { EventOf } from '../ticket/event.ts';
import type { History, Slot } from './history.ts';
import { targetOf } from './targets.ts';

/**
 * What the ladder has told and what people said to it, as the fold keeps it: which rungs were climbed, who is still to be
 * told, whether somebody has to acknowledge, and whether somebody did.
 */
export const rungClimbed = (history: History, event: EventOf<'warned'> | EventOf<'escalated'>, at: number): void => {
  const slot = slotOf(history, event);
  if (slot === undefined) return;
  if (event.type === 'escalated' && (event.toGroup !== undefined || event.stays === 'end-of-path'))
    history.placedByLadderAt = at;
  slot.climbed.add(event.rung);
  slot.firstClimbedAt ??= at;
  const { rung, held = [], acknowledge } = event;
  slot.held = [...(slot.held ?? []), ...held.map(({ agent, until }) => ({ rung, agent, until: millis(until) }))];
  // A rung higher up asks in the place of the one below it.
  delete slot.asks;
  if (acknowledge !== undefined)
    slot.asks = { rung, since: Math.max(at, millis(acknowledge.from)), within: acknowledge.within };
};

export const noticeGiven = (history: History, event: EventOf<'notice-given'>): void => {
  const slot = slotOf(history, event);
  if (slot === undefined) return;
  slot.held = slot.held?.filter(({ rung, agent }) => rung !== event.rung || !event.told.includes(agent)) ?? [];
};

/** Whoever acknowledges answers for the promise: nobody is woken for it any more, and what asked has its answer. */
export const acknowledged = (history: History, event: EventOf<'escalation-acknowledged'>, at: number): void => {
  for (const slot of history.slots) {
    if (slot.climbed.size === 0) continue;
    if (event.promise !== undefined && event.promise !== slot.kind) continue;
    delete slot.asks;
    slot.held = [];
    if (event.rests !== undefined) slot.rests = { since: at, by: event.agent, lasts: event.rests };
  }
};

/** An acknowledgement is its author's alone: whoever gets the ticket after them has acknowledged nothing. */
export const handedOver = (
  history: History,
  event: EventOf<'assigned'> | EventOf<'transferred'> | EventOf<'nobody-available'>,
  at: number,
): void => {
  const to = event.type === 'nobody-available' ? undefined : event.agent;
  for (const slot of history.slots) if (slot.rests?.by !== to) delete slot.rests;
  if (event.by.startsWith('agent:')) history.placedByHand = { at, by: event.by };
};

/**
 * The row and the rules a promise is kept by from now on. Another target has a ladder of its own, and so has another
 * calendar; coming back to one that was climbed before tells nothing twice. Where a row promises the same, only what else
 * is in the row has changed: its ladder goes on.
 */
export const holdTo = (slot: Slot, next: Pick<Slot, 'rules' | 'row'>): void => {
  if (promisedBy(slot, next.row) !== promisedBy(slot, slot.row)) startLadderAnew(slot, next.row);
  slot.rules = next.rules;
  slot.row = next.row;
};

const startLadderAnew = (slot: Slot, row: Slot['row']): void => {
  slot.climbedBefore = new Map(slot.climbedBefore).set(promisedBy(slot, slot.row), slot.climbed);
  slot.climbed = new Set(slot.climbedBefore.get(promisedBy(slot, row)));
  delete slot.firstClimbedAt;
  delete slot.asks;
  delete slot.rests;
  delete slot.held;
};

const promisedBy = ({ kind, carried }: Slot, row: Slot['row']): string =>
  `${targetOf(row, carried?.as ?? kind)} in ${row?.calendar}`;

const slotOf = (history: History, { promise }: { promise: Slot['kind'] }): Slot | undefined =>
  history.slots.find(({ kind }) => kind === promise);
