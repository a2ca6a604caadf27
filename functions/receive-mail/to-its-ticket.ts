import type { LinkKeys } from '../../adapters/secrets/link-keys.ts';
import { sesIdIn, ticketMeant } from '../../domain/mail/ticket-meant.ts';
import type { Outbox } from '../../domain/ports.ts';
import type { TicketId } from '../../domain/ticket/ticket.ts';
import { survivorOf } from '../_shared/tickets/survivor.ts';
import { untilStored } from '../_shared/until-stored.ts';
import { addTo, type KeepDeps, type Received } from './keep-mail.ts';

export interface ThreadDeps extends KeepDeps {
  outbox: Pick<Outbox, 'get' | 'sentAs'>;
  keys: () => Promise<LinkKeys>;
}

/** A mail refers to every mail before it; the nearest ones will do. */
const MOST_LOOKED_UP = 5;

/** Adds a mail to the ticket it answers. Undefined when there is none; `followUpOf` when it came too late for that one. */
export const toItsTicket = async (
  received: Received,
  deps: ThreadDeps,
): Promise<'kept' | { followUpOf: TicketId } | undefined> => {
  const { receipt, mail } = received;
  const [keys, sent] = await Promise.all([deps.keys(), sentAmong(mail.refersTo, deps)]);
  const meant = ticketMeant(receipt, mail, { keys, deskAddress: deps.deskAddress, sent });
  if (!meant) return undefined;
  return untilStored(async () => {
    const named = await deps.tickets.ledger(meant.ticketId);
    // Nothing that could be answered is left on the ticket of somebody who was erased: what they write now is new.
    if (!named || named.ticket.customer.erased) return undefined;
    const ledger = await survivorOf(deps.tickets, named);
    const added = await addTo({ ledger, named: named.ticket, by: meant.by }, received, deps);
    if (added === 'kept') return added;
    // The ticket of another customer is nothing that theirs could follow.
    const follows = ledger.ticket.customer.id === named.ticket.customer.id ? ledger : named;
    return { followUpOf: follows.ticket.id };
  });
};

const sentAmong = async (refersTo: readonly string[], { outbox }: ThreadDeps): Promise<Map<string, TicketId>> => {
  const found = new Map<string, TicketId>();
  const named = refersTo.filter((id) => sesIdIn(id) !== undefined).slice(0, MOST_LOOKED_UP);
  await Promise.all(
    named.map(async (id) => {
      const key = await outbox.sentAs(sesIdIn(id) ?? '');
      const mail = key === undefined ? undefined : await outbox.get(key);
      if (mail?.ticketId !== undefined) found.set(id, mail.ticketId);
    }),
  );
  return found;
};
