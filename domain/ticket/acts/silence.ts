import type { TicketEvent } from '../event.ts';
import { inOrder } from '../event.ts';

/** Whether the customer was reminded since the wait that is under way began. */
export const remindedSincePause = (events: readonly TicketEvent[]): boolean => {
  const last = inOrder(events).findLast(({ type }) => type === 'paused' || type === 'reminded');
  return last?.type === 'reminded';
};
