import { millis } from '../support/time.ts';
import type { EventOf } from '../ticket/event.ts';
import type { PromiseKind } from '../ticket/ticket.ts';
import type { History } from './history.ts';

/** What mails told the customer of times, as the fold keeps it: what they still count on, and what was taken back. */
export const firstMailSaid = ({ slots }: History, { promised }: EventOf<'acknowledged'>): void => {
  const first = slots.find(({ kind, endedAt }) => kind === 'firstReply' && endedAt === undefined);
  if (first !== undefined && promised !== undefined) first.saidBy = millis(promised);
};

/**
 * A time that had passed was taken back. They count on the one that was named instead; of a broken promise that is the
 * last word, for a third time would not be believed.
 */
export const saidLate = (history: History, { promise, dueAt, until, cause }: EventOf<'promise-slipped'>): void => {
  history.saidLate.add(nameOf(promise, millis(dueAt)));
  for (const slot of history.slots.filter(({ kind }) => kind === promise)) {
    delete slot.saidBy;
    delete slot.longerThan;
    if (cause === 'on-hold') continue;
    if (cause === 'longer') {
      if (until !== undefined) Object.assign(slot, { saidBy: millis(until), longerThan: millis(dueAt) });
      continue;
    }
    slot.broken = true;
    if (until !== undefined) slot.renewedUntil = millis(until);
  }
};

/** A time that passed while it was the customer's turn was given up with it: the page said so. */
export const waitedPast = ({ status, slots }: History, at: number): void => {
  if (status !== 'pending') return;
  for (const slot of slots) if (slot.saidBy !== undefined && slot.saidBy <= at) delete slot.saidBy;
};

/** A promise that leaves with an undone merge and comes back with another is told once. */
export const wasSaidLate = ({ saidLate: told }: History, promise: PromiseKind, time: number): boolean =>
  told.has(nameOf(promise, time));

const nameOf = (promise: PromiseKind, time: number): string => `${promise} ${time}`;
