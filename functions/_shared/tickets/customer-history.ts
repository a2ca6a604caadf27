import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import { lookupSk } from '../../../adapters/dynamo/keys.ts';
import { type CustomerRecord, homeOf, type Person } from '../../../domain/identity/identity.ts';
import type { Customers, Persons, Queues } from '../../../domain/ports.ts';
import type { Ticket } from '../../../domain/ticket/ticket.ts';
import { ticketsAt } from '../http/page-asked.ts';
import { notFound } from '../problem.ts';

export interface HistoryDeps {
  customers: Pick<Customers, 'find'>;
  persons: Persons;
  queues: Pick<Queues, 'ofCustomer'>;
}

/** A page of a person's tickets. */
export const historyQuery = z.strictObject({
  limit: z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(100)), 50),
  next: ticketsAt,
});

/** What a path names a person by; an address may come encoded. Throws 404 for what cannot be decoded. */
export const personIdIn = ({ pathParameters }: Pick<APIGatewayProxyEventV2, 'pathParameters'>): string => {
  try {
    return decodeURIComponent(pathParameters?.id ?? '');
  } catch {
    throw notFound();
  }
};

/** The person behind an id, a mail address, a number in E.164 or `network:name`. */
export const personBehind = async (
  word: string,
  { customers, persons }: Pick<HistoryDeps, 'customers' | 'persons'>,
): Promise<Person | undefined> => {
  const customer = await customers.find(word);
  return customer && persons.person(customer.id);
};

/** The tickets of a person by whichever identity they were written, newest first. */
export const ticketsOfPerson = async (
  { members }: Person,
  page: Parameters<Queues['ofCustomer']>[1],
  { queues }: Pick<HistoryDeps, 'queues'>,
): Promise<{ tickets: Ticket[]; next?: string }> => {
  // Pages of several customers are places in the same order of time, so the last one shown will do for each.
  const pages = await Promise.all(members.map(({ id }) => queues.ofCustomer(id, page)));
  const tickets = pages.flatMap((each) => each.tickets).sort((a, b) => (placeOf(a) < placeOf(b) ? 1 : -1));
  const shown = tickets.slice(0, page.limit);
  const last = shown.at(-1);
  const more = tickets.length > shown.length || pages.some(({ next }) => next !== undefined);
  return { tickets: shown, ...(more && last && { next: placeOf(last) }) };
};

const placeOf = ({ createdAt, id }: Ticket): string => lookupSk(createdAt, id);

/** An identity as agents see it. */
const identityView = (customer: CustomerRecord) => {
  const { kind, value } = homeOf(customer);
  return {
    kind,
    value,
    customer: customer.id,
    proven: customer.provenAt !== undefined,
    ...(customer.since !== undefined && { since: customer.since }),
  };
};

/** A person as agents see them: the first known customer, and everything that is proven to be the same. */
export const personView = ({ id, members }: Person) => {
  const [first] = members;
  return {
    id,
    ...(first?.name !== undefined && { name: first.name }),
    ...(first && { locale: first.locale, type: first.type, ...(first.erased && { erased: true }) }),
    identities: members.filter(({ erased }) => !erased).map(identityView),
  };
};
