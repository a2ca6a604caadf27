import { createHash } from 'node:crypto';
import { customersIn } from '../../adapters/dynamo/customers.ts';
import { normalised } from '../../adapters/dynamo/keys.ts';
import { deskTable } from '../../adapters/dynamo/table.ts';
import { ticketsIn } from '../../adapters/dynamo/tickets.ts';
import { type RawMails, rawMailsIn } from '../../adapters/s3/raw-mail.ts';
import { type LinkKeys, linkKeysFrom } from '../../adapters/secrets/link-keys.ts';
import { ConcurrentChange, RequestAlreadyTaken } from '../../domain/errors.ts';
import type { Customers, Ledger, Tickets } from '../../domain/ports.ts';
import { DAY, plus } from '../../domain/support/time.ts';
import { customerReply } from '../../domain/ticket/acts/customer-reply.ts';
import { doubtAbout, quarantineMail } from '../../domain/ticket/acts/quarantine-mail.ts';
import type { RequestRecord } from '../../domain/ticket/change.ts';
import { contextNow, houseRules, type Rules } from '../_shared/desk.ts';
import { readEnv } from '../_shared/env.ts';
import { domainOf } from '../_shared/links.ts';
import { eventHandler } from '../_shared/middleware.ts';
import { openNewTicket } from '../_shared/open-new-ticket.ts';
import { type Count, count, logger } from '../_shared/telemetry.ts';
import { env } from './env.ts';
import { ticketMeant } from './find-ticket.ts';
import { type Parked, parkedBecause } from './park.ts';
import { type IncomingMail, readMail } from './read-mail.ts';
import { type Receipt, readReceipts } from './ses-event.ts';

interface Deps extends Rules {
  tickets: Tickets;
  customers: Customers;
  mails: RawMails;
  prefix: string;
  keys: () => Promise<LinkKeys>;
  deskAddress: string;
  count: Count;
}

/** How long a mail that comes again is known. */
const KNOWN_FOR = 30 * DAY;
const ATTEMPTS = 4;

/** A mail becomes a ticket, or a message on the ticket it answers; a machine's mail becomes neither. */
export const build =
  (deps: Deps) =>
  async (event: unknown): Promise<void> => {
    for (const receipt of readReceipts(event)) await receive(receipt, deps);
  };

const receive = async (receipt: Receipt, deps: Deps): Promise<void> => {
  const raw = `${deps.prefix}${receipt.id}`;
  const mail = await readMail(await deps.mails.read(raw), raw);
  const parked = parkedBecause(receipt, mail, deps.deskAddress);
  if (parked) return park(receipt, parked, deps);
  const id = ticketMeant(receipt, mail, { keys: await deps.keys(), deskAddress: deps.deskAddress });
  for (let attempt = 1; ; attempt += 1) {
    const ledger = id === undefined ? undefined : await deps.tickets.ledger(id);
    // Its acknowledgement would go to somebody who may never have written.
    if (!ledger && receipt.unproven) return park(receipt, 'unproven', deps);
    try {
      await (ledger ? addTo(ledger, { receipt, mail, raw }, deps) : openFrom({ receipt, mail, raw }, deps));
      return;
    } catch (error) {
      if (error instanceof RequestAlreadyTaken) return;
      if (!(error instanceof ConcurrentChange) || attempt === ATTEMPTS) throw error;
    }
  }
};

const park = ({ id }: Receipt, why: Parked, { count }: Deps): void => {
  logger.info('A mail was parked.', { mail: id, why });
  count('MailsParked');
};

interface Received {
  receipt: Receipt;
  mail: IncomingMail;
  /** Key of the raw mail. */
  raw: string;
}

const addTo = async (ledger: Ledger, received: Received, deps: Deps): Promise<void> => {
  const { receipt, mail, raw } = received;
  const ctx = contextNow(deps);
  const { customer, id } = ledger.ticket;
  const request = requestOf(received, id, ctx.now);
  const fromCustomer = normalised(mail.from.email) === normalised(customer.email);
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

const openFrom = async (received: Received, deps: Deps, followUpOf?: string): Promise<void> => {
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

export const handler = eventHandler(() => {
  const given = readEnv(env);
  const table = deskTable(given.TABLE_NAME);
  return build({
    ...houseRules(),
    tickets: ticketsIn(table),
    customers: customersIn(table),
    mails: rawMailsIn(given.MAIL_BUCKET),
    prefix: given.MAIL_PREFIX,
    keys: linkKeysFrom(given.LINK_SECRET_ARN),
    deskAddress: given.DESK_ADDRESS,
    count,
  });
});
