import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { auditedOf } from '../../domain/explain/audit.ts';
import { explain } from '../../domain/explain/explain.ts';
import type { Ledger } from '../../domain/ports.ts';
import { json } from '../_shared/http/json-response.ts';
import { notFound, ticketIdIn } from '../_shared/problem.ts';
import type { Deps } from './deps.ts';
import type { Who } from './who.ts';

const asked = async (event: APIGatewayProxyEventV2, { tickets }: Deps): Promise<Ledger> => {
  const ledger = await tickets.ledger(ticketIdIn(event));
  if (!ledger) throw notFound();
  return ledger;
};

/** Why the ticket stands where it stands, and what comes next. */
export const explainTicket = async (event: APIGatewayProxyEventV2, _: Who, deps: Deps) => {
  const ledger = await asked(event, deps);
  return json(explain(ledger, deps.policy, deps.clock.now(), await deps.tickets.messages(ledger.ticket.id)));
};

/** The ledger and what is stored of it, to be recomputed elsewhere: without a word that a customer wrote. */
export const exportTicket = async (event: APIGatewayProxyEventV2, _: Who, deps: Deps) => {
  const { ticket, events } = await asked(event, deps);
  return json({
    careline: 'ticket-export',
    exportedAt: deps.clock.now(),
    policy: deps.policy.version,
    ticket: auditedOf(ticket),
    events,
  });
};
