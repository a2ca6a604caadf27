import type { LinkKeys } from '../../adapters/secrets/link-keys.ts';
import { ConcurrentChange } from '../../domain/errors.ts';
import { sesIdIn, ticketMeant } from '../../domain/mail/ticket-meant.ts';
import type { Ledger, Outbox, Tickets } from '../../domain/ports.ts';
import type { TicketId } from '../../domain/ticket/ticket.ts';
import { addTo, type KeepDeps, type Received } from './keep-mail.ts';

export interface ThreadDeps extends KeepDeps {
  outbox: Pick<Outbox, 'get' | 'sentAs'>;
  keys: () => Promise<LinkKeys>;
}

const ATTEMPTS = 4;
/** A mail refers to every mail before it; the nearest ones will do. */
const MOST_LOOKED_UP = 5;
const MOST_MERGES = 5;

/** Adds a mail to the ticket it answers. Undefined when there is none; `followUpOf` when it came too late for that one. */
export const toItsTicket = async (
  received: Received,
  deps: ThreadDeps,
): Promise<'kept' | { followUpOf: TicketId } | undefined> => {
  const { receipt, mail } = received;
  const [keys, sent] = await Promise.all([deps.keys(), sentAmong(mail.refersTo, deps)]);
  const meant = ticketMeant(receipt, mail, { keys, deskAddress: deps.deskAddress, sent });
  if (!meant) return undefined;
  for (let attempt = 1; ; attempt += 1) {
    const ledger = await survivorOf(meant.ticketId, deps.tickets);
    if (!ledger) return undefined;
    try {
      const added = await addTo(ledger, meant.by, received, deps);
      return added === 'kept' ? added : { followUpOf: ledger.ticket.id };
    } catch (error) {
      if (!(error instanceof ConcurrentChange) || attempt === ATTEMPTS) throw error;
    }
  }
};

const sentAmong = async (refersTo: readonly string[], { outbox }: ThreadDeps): Promise<Map<string, TicketId>> => {
  const found = new Map<string, TicketId>();
  const named = refersTo.filter((id) => sesIdIn(id) !== undefined).slice(0, MOST_LOOKED_UP);
  await Promise.all(
    named.map(async (id) => {
      const key = await outbox.sentAs(sesIdIn(id) ?? '');
      const mail = key === undefined ? undefined : await outbox.get(key);
      if (mail) found.set(id, mail.ticketId);
    }),
  );
  return found;
};

/** The ticket itself, or the one it became a part of. */
const survivorOf = async (id: TicketId, tickets: Pick<Tickets, 'ledger'>): Promise<Ledger | undefined> => {
  let ledger = await tickets.ledger(id);
  for (let merge = 0; ledger?.ticket.mergedInto !== undefined && merge < MOST_MERGES; merge += 1)
    ledger = await tickets.ledger(ledger.ticket.mergedInto);
  return ledger;
};
