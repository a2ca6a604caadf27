import type { Context } from '../../context.ts';
import type { Ledger } from '../../ports.ts';
import { type Decision, decided, refused } from '../../support/decision.ts';
import { asOpen, asReopened } from '../as-status.ts';
import type { Change } from '../change.ts';
import type { Actor, EventOf, TicketEvent } from '../event.ts';
import { isPaused } from '../ticket.ts';
import { makeChange, type Noted } from './make-change.ts';
import { spokeUp } from './paused-by.ts';
import type { Refusal } from './refusal.ts';
import { reopenedNote } from './reopen.ts';

export interface NotThanksInput {
  message: string;
  by: Actor;
}

/**
 * An agent read more than thanks in a message: it becomes the reply it would have been, at the time it was written. Every
 * clock counts from then: a wait ended, a ticket that had ended is open again, whatever the window. So is one that was
 * closed since because its customer seemed silent; what a person resolved since stays resolved.
 */
export const notThanks = (ledger: Ledger, { message, by }: NotThanksInput, ctx: Context): Decision<Change, Refusal> => {
  const { ticket, events } = ledger;
  if (ticket.mergedInto !== undefined)
    return refused('merged', `Ticket ${ticket.id} is a part of ${ticket.mergedInto}: act there, or undo the merge.`);
  const thanked = events.findLast((event) => isThanked(event, message));
  if (thanked === undefined) return refused('unknown-message', 'No such message of the ticket passed for thanks.');
  if (events.some((event) => event.type === 'not-thanked' && event.message === message))
    return refused('already-there', 'The message counts as a reply already.');
  const said: Noted = {
    type: 'not-thanked',
    by,
    reason: `Not only thanks: it counts as a reply of ${thanked.at}.`,
    message,
    channel: thanked.channel,
    since: thanked.at,
  };
  if (isPaused(ticket) && ticket.pausedAt <= thanked.at) {
    const resumed: Noted = { type: 'resumed', by, reason: spokeUp(ticket) };
    return decided(makeChange(ledger, asOpen(ticket), [said, resumed], ctx));
  }
  const hasEnded = ticket.status === 'resolved' || ticket.status === 'closed';
  const endedSince = hasEnded && ticket.resolvedAt > thanked.at && !closedInSilence(events, thanked);
  if (!hasEnded || endedSince) return decided(makeChange(ledger, ticket, [said], ctx));
  const after = asReopened(ticket);
  const reopened: Noted = { ...reopenedNote({ by, cause: 'customer' }, after.cycle), ...sinceThen(thanked) };
  return decided(makeChange(ledger, after, [reopened, said], ctx));
};

const isThanked = (event: TicketEvent, message: string): event is EventOf<'customer-thanked'> =>
  event.type === 'customer-thanked' && event.message === message;

const closedInSilence = (events: readonly TicketEvent[], { cycle }: TicketEvent): boolean =>
  events.some((event) => event.type === 'closed' && event.how === 'customer-silent' && event.cycle === cycle);

const sinceThen = ({ at }: TicketEvent) => ({ since: at });
