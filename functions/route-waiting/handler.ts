import * as z from 'zod/mini';
import agents from '#desk/team.json' with { type: 'json' };
import { deskTable } from '../../adapters/dynamo/table.ts';
import { teamIn } from '../../adapters/dynamo/team.ts';
import { ticketsIn } from '../../adapters/dynamo/tickets.ts';
import { waitingIn } from '../../adapters/dynamo/waiting.ts';
import type { Agent } from '../../domain/policy.ts';
import { servedBy } from '../../domain/routing/served-by.ts';
import { houseRules } from '../_shared/desk.ts';
import { readEnv } from '../_shared/env.ts';
import { eventHandler } from '../_shared/middleware.ts';
import { logger, type Measure, measure } from '../_shared/telemetry.ts';
import { env } from './env.ts';
import { type Deps as GiveOutDeps, giveOutIn } from './give-out-in.ts';

interface Deps extends GiveOutDeps {
  agents: readonly Agent[];
  measure: Measure;
}

/** A group in which somebody waits or that has just opened, or an agent who has come back or has room again. */
const cause = z.object({ detail: z.union([z.object({ group: z.string() }), z.object({ agent: z.string() })]) });

/** Gives waiting tickets to whoever is there. Run twice, or when nobody waits, it gives nothing. */
export const build =
  (deps: Deps) =>
  async (event: unknown): Promise<{ given: number; left: number }> => {
    const { detail } = cause.parse(event);
    const sum = { given: 0, left: 0 };
    for (const group of 'group' in detail ? [detail.group] : groupsOf(detail.agent, deps)) {
      const { given, left } = await giveOutIn(group, deps);
      sum.given += given;
      sum.left += left;
      if (given > 0) logger.info('Waiting tickets were given out.', { group, given });
      if (left > 0) deps.measure('CustomersWaiting', left, { group });
    }
    return sum;
  };

const groupsOf = (id: string, { agents, policy }: Deps): string[] => {
  const agent = agents.find((each) => each.id === id);
  return agent === undefined ? [] : servedBy(agent, policy);
};

export const handler = eventHandler(() => {
  const table = deskTable(readEnv(env).TABLE_NAME);
  return build({
    ...houseRules(),
    tickets: ticketsIn(table),
    team: teamIn(table, agents),
    waiting: waitingIn(table),
    agents,
    measure,
  });
});
