import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import { identityHash } from '../../adapters/dynamo/keys.ts';
import type { Downloads } from '../../adapters/s3/downloads.ts';
import { type CustomerRecord, homeOf, type Person } from '../../domain/identity/identity.ts';
import type {
  Contacts,
  Customers,
  Feedbacks,
  OptOuts,
  Outbox,
  ParkedMails,
  PersonalData,
  Persons,
  PrivacyRequests,
  Queues,
  Tickets,
} from '../../domain/ports.ts';
import { HOUR, SECOND } from '../../domain/support/time.ts';
import type { Message } from '../../domain/ticket/message.ts';
import type { Ticket } from '../../domain/ticket/ticket.ts';
import { contextNow, type Rules } from '../_shared/desk.ts';
import { json } from '../_shared/http/json-response.ts';
import { readQuery } from '../_shared/http/read-query.ts';
import { notFound } from '../_shared/problem.ts';
import { historyQuery, personBehind, personIdIn, ticketsOfPerson } from '../_shared/tickets/customer-history.ts';
import type { Who } from '../_shared/who.ts';

export interface ExportDeps extends Rules {
  tickets: Tickets;
  queues: Pick<Queues, 'ofCustomer'>;
  customers: Pick<Customers, 'find'>;
  persons: Persons;
  contacts: Contacts;
  optOuts: OptOuts;
  feedbacks: Pick<Feedbacks, 'ofCustomer'>;
  outbox: Pick<Outbox, 'get'>;
  parked: Pick<ParkedMails, 'list'>;
  data: PersonalData;
  requests: Pick<PrivacyRequests, 'note'>;
  downloads: Downloads;
}

/** Links to files last as long as it takes to save them. */
const LINKS_LAST = HOUR / SECOND;
/** An answer of a function ends at 6 MB (AWS Lambda quotas): behind so much of it, the next page begins. */
const MOST_BYTES = 3_000_000;

export const exportQuery = z.extend(historyQuery, {
  limit: z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(50)), 20),
});

/**
 * `GET /desk/customers/{id}/export`: everything that is held of a person, as JSON with links to the files. What is not on a
 * ticket stands on the first page; `next` leads on through the tickets. That it was handed out is kept.
 */
export const exportPerson = async (
  event: APIGatewayProxyEventV2,
  who: Who,
  deps: ExportDeps,
): Promise<APIGatewayProxyStructuredResultV2> => {
  const page = readQuery(event, exportQuery);
  const id = personIdIn(event);
  const person = await personBehind(id, deps);
  if (!person) throw notFound();
  const { now, ids } = contextNow(deps);
  const customers = person.members.map((member) => member.id);
  await deps.requests.note({ kind: 'export', id: ids.ulid(), customers, by: `agent:${who.id}`, at: now, version: 1 });

  const listed = await ticketsOfPerson(person, page, deps);
  const tickets: object[] = [];
  let bytes = 0;
  for (const ticket of listed.tickets) {
    const told = await ticketOf(ticket, new Set(customers), deps);
    tickets.push(told);
    bytes += JSON.stringify(told).length;
    if (bytes > MOST_BYTES) break;
  }
  const cut = tickets.length < listed.tickets.length;
  const last = listed.tickets[tickets.length - 1];
  const next = cut && last ? `${last.createdAt}#${last.id}` : listed.next;
  return json({
    careline: 'person-export',
    exportedAt: now,
    customer: { id: person.id, identities: person.members.map(identityOf) },
    ...(page.next === undefined && (await besideTickets(person, deps))),
    tickets,
    ...(next !== undefined && {
      next: `/desk/customers/${encodeURIComponent(person.id)}/export?limit=${page.limit}&next=${encodeURIComponent(next)}`,
    }),
  });
};

const identityOf = ({ links, linkedTo, erasedBefore, ...held }: CustomerRecord) => held;

/** What is held of somebody beside their tickets. */
const besideTickets = async (person: Person, deps: ExportDeps) => {
  const { data, feedbacks, optOuts, contacts } = deps;
  const ids = person.members.map(({ id }) => id);
  const each = <T>(read: (id: string) => Promise<T[]>) => Promise.all(ids.map(read)).then((found) => found.flat());
  const known = person.members.filter(({ erased }) => !erased);
  const identities = known.map((member) => identityHash(homeOf(member)));
  return {
    wantsNoSurveys: (await Promise.all(ids.map((id) => optOuts.has(id)))).includes(true),
    asked: (await contacts.sheetOf(person.id)).asks,
    askedToRecommend: await each(data.asksOf),
    feedback: await each(feedbacks.ofCustomer),
    writtenOnTicketsOfOthers: await Promise.all(
      (await data.writtenBy(identities)).map((message) => messageOf(message, deps)),
    ),
    parkedMails: await parkedOf(identities, deps),
  };
};

const parkedOf = async (identities: readonly string[], { parked, data, downloads, clock }: ExportDeps) => {
  const found: object[] = [];
  for (let next: string | undefined, more = true; more; more = next !== undefined) {
    const page = await parked.list({ limit: 100, ...(next !== undefined && { next }) }, clock.now());
    for (const mail of page.parked.filter((each) => data.sentBy(identities, each))) {
      const { raw, receipt, ...told } = mail;
      found.push({ ...told, mail: await downloads.link(raw, asFile('mail.eml'), LINKS_LAST) });
    }
    next = page.next;
  }
  return found;
};

/** A ticket with what they wrote and were written; what others wrote on it is not theirs to have. */
const ticketOf = async (ticket: Ticket, customers: ReadonlySet<string>, deps: ExportDeps) => {
  const { tickets, data, outbox } = deps;
  const [ledger, messages, surveys] = await Promise.all([
    tickets.ledger(ticket.id),
    tickets.messages(ticket.id),
    data.surveysOf(ticket.id),
  ]);
  const events = ledger?.events ?? [];
  const theirs = messages.filter(
    ({ author, from }) => from === undefined && (!author.startsWith('customer:') || customers.has(author.slice(9))),
  );
  const owed = await Promise.all([...new Set(events.flatMap(({ mails = [] }) => mails))].map(outbox.get));
  return {
    ticket,
    messages: await Promise.all(theirs.map((message) => messageOf(message, deps))),
    events: events.map(({ clocks, mails, ...told }) => told),
    surveys,
    mails: owed.flatMap((mail) => (mail && isTo(mail.to, ticket) ? [mail] : [])),
  };
};

const isTo = (to: { email: string } | { phone: string }, { customer }: Ticket): boolean =>
  'email' in to ? to.email === customer.email : to.phone === customer.phone;

const asFile = (name: string) => ({
  type: 'application/octet-stream',
  disposition: `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
});

const messageOf = async ({ attachments, raw, whole, ...told }: Message, { downloads }: ExportDeps) => ({
  ...told,
  attachments: await Promise.all(
    attachments.map(async ({ key, ...file }) => ({
      ...file,
      file: await downloads.link(key, asFile(file.name), LINKS_LAST),
    })),
  ),
  ...(raw !== undefined && { mail: await downloads.link(raw, asFile('mail.eml'), LINKS_LAST) }),
  ...(whole !== undefined && { wholeText: await downloads.link(whole, asFile('text.txt'), LINKS_LAST) }),
});
