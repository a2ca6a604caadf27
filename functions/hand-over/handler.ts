import * as z from 'zod/mini';
import agents from '#desk/team.json' with { type: 'json' };
import { queuesIn } from '../../adapters/dynamo/queues.ts';
import { deskTable } from '../../adapters/dynamo/table.ts';
import { teamIn } from '../../adapters/dynamo/team.ts';
import { ticketsIn } from '../../adapters/dynamo/tickets.ts';
import type { Queues, Team, Tickets } from '../../domain/ports.ts';
import { handOver } from '../../domain/ticket/acts/give-out.ts';
import type { Ticket } from '../../domain/ticket/ticket.ts';
import { contextNow, houseRules, type Rules } from '../_shared/desk.ts';
import { readEnv } from '../_shared/env.ts';
import { inTurn } from '../_shared/in-turn.ts';
import { eventHandler } from '../_shared/middleware.ts';
import { logger } from '../_shared/telemetry.ts';
import { env } from './env.ts';

interface Deps extends Rules {
  tickets: Tickets;
  team: Team;
  queues: Pick<Queues, 'list'>;
}

const departure = z.object({ detail: z.object({ agent: z.string() }) });

/** Tickets read in each group: nobody has more on their hands. */
const PAGE = 100;

/**
 * Gives what nobody has answered to others when an agent goes away, if the policy says so and they are still away; and in
 * any case what is being put right for an unhappy customer.
 */
export const build =
  (deps: Deps) =>
  async (event: unknown): Promise<{ handedOver: number }> => {
    const { agent } = departure.parse(event).detail;
    let handedOver = 0;
    for (const ticket of await onTheHandsOf(agent, deps)) if (await giveAway(ticket.id, agent, deps)) handedOver += 1;
    if (handedOver > 0) logger.info('Unanswered tickets of somebody away were handed over.', { agent, handedOver });
    return { handedOver };
  };

const onTheHandsOf = async (agent: string, { queues, policy }: Deps): Promise<Ticket[]> => {
  const pages = await Promise.all(
    Object.keys(policy.groups).map((group) => queues.list({ group, agent, limit: PAGE })),
  );
  return pages.flatMap(({ tickets }) => tickets).filter(({ status }) => status === 'open');
};

const giveAway = (ticketId: string, from: string, deps: Deps): Promise<boolean> =>
  inTurn(async (lot) => {
    const [ledger, team] = await Promise.all([deps.tickets.ledger(ticketId), deps.team.now()]);
    // Back already: then it is theirs.
    if (!ledger || team.some(({ id, present }) => id === from && present)) return false;
    const decision = handOver(ledger, { from, team, ...(lot === undefined ? {} : { lot }) }, contextNow(deps));
    if (decision.ok) await deps.tickets.record(decision.value);
    return decision.ok;
  }, ticketId);

export const handler = eventHandler(() => {
  const table = deskTable(readEnv(env).TABLE_NAME);
  return build({ ...houseRules(), tickets: ticketsIn(table), team: teamIn(table, agents), queues: queuesIn(table) });
});
