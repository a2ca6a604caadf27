import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { auditedOf } from '../../domain/explain/audited.ts';
import { explain } from '../../domain/explain/explain.ts';
import type { Ledger } from '../../domain/ports.ts';
import { seesRatingOf, withoutRating, withoutScore } from '../../domain/rating/visible.ts';
import { json } from '../_shared/http/json-response.ts';
import { notFound, Problem, ticketIdIn } from '../_shared/problem.ts';
import type { Who } from '../_shared/who.ts';
import type { Deps } from './deps.ts';

const asked = async (event: APIGatewayProxyEventV2, { tickets }: Deps): Promise<Ledger> => {
  const ledger = await tickets.ledger(ticketIdIn(event));
  if (!ledger) throw notFound();
  return ledger;
};

/** Why the ticket stands where it stands, and what comes next. */
export const explainTicket = async (event: APIGatewayProxyEventV2, who: Who, deps: Deps) => {
  const ledger = await asked(event, deps);
  const hidden = new Set(hiddenIn(ledger, who, deps).map(({ id }) => id));
  const told = explain(ledger, deps.policy, deps.clock.now(), await deps.tickets.messages(ledger.ticket.id));
  const acts = told.acts.map((act) =>
    hidden.has(act.event) ? { ...withoutRating(act), inputs: withoutScore(act.inputs) } : act,
  );
  return json({ ...told, acts });
};

/** The events with ratings that this agent does not see. */
const hiddenIn = ({ ticket, events }: Ledger, who: Who, { policy }: Deps) =>
  events.filter((each) => !seesRatingOf(each, ticket, who, policy));

/** The ledger and what is stored of it, to be recomputed elsewhere: without a word that a customer wrote. */
export const exportTicket = async (event: APIGatewayProxyEventV2, who: Who, deps: Deps) => {
  const ledger = await asked(event, deps);
  // Without them it could not be recomputed.
  if (hiddenIn(ledger, who, deps).length > 0)
    throw new Problem(403, 'This ticket has ratings of others: a lead or an admin may export it.');
  const { ticket, events } = ledger;
  return json({
    careline: 'ticket-export',
    exportedAt: deps.clock.now(),
    policy: deps.policy.version,
    ticket: auditedOf(ticket),
    events,
  });
};
