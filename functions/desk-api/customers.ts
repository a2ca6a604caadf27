import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import { comparable, homeOf, IDENTITY_KINDS, type Person } from '../../domain/identity/identity.ts';
import { tellUnlinked } from '../../domain/identity/linked.ts';
import { asSeenBy } from '../../domain/rating/visible.ts';
import { contextNow } from '../_shared/desk.ts';
import { json } from '../_shared/http/json-response.ts';
import { readJson } from '../_shared/http/read-json.ts';
import { readQuery } from '../_shared/http/read-query.ts';
import { notFound, Problem } from '../_shared/problem.ts';
import {
  historyQuery,
  personBehind,
  personIdIn,
  personView,
  ticketsOfPerson,
} from '../_shared/tickets/customer-history.ts';
import { ticketView } from '../_shared/tickets/views.ts';
import { untilStored } from '../_shared/until-stored.ts';
import type { Who } from '../_shared/who.ts';
import type { Deps } from './deps.ts';

/** A customer with every identity that is proven to be theirs, their tickets by any of them, and how they rated. */
export const customer = async (event: APIGatewayProxyEventV2, who: Who, deps: Deps) => {
  const person = await personOf(event, deps);
  return json(await shownPerson(person, readQuery(event, historyQuery), who, deps));
};

export const unlinkBody = z.strictObject({
  identity: z.union([
    z.string().check(z.minLength(1), z.maxLength(300)),
    z.strictObject({ kind: z.enum(IDENTITY_KINDS), value: z.string().check(z.minLength(1), z.maxLength(300)) }),
  ]),
});

/** Takes one identity out of a person again; what was written by it goes with it. */
export const unlink = async (
  event: APIGatewayProxyEventV2,
  who: Who,
  deps: Deps,
): Promise<APIGatewayProxyStructuredResultV2> => {
  const { identity } = readJson(event, unlinkBody);
  const person = await personOf(event, deps);
  const member = person.members.find((each) => {
    if (each.erased) return false;
    const home = homeOf(each);
    if (typeof identity === 'string') return comparable(home) === comparable({ kind: home.kind, value: identity });
    return home.kind === identity.kind && comparable(home) === comparable(identity);
  });
  if (!member)
    throw new Problem(422, 'This customer has no such identity.', {
      errors: [{ path: 'identity', message: 'Is none of theirs.' }],
    });
  if (!(await untilStored(() => deps.persons.unlink(member.id))))
    throw new Problem(409, 'This identity stands alone already.');
  await tell(
    { customer: member.id, from: person.members.find(({ id }) => id !== member.id)?.id ?? person.id },
    who,
    deps,
  );
  return json(await shownPerson(await personOf(event, deps), { limit: 50 }, who, deps));
};

/** The newest ticket of the identity says that it stands alone now. */
const tell = async (change: { customer: string; from: string }, who: Who, deps: Deps): Promise<void> => {
  const { tickets } = await deps.queues.ofCustomer(change.customer, { limit: 1 });
  const id = tickets[0]?.id;
  if (id === undefined) return;
  await untilStored(async () => {
    const ledger = await deps.tickets.ledger(id);
    if (ledger) await deps.tickets.record(tellUnlinked(ledger, { ...change, agent: who.id }, contextNow(deps)));
  });
};

const personOf = async (event: APIGatewayProxyEventV2, deps: Deps): Promise<Person> => {
  const person = await personBehind(personIdIn(event), deps);
  if (!person) throw notFound();
  return person;
};

const shownPerson = async (person: Person, page: { limit: number; next?: string }, who: Who, deps: Deps) => {
  const { tickets: all, ...next } = await ticketsOfPerson(person, page, deps);
  const tickets = all.map((each) => asSeenBy(each, who, deps.policy));
  return {
    customer: personView(person),
    tickets: tickets.map((each) => ticketView(each, who, deps)),
    ratings: tickets.flatMap(({ id, satisfaction }) => (satisfaction ? [{ ticket: id, ...satisfaction }] : [])),
    ...next,
  };
};
