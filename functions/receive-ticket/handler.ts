import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { customersIn } from '../../adapters/dynamo/customers.ts';
import { deskTable } from '../../adapters/dynamo/table.ts';
import { ticketsIn } from '../../adapters/dynamo/tickets.ts';
import { domainOf } from '../../domain/contact/desk-address.ts';
import { RequestAlreadyTaken } from '../../domain/errors.ts';
import type { Customers, Tickets } from '../../domain/ports.ts';
import { contextNow, houseRules, type Rules } from '../_shared/desk.ts';
import { readEnv } from '../_shared/env.ts';
import { type Links, linksIn } from '../_shared/links.ts';
import { apiHandler } from '../_shared/middleware.ts';
import { openNewTicket } from '../_shared/open-new-ticket.ts';
import { readJson } from '../_shared/read-json.ts';
import { type Count, count, logger } from '../_shared/telemetry.ts';
import { env } from './env.ts';
import { type Answer, recordOf, requestKeyOf, sameAnswer } from './once-only.ts';
import { type TicketRequest, ticketRequest } from './shape.ts';

interface Deps extends Rules {
  tickets: Tickets;
  customers: Customers;
  links: Links;
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
      const taken = error instanceof RequestAlreadyTaken ? await deps.tickets.request(error.key) : undefined;
      if (!taken) throw error;
      return created(deps, sameAnswer(taken, body));
    }
  };

const open = async (deps: Deps, body: TicketRequest, key: string | undefined): Promise<Answer> => {
  const ctx = contextNow(deps);
  const { email, phone, ...seen } = body.customer;
  const customer = await deps.customers.byAddress(email, seen, ctx.now, ctx.ids.ulid());
  const told = (ticketId: string): Answer => ({ ticketId, createdAt: ctx.now, customerId: customer.id });
  const { id } = await openNewTicket(
    deps.tickets,
    {
      subject: body.subject,
      text: body.body,
      channel: body.channel ?? 'api',
      customer,
      report: reportOf(body),
      attachments: [],
      deskDomain: deps.deskDomain,
      ...(key !== undefined && { request: (ticketId) => recordOf(key, body, told(ticketId), ctx.now) }),
    },
    ctx,
  );
  logger.info('A ticket was opened.', { ticketId: id });
  deps.count('TicketsReceived');
  return told(id);
};

/** A phone number is kept with the facts of this ticket: the customer record knows addresses only. */
const reportOf = ({ impact, urgency, usersAffected, category, product, context, customer }: TicketRequest) => ({
  ...(impact !== undefined && { impact }),
  ...(urgency !== undefined && { urgency }),
  ...(usersAffected !== undefined && { usersAffected }),
  ...(category !== undefined && { category }),
  ...(product !== undefined && { product }),
  ...((context !== undefined || customer.phone !== undefined) && {
    context: { ...context, ...(customer.phone !== undefined && { phone: customer.phone }) },
  }),
});

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
  const [tickets, customers, links] = [ticketsIn(table), customersIn(table), linksIn(given)];
  return build({ ...houseRules(), tickets, customers, links, deskDomain: domainOf(given.DESK_ADDRESS), count });
});
