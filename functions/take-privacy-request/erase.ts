import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import { identityHash } from '../../adapters/dynamo/keys.ts';
import { homeOf } from '../../domain/identity/identity.ts';
import type { Customers, Persons, PrivacyRequests } from '../../domain/ports.ts';
import { beginErasure, type PrivacyRequest } from '../../domain/privacy/request.ts';
import { contextNow, type Rules } from '../_shared/desk.ts';
import { json } from '../_shared/http/json-response.ts';
import { readQuery } from '../_shared/http/read-query.ts';
import { notFound } from '../_shared/problem.ts';
import { personIdIn } from '../_shared/tickets/customer-history.ts';
import { untilStored } from '../_shared/until-stored.ts';
import type { Who } from '../_shared/who.ts';

export interface EraseDeps extends Rules {
  customers: Pick<Customers, 'find'>;
  persons: Pick<Persons, 'person'>;
  requests: PrivacyRequests;
}

/**
 * `DELETE /desk/customers/{id}`: erases the person behind an id, an address, a number or a handle, with every identity that
 * is proven to be theirs. Who they are is erased with the answer, the rest follows; asked again, it is the same request.
 */
export const erase = async (
  event: APIGatewayProxyEventV2,
  who: Who,
  deps: EraseDeps,
): Promise<APIGatewayProxyStructuredResultV2> => accepted(await untilStored(() => begun(event, who, deps)));

const begun = async (event: APIGatewayProxyEventV2, who: Who, deps: EraseDeps): Promise<PrivacyRequest> => {
  const { customers, persons, requests } = deps;
  const found = await customers.find(personIdIn(event));
  if (!found) throw notFound();
  if (found.erasure !== undefined) {
    const before = await requests.get(found.erasure);
    if (!before) throw new Error(`The erasure ${found.erasure} is not there.`);
    return before;
  }
  const person = await persons.person(found.id);
  if (!person) throw notFound();
  const { now, ids } = contextNow(deps);
  const begins = beginErasure({
    id: ids.ulid(),
    customers: person.members.map(({ id }) => id),
    identities: person.members.map((member) => identityHash(homeOf(member))),
    by: `agent:${who.id}`,
    at: now,
  });
  await requests.begin(begins, person);
  return begins;
};

const accepted = (begun: PrivacyRequest): APIGatewayProxyStructuredResultV2 => {
  const link = `/desk/privacy/${begun.id}`;
  const answer = json({ request: requestView(begun), links: { request: link } }, 202);
  return { ...answer, headers: { ...answer.headers, location: link } };
};

/** `GET /desk/privacy/{id}`: how far a request has come. */
export const request = async (
  { pathParameters }: APIGatewayProxyEventV2,
  _: Who,
  { requests: kept }: EraseDeps,
): Promise<APIGatewayProxyStructuredResultV2> => {
  const found = await kept.get(pathParameters?.id ?? '');
  if (!found) throw notFound();
  return json({ request: requestView(found) });
};

export const privacyQuery = z.strictObject({
  limit: z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(100)), 50),
  next: z.exactOptional(
    z.string().check(z.regex(/^\d{4}-\d\d-\d\dT[\d:.]+Z#[0-9A-Z]{26}$/, 'Is not a page of this list.')),
  ),
});

/** `GET /desk/privacy`: every request there was, the newest first. */
export const requests = async (event: APIGatewayProxyEventV2, _: Who, { requests: kept, clock }: EraseDeps) => {
  const page = await kept.list(readQuery(event, privacyQuery), clock.now());
  return json({ ...page, requests: page.requests.map(requestView) });
};

const requestView = (shown: PrivacyRequest): object => {
  const { version, ...facts } = shown;
  if (facts.kind === 'export') return facts;
  const { identities, place, pass, step, ...told } = facts;
  return { ...told, ...(told.state === 'running' && { pass, step }) };
};
