import type { MailStore } from '../../adapters/s3/mail-store.ts';
import { domainOf } from '../../domain/contact/desk-address.ts';
import { wantsNoReceipt } from '../../domain/mail/automatic/auto-reply.ts';
import type { IncomingMail, Receipt } from '../../domain/mail/incoming.ts';
import type { Meant } from '../../domain/mail/ticket-meant.ts';
import type { Customers, Ledger, Persons, Tickets } from '../../domain/ports.ts';
import { DAY, plus } from '../../domain/support/time.ts';
import { customerReply } from '../../domain/ticket/acts/customer-reply.ts';
import { doubtAbout, quarantineMail } from '../../domain/ticket/acts/quarantine-mail.ts';
import type { RequestRecord } from '../../domain/ticket/change.ts';
import type { Ticket, TicketId } from '../../domain/ticket/ticket.ts';
import { contextNow, type Rules } from '../_shared/desk.ts';
import { type Count, logger } from '../_shared/telemetry.ts';
import { openNewTicket } from '../_shared/tickets/open-new-ticket.ts';
import { keepFiles } from './keep-files.ts';
import { type Answered, wordsOf } from './keep-words.ts';

/** How long a mail that comes again is known. */
const KNOWN_FOR = 30 * DAY;
/** Who answers, answers one of the last ones. */
const MOST_OF_OURS = 5;

export interface KeepDeps extends Rules {
  tickets: Tickets;
  customers: Customers;
  persons: Pick<Persons, 'person'>;
  store: MailStore;
  deskAddress: string;
  count: Count;
}

/** A mail that is to be kept, with what SES said of it. */
export interface Received {
  receipt: Receipt;
  mail: IncomingMail;
  /** Identifies the mail, however often it is delivered. */
  id: string;
  /** The raw mail, and its key. */
  bytes: Uint8Array;
  raw: string;
  /** Nothing automatic is sent back: a person of the team let it in, or the sender had enough. */
  noReceipt?: boolean;
}

/** What became of a mail; `window-over` when it is to be a follow-up ticket. */
type Added = 'kept' | 'window-over';

/** Where a mail belongs. */
export interface Place {
  /** The ticket that is worked on: the one it was written for, or what that became a part of. */
  ledger: Ledger;
  /** The ticket it was written for, by whose customer it has to be. */
  named: Ticket;
  /** What names it. */
  by: Meant['by'];
}

/** The mail becomes a message of the ticket it answers, or a note where its sender is in doubt. */
export const addTo = async ({ ledger, named, by }: Place, received: Received, deps: KeepDeps): Promise<Added> => {
  const { receipt, mail, id, raw } = received;
  const ctx = contextNow(deps);
  const ticketId = ledger.ticket.id;
  const { customer } = named;
  const request = requestOf(received, ticketId, ctx.now);
  const alsoTheirs = await otherAddressesOf(customer.id, deps);
  const doubt = doubtAbout(ledger, { mail, receipt, by, customer, alsoTheirs }, ctx);
  const said = { ...(await kept(received, { ours: await sentOn([ledger.ticket, named], deps) }, deps)), raw, request };
  if (doubt) {
    logger.warn('A mail was quarantined.', { ticketId, mail: id, why: doubt });
    const note = { ...said, from: mail.from.email, cameFor: named.id };
    await deps.tickets.record(quarantineMail(ledger, doubt, note, ctx));
    return 'kept';
  }
  const decision = customerReply(ledger, { ...said, channel: 'mail', customer }, ctx);
  if (!decision.ok) return 'window-over';
  await deps.tickets.record(decision.value);
  return 'kept';
};

/** Of the same person, by proof; whether this mail is from there is asked like of any other. */
const otherAddressesOf = async (customerId: string, { persons }: KeepDeps): Promise<string[]> => {
  const person = await persons.person(customerId);
  return (person?.members ?? []).flatMap(({ email }) => email ?? []);
};

/** The mail becomes a ticket of its own; its id. */
export const openFrom = async (received: Received, deps: KeepDeps, followUpOf?: TicketId): Promise<TicketId> => {
  const { mail, receipt, raw } = received;
  const ctx = contextNow(deps);
  const { email, name } = mail.from;
  const seen = name === undefined ? {} : { name };
  const proven = receipt.passed.dmarc && !receipt.unproven && mail.ambiguous !== true;
  const customer = await deps.customers.byIdentity(
    { kind: 'email', value: email },
    seen,
    ctx.now,
    ctx.ids.ulid(),
    proven,
  );
  const { id } = await openNewTicket(
    deps,
    {
      ...(await kept(received, await answeredBy(followUpOf, deps), deps)),
      raw,
      channel: 'mail',
      subject: mail.subject === '' ? '(no subject)' : mail.subject,
      customer,
      report: {},
      deskDomain: domainOf(deps.deskAddress),
      request: (ticketId) => requestOf(received, ticketId, ctx.now),
      ...((received.noReceipt === true || wantsNoReceipt(mail)) && { noReceipt: true }),
      ...(followUpOf !== undefined && { followUpOf }),
    },
    ctx,
  );
  return id;
};

/** What the message holds of the mail, its files and a text too long for the table stored before it names them. */
const kept = async ({ mail, id, bytes }: Received, answers: Answered | undefined, { store }: KeepDeps) => {
  const { whole, ...words } = wordsOf(mail, answers);
  const files = await keepFiles({ files: mail.files, raw: bytes, id, ...(whole !== undefined && { whole }) }, store);
  return { ...words, ...files, ...(mail.messageId !== undefined && { mailId: mail.messageId }) };
};

/** A mail that came too late for its ticket still answers what was written on it. */
const answeredBy = async (ticketId: TicketId | undefined, deps: KeepDeps): Promise<Answered | undefined> =>
  ticketId === undefined ? undefined : { ours: await sentOn([{ id: ticketId }], deps) };

/** What the desk wrote on these tickets, the newest first. */
const sentOn = async (
  tickets: ReadonlyArray<Pick<Ticket, 'id'>>,
  { tickets: stored }: Pick<KeepDeps, 'tickets'>,
): Promise<string[]> => {
  const ids = [...new Set(tickets.map(({ id }) => id))];
  const messages = (await Promise.all(ids.map((id) => stored.messages(id)))).flat();
  return messages
    .filter(({ direction }) => direction === 'out')
    .sort((a, b) => (a.at < b.at ? 1 : -1))
    .slice(0, MOST_OF_OURS)
    .map(({ text }) => text);
};

/** The request key of a mail that was taken: it makes the mail one, however often it is delivered. */
export const mailRequestKey = (id: string): string => `mail#${id}`;

const requestOf = ({ id, mail }: Received, ticketId: TicketId, now: string): RequestRecord => ({
  key: mailRequestKey(id),
  bodyHash: id,
  answer: { ticketId },
  // With neither id nor date two mails of the same words are told apart by time alone.
  expiresAt: plus(now, mail.messageId === undefined && mail.date === undefined ? DAY : KNOWN_FOR),
});
