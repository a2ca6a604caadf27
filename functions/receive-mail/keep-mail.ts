import { createHash } from 'node:crypto';
import { normalised } from '../../adapters/dynamo/keys.ts';
import { domainOf } from '../../domain/contact/desk-address.ts';
import type { IncomingMail, Receipt } from '../../domain/mail/incoming.ts';
import type { Customers, Ledger, Tickets } from '../../domain/ports.ts';
import { DAY, plus } from '../../domain/support/time.ts';
import { customerReply } from '../../domain/ticket/acts/customer-reply.ts';
import { doubtAbout, quarantineMail } from '../../domain/ticket/acts/quarantine-mail.ts';
import type { RequestRecord } from '../../domain/ticket/change.ts';
import { contextNow, type Rules } from '../_shared/desk.ts';
import { openNewTicket } from '../_shared/open-new-ticket.ts';
import { type Count, logger } from '../_shared/telemetry.ts';

/** How long a mail that comes again is known. */
const KNOWN_FOR = 30 * DAY;

export interface KeepDeps extends Rules {
  tickets: Tickets;
  customers: Customers;
  deskAddress: string;
  count: Count;
}

/** A mail that is to be kept, with what SES said of it. */
export interface Received {
  receipt: Receipt;
  mail: IncomingMail;
  /** Key of the raw mail. */
  raw: string;
}

/** The mail becomes a message of the ticket it answers, a note where its sender is in doubt, a follow-up where it comes too late. */
export const addTo = async (ledger: Ledger, received: Received, deps: KeepDeps): Promise<void> => {
  const { receipt, mail, raw } = received;
  const ctx = contextNow(deps);
  const { customer, id } = ledger.ticket;
  const request = requestOf(received, id, ctx.now);
  const fromCustomer = normalised(mail.from.email) === normalised(customer.email ?? '');
  const doubt = doubtAbout({ fromCustomer, unproven: receipt.unproven });
  if (doubt) {
    logger.warn('A mail was quarantined.', { ticketId: id, why: doubt });
    const { text, attachments, from } = mail;
    const doubtful = { from: from.email, text, attachments, raw, request };
    return deps.tickets.record(quarantineMail(ledger, doubt, doubtful, ctx));
  }
  const decision = customerReply(ledger, { ...wordsOf(received), customer, request }, ctx);
  if (!decision.ok) return openFrom(received, deps, id);
  return deps.tickets.record(decision.value);
};

/** The mail becomes a ticket of its own. */
export const openFrom = async (received: Received, deps: KeepDeps, followUpOf?: string): Promise<void> => {
  const { mail } = received;
  const ctx = contextNow(deps);
  const seen = mail.from.name === undefined ? {} : { name: mail.from.name };
  const customer = await deps.customers.byAddress(mail.from.email, seen, ctx.now, ctx.ids.ulid());
  const { id } = await openNewTicket(
    deps.tickets,
    {
      ...wordsOf(received),
      subject: mail.subject === '' ? '(no subject)' : mail.subject,
      customer,
      report: {},
      deskDomain: domainOf(deps.deskAddress),
      request: (ticketId) => requestOf(received, ticketId, ctx.now),
      ...(followUpOf !== undefined && { followUpOf }),
    },
    ctx,
  );
  logger.info('A ticket was opened.', { ticketId: id });
  deps.count('TicketsReceived');
};

const wordsOf = ({ mail, raw }: Received) => ({
  text: mail.text === '' ? '(no text)' : mail.text,
  channel: 'mail' as const,
  attachments: mail.attachments,
  raw,
  ...(mail.messageId !== undefined && { mailId: mail.messageId }),
});

/** The same mail to the same recipient counts once, however often it is delivered. */
const requestOf = ({ receipt, mail }: Received, ticketId: string, now: string): RequestRecord => {
  const [recipient = ''] = receipt.recipients;
  const hash = createHash('sha256')
    .update(`${mail.messageId ?? receipt.id}\n${recipient}`)
    .digest('hex');
  return { key: `mail#${hash}`, bodyHash: hash, answer: { ticketId }, expiresAt: plus(now, KNOWN_FOR) };
};
