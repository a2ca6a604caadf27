import type { Status } from './ticket.ts';

/**
 * Every legal move of a ticket, once. The refusals of the acts and the conditions of the table are derived from it, so
 * there is no second list to drift apart. `to: 'same'` leaves the status as it is.
 */
export const transitions = [
  { on: 'triage', from: ['new'], to: 'open' },
  { on: 'acknowledge', from: ['open', 'pending', 'on-hold'], to: 'same' },
  { on: 'reply', from: ['open', 'pending', 'on-hold'], to: 'open' },
  { on: 'reply-and-wait', from: ['open', 'pending', 'on-hold'], to: 'pending' },
  { on: 'customer-reply', from: ['new', 'open'], to: 'same' },
  { on: 'customer-answer', from: ['pending', 'on-hold'], to: 'open' },
  { on: 'note', from: ['new', 'open', 'pending', 'on-hold', 'resolved', 'closed'], to: 'same' },
  { on: 'merge', from: ['open', 'pending', 'on-hold', 'resolved', 'closed'], to: 'closed' },
  { on: 'take-in', from: ['open', 'pending', 'on-hold'], to: 'same' },
  { on: 'unmerge', from: ['closed'], to: 'same' },
  { on: 'split', from: ['open', 'pending', 'on-hold', 'resolved', 'closed'], to: 'same' },
  { on: 'link', from: ['new', 'open', 'pending', 'on-hold', 'resolved', 'closed'], to: 'same' },
  { on: 'transfer', from: ['open', 'pending', 'on-hold'], to: 'same' },
  { on: 'assign', from: ['open', 'pending', 'on-hold'], to: 'same' },
  { on: 'sort', from: ['open', 'pending', 'on-hold'], to: 'same' },
  { on: 'wait-for-customer', from: ['open', 'on-hold'], to: 'pending' },
  { on: 'wait-for-third-party', from: ['open', 'pending'], to: 'on-hold' },
  { on: 'resume', from: ['pending', 'on-hold'], to: 'open' },
  { on: 'escalate', from: ['open', 'pending', 'on-hold'], to: 'same' },
  { on: 'recount', from: ['new', 'open', 'pending', 'on-hold'], to: 'same' },
  { on: 'remind', from: ['pending'], to: 'same' },
  { on: 'resolve', from: ['open', 'pending', 'on-hold'], to: 'resolved' },
  { on: 'deflect', from: ['open', 'pending', 'on-hold'], to: 'closed' },
  { on: 'close-quietly', from: ['pending'], to: 'closed' },
  { on: 'close', from: ['resolved'], to: 'closed' },
  { on: 'erase', from: ['new', 'open', 'pending', 'on-hold', 'resolved', 'closed'], to: 'closed' },
  { on: 'reopen', from: ['resolved', 'closed'], to: 'open' },
] as const satisfies ReadonlyArray<{ on: string; from: readonly Status[]; to: Status | 'same' }>;

export type Move = (typeof transitions)[number]['on'];

/** The statuses a move may start from; the table's condition is made of them. */
export const allowedFrom = (move: Move): readonly Status[] =>
  transitions.filter((row) => row.on === move).flatMap((row) => [...row.from]);

export const mayMove = (status: Status, move: Move): boolean => allowedFrom(move).includes(status);
