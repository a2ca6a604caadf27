import type { Context } from '../context.ts';
import type { Ledger } from '../ports.ts';
import { type Decision, decided, refused } from '../support/decision.ts';
import { makeChange, type Noted } from '../ticket/acts/make-change.ts';
import { spokeUp } from '../ticket/acts/paused-by.ts';
import { reopenedNote } from '../ticket/acts/reopen.ts';
import { mayReopenUntil } from '../ticket/acts/reopen-window.ts';
import { asOpen, asReopened } from '../ticket/as-status.ts';
import type { Change } from '../ticket/change.ts';
import { isPaused, isPlaced, type Ticket } from '../ticket/ticket.ts';
import { type KnownTurn, toldBy } from './transcript.ts';

/**
 * A chat went on. What the customer says ends a wait, or reopens a resolved one within the
 * window; after it the change is refused (`window-over`), and the rest of the chat becomes a ticket of its own.
 */
export const appendTurns = (
  ledger: Ledger,
  turns: readonly KnownTurn[],
  ctx: Context,
): Decision<Change, 'window-over'> => {
  const { ticket } = ledger;
  if (ticket.customer.erased)
    return refused('window-over', `The customer of ticket ${ticket.id} is erased: what is said now is new.`);
  const by = `customer:${ticket.customer.id}` as const;
  const { messages, notes } = toldBy(turns, { ticketId: ticket.id, customer: ticket.customer, ticket }, ctx);
  const asks = notes.some(({ type }) => type === 'customer-replied');
  if (asks && (ticket.status === 'resolved' || ticket.status === 'closed')) {
    const until = mayReopenUntil(ticket, ctx.policy);
    if (ctx.now > until)
      return refused('window-over', `Ticket ${ticket.id} could be reopened by the customer until ${until}.`);
    const after = asReopened(ticket);
    const reopened = reopenedNote({ by, cause: 'customer' }, after.cycle);
    return decided(makeChange(ledger, answered(after, turns, ctx), [reopened, ...notes], ctx, { messages }));
  }
  if (!asks || !isPaused(ticket))
    return decided(makeChange(ledger, answered(ticket, turns, ctx), notes, ctx, { messages }));
  const resumed: Noted = { type: 'resumed', by, reason: spokeUp(ticket) };
  const after = answered(asOpen(ticket), turns, ctx);
  return decided(makeChange(ledger, after, [...notes, resumed], ctx, { messages }));
};

/** An agent's turn in the chat is a reply like any other; before triage it is the opening that tells of it. */
const answered = (ticket: Ticket, turns: readonly KnownTurn[], { now }: Context): Ticket => {
  const agent = turns.findLast((turn) => turn.agent !== undefined)?.agent;
  if (agent === undefined || !isPlaced(ticket)) return ticket;
  return { ...ticket, firstRepliedAt: ticket.firstRepliedAt ?? now, lastRepliedBy: agent };
};
