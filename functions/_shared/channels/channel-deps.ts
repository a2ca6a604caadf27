import agents from '#desk/team.json' with { type: 'json' };
import { budgetsIn } from '../../../adapters/dynamo/budgets.ts';
import { customersIn } from '../../../adapters/dynamo/customers.ts';
import { outboxIn } from '../../../adapters/dynamo/outbox.ts';
import { personsIn } from '../../../adapters/dynamo/persons.ts';
import { deskTable, type Table } from '../../../adapters/dynamo/table.ts';
import { ticketsIn } from '../../../adapters/dynamo/tickets.ts';
import { type ChannelSecret, channelSecretIn } from '../../../adapters/secrets/channel-secret.ts';
import { ticketNamedIn } from '../../../domain/channels/ticket-named.ts';
import { domainOf } from '../../../domain/contact/desk-address.ts';
import type { Agent } from '../../../domain/policy.ts';
import type { Budgets, Customers, Ledger, Outbox, Persons, Tickets } from '../../../domain/ports.ts';
import { houseRules, type Rules } from '../desk.ts';
import { type Links, linksIn } from '../links/links.ts';
import { Problem } from '../problem.ts';
import { type Count, count } from '../telemetry.ts';

/** What every function needs that a channel posts to. */
export interface ChannelDeps extends Rules {
  secret: ChannelSecret;
  tickets: Tickets;
  customers: Customers;
  persons: Persons;
  budgets: Budgets;
  outbox: Pick<Outbox, 'get'>;
  links: Links;
  agents: readonly Agent[];
  deskDomain: string;
  count: Count;
}

interface ChannelEnv {
  TABLE_NAME: string;
  LINK_SECRET_ARN: string;
  PUBLIC_URL: string;
  DESK_ADDRESS: string;
  CHANNEL_SECRET_ARN: string;
}

export const channelDeps = (env: ChannelEnv, table: Table = deskTable(env.TABLE_NAME)): ChannelDeps => ({
  ...houseRules(),
  secret: channelSecretIn(env.CHANNEL_SECRET_ARN),
  tickets: ticketsIn(table),
  customers: customersIn(table),
  persons: personsIn(table),
  budgets: budgetsIn(table),
  outbox: outboxIn(table),
  links: linksIn(env),
  agents,
  deskDomain: domainOf(env.DESK_ADDRESS),
  count,
});

/** New tickets of one identity in a day: more help nobody. */
const MOST_TICKETS = 100;

/** Throws 429 when one identity has brought enough for a day. */
export const refuseFlood = async ({ budgets, clock }: Pick<ChannelDeps, 'budgets' | 'clock'>, customerId: string) => {
  if (await budgets.take(customerId, 'ticket', MOST_TICKETS, clock.now())) return;
  throw new Problem(429, 'This customer has opened too many tickets today.', { headers: { 'retry-after': '3600' } });
};

/**
 * The ticket a message names, if it is this customer's own, or that of somebody who is proven to be them: knowing its
 * number is no authority.
 */
export const ownTicketNamed = async (
  { tickets, persons }: Pick<ChannelDeps, 'tickets' | 'persons'>,
  text: string,
  customerId: string,
): Promise<Ledger | undefined> => {
  const id = ticketNamedIn(text);
  const ledger = id === undefined ? undefined : await tickets.ledger(id);
  if (!ledger || ledger.ticket.customer.id === customerId) return ledger;
  const person = await persons.person(customerId);
  return person?.members.some((member) => member.id === ledger.ticket.customer.id) ? ledger : undefined;
};
