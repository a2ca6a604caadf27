import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import agents from '#desk/team.json' with { type: 'json' };
import { customersIn } from '../../adapters/dynamo/customers.ts';
import { outboxIn } from '../../adapters/dynamo/outbox.ts';
import { parkedMailsIn } from '../../adapters/dynamo/parked-mails.ts';
import { personsIn } from '../../adapters/dynamo/persons.ts';
import { deskTable } from '../../adapters/dynamo/table.ts';
import { ticketsIn } from '../../adapters/dynamo/tickets.ts';
import { mailStoreIn } from '../../adapters/s3/mail-store.ts';
import { linkKeysFrom } from '../../adapters/secrets/link-keys.ts';
import { sameAddress } from '../../domain/contact/mail-address.ts';
import { RequestAlreadyTaken } from '../../domain/errors.ts';
import { isMailbox, type ParkedMail } from '../../domain/mail/parked.ts';
import type { Agent } from '../../domain/policy.ts';
import type { ParkedMails } from '../../domain/ports.ts';
import { houseRules } from '../_shared/desk.ts';
import { readEnv } from '../_shared/env.ts';
import { bodyOf } from '../_shared/http/body.ts';
import { json } from '../_shared/http/json-response.ts';
import { checked, readJson } from '../_shared/http/read-json.ts';
import { apiHandler } from '../_shared/middleware.ts';
import { notFound, Problem } from '../_shared/problem.ts';
import { count, logger } from '../_shared/telemetry.ts';
import { ticketView } from '../_shared/tickets/views.ts';
import { whoAsks } from '../_shared/who.ts';
import { mailRequestKey, openFrom, type Received } from '../receive-mail/keep-mail.ts';
import { wholeMail } from '../receive-mail/read-mail.ts';
import { readRaw, type Unreadable } from '../receive-mail/read-raw.ts';
import { type ThreadDeps, toItsTicket } from '../receive-mail/to-its-ticket.ts';
import { env } from './env.ts';
import { openBody } from './shape.ts';

export interface Deps extends ThreadDeps {
  parked: ParkedMails;
  agents: readonly Agent[];
}

/** An agent makes a ticket of a mail that was parked. Nothing automatic is sent back for it; done twice, it is one ticket. */
export const build =
  (deps: Deps) =>
  async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const who = whoAsks(event, deps.agents);
    const { email } = bodyOf(event) === '' ? checked({}, openBody) : readJson(event, openBody);
    const parked = await deps.parked.get(event.pathParameters?.id ?? '', deps.clock.now());
    if (!parked) throw notFound();
    if (parked.why === 'virus') throw new Problem(409, 'This mail holds a virus: it stays where it is.');
    const ticketId = parked.ticketId ?? (await open(parked, email, deps));
    await deps.parked.opened(parked.id, ticketId);
    const ticket = await deps.tickets.ticket(ticketId);
    if (!ticket) throw notFound();
    logger.info('A parked mail was opened.', { ticketId, by: who.id, why: parked.why });
    return json({ ticket: ticketView(ticket, who, deps) }, parked.ticketId === undefined ? 201 : 200);
  };

const open = async (parked: ParkedMail, email: string | undefined, deps: Deps): Promise<string> => {
  const read = await readRaw(parked.receipt, parked.raw, deps);
  if (!read) throw new Problem(410, 'The mail itself has expired.');
  const received: Received = { ...named(asMail(read), email), id: parked.id, noReceipt: true };
  if (!isMailbox(received.mail.from.email))
    throw new Problem(422, 'The mail does not tell who wrote it.', {
      errors: [{ path: 'email', message: 'Name the sender.' }],
    });
  try {
    const found = await toItsTicket(received, deps);
    if (found !== 'kept') return await openFrom(received, deps, found?.followUpOf);
  } catch (error) {
    if (!(error instanceof RequestAlreadyTaken)) throw error;
  }
  return ticketOf(parked.id, deps);
};

/** By the sender an agent names: what the receiving server found speaks for another address, and proves nothing of this one. */
const named = (received: Received, email: string | undefined): Received => {
  const { mail, receipt } = received;
  if (email === undefined || sameAddress(email, mail.from.email)) return received;
  return {
    ...received,
    mail: { ...mail, from: { email } },
    receipt: { ...receipt, passed: { dmarc: false, spf: false } },
  };
};

/** What no parser reads becomes a ticket with the mail as its file. */
const asMail = (read: Received | Unreadable): Received => {
  if ('mail' in read) return read;
  const { from, subject, bytes, receipt, raw, id } = read;
  const mail = { from, subject, refersTo: [], to: [], headers: new Map(), files: [wholeMail(bytes)] };
  return { receipt, raw, id, bytes, mail };
};

/** The ticket that took the mail: what is stored with it says so. */
const ticketOf = async (id: string, { tickets }: Deps): Promise<string> => {
  const taken = await tickets.request(mailRequestKey(id));
  const ticketId = taken?.answer.ticketId;
  if (typeof ticketId !== 'string') throw new Error(`The mail ${id} was taken, and by no ticket.`);
  return ticketId;
};

export const handler = apiHandler(() => {
  const given = readEnv(env);
  const table = deskTable(given.TABLE_NAME);
  return build({
    ...houseRules(),
    agents,
    tickets: ticketsIn(table),
    customers: customersIn(table),
    persons: personsIn(table),
    outbox: outboxIn(table),
    parked: parkedMailsIn(table),
    store: mailStoreIn(given.MAIL_BUCKET),
    keys: linkKeysFrom(given.LINK_SECRET_ARN),
    deskAddress: given.DESK_ADDRESS,
    count,
  });
});
