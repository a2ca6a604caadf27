import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { capsIn } from '../../adapters/dynamo/caps.ts';
import { customersIn } from '../../adapters/dynamo/customers.ts';
import { deskTable } from '../../adapters/dynamo/table.ts';
import { ticketsIn } from '../../adapters/dynamo/tickets.ts';
import { type LinkKeys, linkKeysFrom } from '../../adapters/secrets/link-keys.ts';
import { domainOf } from '../../domain/contact/desk-address.ts';
import { CustomerMadeMeanwhile, RequestAlreadyTaken } from '../../domain/errors.ts';
import { plainNumber } from '../../domain/identity/plain-number.ts';
import type { Customers, Tickets } from '../../domain/ports.ts';
import { contextNow, houseRules, type Rules } from '../_shared/desk.ts';
import { readEnv } from '../_shared/env.ts';
import { attachmentsFrom } from '../_shared/files/uploads.ts';
import { requestKeyOf } from '../_shared/http/idempotency.ts';
import { readJson } from '../_shared/http/read-json.ts';
import { type LimitDeps, refuseMoreTickets } from '../_shared/http/web-limits.ts';
import { type Links, linksIn } from '../_shared/links/links.ts';
import { apiHandler } from '../_shared/middleware.ts';
import { Problem } from '../_shared/problem.ts';
import { type Count, count } from '../_shared/telemetry.ts';
import { openNewTicket } from '../_shared/tickets/open-new-ticket.ts';
import { type Answer, recordOf, sameAnswer } from '../_shared/tickets/opened-once.ts';
import { env } from './env.ts';
import { type TicketRequest, ticketRequest } from './shape.ts';

interface Deps extends Rules {
  caps: LimitDeps['caps'];
  tickets: Tickets;
  customers: Customers;
  links: Links;
  keys: () => Promise<LinkKeys>;
  deskDomain: string;
  count: Count;
}

/** A message by the web or the API becomes a ticket; the same request twice becomes one. */
export const build =
  (deps: Deps) =>
  async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const body = readJson(event, ticketRequest);
    const key = requestKeyOf(event);
    try {
      return created(deps, await open(deps, body, key));
    } catch (error) {
      // A receipt may have ended since the first request of this key took it.
      const again = error instanceof RequestAlreadyTaken || error instanceof Problem;
      const taken = again && key !== undefined ? await deps.tickets.request(key) : undefined;
      if (!taken) throw error;
      return created(deps, sameAnswer(taken, body));
    }
  };

/** Two first messages of one address may come at once: the second finds the customer that the first has made. */
const open = async (deps: Deps, body: TicketRequest, key: string | undefined): Promise<Answer> => {
  try {
    return await openOnce(deps, body, key);
  } catch (error) {
    if (!(error instanceof CustomerMadeMeanwhile)) throw error;
    return openOnce(deps, body, key);
  }
};

const openOnce = async (deps: Deps, body: TicketRequest, key: string | undefined): Promise<Answer> => {
  const ctx = contextNow(deps);
  const attachments = body.attachments ? attachmentsFrom(body.attachments, await deps.keys(), ctx.now) : [];
  const { email, phone, contactBy, ...seen } = body.customer;
  const [{ customer: known, newcomer }] = await Promise.all([
    deps.customers.meet(email, seen, ctx.now, ctx.ids.ulid()),
    refuseMoreTickets(email, deps),
  ]);
  const number = phone === undefined ? undefined : plainNumber(phone);
  if (contactBy === 'sms' && number === undefined) throw noNumber();
  const agreed = contactBy === 'sms' && { textsConsent: { at: ctx.now, source: 'api' as const } };
  const customer = number === undefined ? known : { ...known, phone: number, ...agreed };
  const told = (ticketId: string): Answer => ({ ticketId, createdAt: ctx.now, customerId: customer.id });
  const { id } = await openNewTicket(
    deps,
    {
      subject: body.subject,
      text: body.body,
      channel: body.channel ?? 'api',
      customer,
      report: reportOf(body),
      attachments,
      deskDomain: deps.deskDomain,
      ...(newcomer && { newcomer }),
      ...(key !== undefined && { request: (ticketId) => recordOf(key, body, told(ticketId), ctx.now) }),
    },
    ctx,
  );
  return told(id);
};

const noNumber = (): Problem =>
  new Problem(422, 'Text messages need a number.', {
    errors: [{ path: 'customer.phone', message: 'Write it with its country code, as +4930123456.' }],
  });

/** A number that is not written with its country code is kept with the facts, for a person to read. */
const reportOf = ({ impact, urgency, usersAffected, category, product, context, customer }: TicketRequest) => ({
  ...(impact !== undefined && { impact }),
  ...(urgency !== undefined && { urgency }),
  ...(usersAffected !== undefined && { usersAffected }),
  ...(category !== undefined && { category }),
  ...(product !== undefined && { product }),
  ...((context !== undefined || isUnclear(customer.phone)) && {
    context: { ...context, ...(isUnclear(customer.phone) && { phone: customer.phone }) },
  }),
});

const isUnclear = (phone: string | undefined): phone is string =>
  phone !== undefined && plainNumber(phone) === undefined;

const created = async (deps: Deps, { ticketId, createdAt, customerId }: Answer) => {
  const link = await deps.links.ticket({ id: ticketId, customer: { id: customerId } }, createdAt);
  return {
    statusCode: 201,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    body: JSON.stringify({ ticket: { id: ticketId, status: 'new', createdAt }, links: { ticket: link } }),
  };
};

export const handler = apiHandler(() => {
  const given = readEnv(env);
  const table = deskTable(given.TABLE_NAME);
  return build({
    ...houseRules(),
    caps: capsIn(table),
    tickets: ticketsIn(table),
    customers: customersIn(table),
    links: linksIn(given),
    keys: linkKeysFrom(given.LINK_SECRET_ARN),
    deskDomain: domainOf(given.DESK_ADDRESS),
    count,
  });
});
