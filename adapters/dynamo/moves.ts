import type { Change } from '../../domain/ticket/change.ts';
import type { EventType } from '../../domain/ticket/event.ts';
import type { Status } from '../../domain/ticket/ticket.ts';
import { allowedFrom, type Move } from '../../domain/ticket/transitions.ts';

/**
 * The moves of the transitions table that an event may stand for. An event that is missing here leaves the status
 * alone.
 */
const movesOf: { [type in EventType]?: readonly Move[] } = {
  triaged: ['triage'],
  acknowledged: ['acknowledge'],
  assigned: ['assign'],
  transferred: ['transfer'],
  reprioritised: ['sort'],
  recategorised: ['sort'],
  replied: ['reply', 'reply-and-wait'],
  'customer-replied': ['customer-reply', 'customer-answer'],
  noted: ['note'],
  merged: ['merge', 'take-in'],
  unmerged: ['unmerge', 'note'],
  split: ['split'],
  linked: ['link'],
  unlinked: ['link'],
  paused: ['wait-for-customer', 'wait-for-third-party', 'reply-and-wait'],
  resumed: ['resume', 'customer-answer'],
  warned: ['escalate'],
  escalated: ['escalate'],
  'notice-given': ['escalate'],
  'promises-recounted': ['recount'],
  reminded: ['remind'],
  resolved: ['resolve'],
  deflected: ['deflect'],
  erased: ['erase'],
  closed: ['close', 'close-quietly'],
  reopened: ['reopen'],
};

/**
 * The statuses a change may start from, derived from the transitions table: those of its first move, as events of one
 * change stand in the order they happened. Empty when it makes no move, as an answered survey does.
 */
export const statusesBefore = ({ events }: Change): Status[] => {
  const first = events.map(({ type }) => movesOf[type]).find((moves) => moves !== undefined) ?? [];
  return [...new Set(first.flatMap((move) => allowedFrom(move)))];
};
