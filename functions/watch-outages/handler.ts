import * as z from 'zod/mini';
import agents from '#desk/team.json' with { type: 'json' };
import { outagesIn } from '../../adapters/dynamo/outages.ts';
import { deskTable } from '../../adapters/dynamo/table.ts';
import { teamIn } from '../../adapters/dynamo/team.ts';
import { ticketsIn } from '../../adapters/dynamo/tickets.ts';
import { ConcurrentChange } from '../../domain/errors.ts';
import type { Outages, Team, Tickets } from '../../domain/ports.ts';
import { joinOutage } from '../../domain/ticket/acts/join-outage.ts';
import { PRIORITIES } from '../../domain/ticket/ticket.ts';
import { isGrave, type Outage, type OutageWatch, observe, type Report } from '../../domain/triage/outage-watch.ts';
import { contextNow, houseRules, type Rules } from '../_shared/desk.ts';
import { readEnv } from '../_shared/env.ts';
import { inTurn } from '../_shared/in-turn.ts';
import { eventHandler } from '../_shared/middleware.ts';
import { type Count, count, logger } from '../_shared/telemetry.ts';
import { env } from './env.ts';

interface Deps extends Rules {
  tickets: Tickets;
  team: Team;
  outages: Outages;
  count: Count;
}

/** The event `triaged` of a ticket, as the bus brings it. */
const triaged = z.object({
  detail: z.object({ ticketId: z.string(), category: z.string(), priority: z.enum(PRIORITIES), at: z.string() }),
});

/** Puts grave tickets of one category together: enough of them at once are an outage. Each ticket counts once. */
export const build =
  (deps: Deps) =>
  async (event: unknown): Promise<{ joined: number }> => {
    const { ticketId, category, priority, at } = triaged.parse(event).detail;
    if (!isGrave(priority)) return { joined: 0 };
    const { reports, outage } = await observed(category, { ticketId, at }, deps);
    if (outage === undefined) return { joined: 0 };
    const isSeen = outage.seenWith === ticketId;
    let joined = 0;
    for (const id of isSeen ? reports.map((each) => each.ticketId) : [ticketId])
      if (await join(id, category, outage, deps)) joined += 1;
    if (isSeen && joined > 0) {
      logger.warn('An outage was detected.', { outage: outage.id, tickets: outage.tickets });
      deps.count('OutagesDetected');
    }
    return { joined };
  };

/** Two at once meet on the watch: the later one sees what the other left. */
const observed = (category: string, report: Report, { outages, policy }: Deps): Promise<OutageWatch> =>
  inTurn(async () => {
    const before = await outages.watchOn(category);
    const next = observe(before, category, report, policy);
    if (next !== before && !(await outages.keep(next, before))) throw new ConcurrentChange(report.ticketId);
    return next;
  }, report.ticketId);

const join = (ticketId: string, category: string, outage: Outage, deps: Deps): Promise<boolean> =>
  inTurn(async () => {
    const [ledger, team] = await Promise.all([deps.tickets.ledger(ticketId), deps.team.now()]);
    const decision = ledger && joinOutage(ledger, { category, outage, team }, contextNow(deps));
    if (decision?.ok) await deps.tickets.record(decision.value);
    return decision?.ok === true;
  }, ticketId);

export const handler = eventHandler(() => {
  const table = deskTable(readEnv(env).TABLE_NAME);
  const [tickets, team, outages] = [ticketsIn(table), teamIn(table, agents), outagesIn(table)];
  return build({ ...houseRules(), tickets, team, outages, count });
});
