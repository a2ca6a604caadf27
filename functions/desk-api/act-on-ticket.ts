import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { jitteredPause } from '../../adapters/pause.ts';
import { ConcurrentChange, TicketIdTaken } from '../../domain/errors.ts';
import type { Refusal } from '../../domain/ticket/acts/refusal.ts';
import { needsOf } from '../../domain/ticket/acts/resolve-needs.ts';
import { isPlaced, type Ticket } from '../../domain/ticket/ticket.ts';
import { contextNow } from '../_shared/desk.ts';
import { bodyOf } from '../_shared/http/body.ts';
import { json } from '../_shared/http/json-response.ts';
import { checked, readJson } from '../_shared/http/read-json.ts';
import { type FieldError, notFound, Problem, ticketIdIn } from '../_shared/problem.ts';
import { logger } from '../_shared/telemetry.ts';
import { ticketView } from '../_shared/tickets/views.ts';
import type { Who } from '../_shared/who.ts';
import type { Act } from './acts.ts';
import type { Deps } from './deps.ts';

/** An agent who named no version wants the act done on whatever the ticket is now: it is decided again so often. */
const ATTEMPTS = 6;

/** One act: decide on the ticket as it is, store the change, answer with the ticket (and the other one) as it became. */
export const actOnTicket =
  <T extends { version?: number }>(act: Act<T>) =>
  async (event: APIGatewayProxyEventV2, who: Who, deps: Deps): Promise<APIGatewayProxyStructuredResultV2> => {
    const id = ticketIdIn(event);
    const body = bodyOf(event) === '' ? checked({}, act.body) : readJson(event, act.body);
    logger.appendKeys({ ticketId: id });
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await once(act, { id, body, who }, deps);
      } catch (error) {
        const again =
          error instanceof TicketIdTaken || (error instanceof ConcurrentChange && body.version === undefined);
        if (!again || attempt === ATTEMPTS) throw error;
        await jitteredPause(attempt);
      }
    }
  };

const once = async <T extends { version?: number }>(
  act: Act<T>,
  { id, body, who }: { id: string; body: T; who: Who },
  deps: Deps,
): Promise<APIGatewayProxyStructuredResultV2> => {
  const ledger = await deps.tickets.ledger(id);
  if (!ledger) throw notFound();
  if (body.version !== undefined && body.version !== ledger.ticket.version) throw new ConcurrentChange(id);
  const decision = await act.decide(body, { ledger, who, ctx: contextNow(deps), deps });
  if (!decision.ok) throw problemOf(decision.refusal, decision.detail, missingIn(body, ledger.ticket, deps));
  await deps.tickets.record(decision.value);
  const { after, beside } = decision.value;
  return json({
    ticket: ticketView(after, who, deps),
    ...(beside && { other: ticketView(beside.after, who, deps) }),
  });
};

const missingIn = (body: object, ticket: Ticket, { policy }: Deps): FieldError[] =>
  needsOf(isPlaced(ticket) ? ticket.category : '', policy)
    .filter((need) => !Object.hasOwn(body, need))
    .map((path) => ({ path, message: 'Is missing.' }));

/** What the ticket forbids is a conflict; what the body got wrong is the body's. */
const problemOf = (refusal: Refusal, detail: string, missing: FieldError[]): Problem => {
  const wrong = (path: string): FieldError[] => [{ path, message: detail }];
  switch (refusal) {
    case 'unknown-agent':
    case 'unknown-place':
      return new Problem(422, detail, { errors: wrong('to') });
    case 'unknown-category':
      return new Problem(422, detail, { errors: wrong('category') });
    case 'unknown-message':
      return new Problem(422, detail, { errors: wrong('message') });
    case 'until-in-the-past':
      return new Problem(422, detail, { errors: wrong('until') });
    case 'needs-missing':
      return new Problem(422, detail, { errors: missing });
    default:
      return new Problem(409, detail);
  }
};
