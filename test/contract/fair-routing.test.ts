import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { outagesIn } from '../../adapters/dynamo/outages.ts';
import type { Table } from '../../adapters/dynamo/table.ts';
import { teamIn } from '../../adapters/dynamo/team.ts';
import { ticketsIn } from '../../adapters/dynamo/tickets.ts';
import { waitingIn } from '../../adapters/dynamo/waiting.ts';
import { randomIds } from '../../adapters/ids.ts';
import type { Agent } from '../../domain/policy.ts';
import { giveOutIn } from '../../functions/route-waiting/give-out-in.ts';
import { build as triage } from '../../functions/triage-ticket/handler.ts';
import { anAgent, aPolicy, theCategories } from '../support/builders.ts';
import { stillClock } from '../support/fakes.ts';
import { at, opening } from './changes.ts';
import { type Engine, startEngine } from './engine.ts';

let engine: Engine;
let table: Table;

beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

const crew = (count: number, capacity: number): Agent[] =>
  Array.from({ length: count }, (_, index) => anAgent({ id: `agent${index}`, capacity }));

const aDesk = async (agents: Agent[]) => {
  table = await engine.table();
  const rules = { policy: aPolicy(), clock: stillClock(at(1)), ids: randomIds() };
  const [tickets, team, waiting] = [ticketsIn(table), teamIn(table, agents), waitingIn(table)];
  const [outages, models] = [outagesIn(table), { newest: async () => undefined }];
  const deps = { ...rules, tickets, team, waiting, outages, models, categories: theCategories(), languages: ['en'] };
  return { ...deps, triage: triage(deps) };
};

type Desk = Awaited<ReturnType<typeof aDesk>>;

const newTickets = async ({ tickets }: Desk, count: number): Promise<string[]> => {
  const changes = Array.from({ length: count }, () => opening({ subject: 'My card' }));
  for (const change of changes) await tickets.record(change);
  return changes.map(({ after }) => after.id);
};

const loads = async ({ team }: Desk): Promise<number[]> => (await team.now()).map(({ load }) => load).sort();

const waitingNow = async ({ waiting }: Desk): Promise<string[]> =>
  (await waiting.inGroup('frontline', 100)).map(({ ticketId }) => ticketId);

/** What the tickets say, against what the agents' items count. */
const owners = async ({ tickets }: Desk, ids: string[]): Promise<Map<string, number>> => {
  const counts = new Map<string, number>();
  for (const id of ids) {
    const ticket = await tickets.ticket(id);
    const owner = ticket?.status === 'open' ? (ticket.assignee ?? 'nobody') : 'new';
    counts.set(owner, (counts.get(owner) ?? 0) + 1);
  }
  return counts;
};

describe('many tickets at once, on the real engine', () => {
  test('fifty over six agents spread within one, and what is counted is what was given', async () => {
    const desk = await aDesk(crew(6, 30));
    const ids = await newTickets(desk, 50);

    await Promise.all(ids.map((ticketId) => desk.triage({ ticketId })));

    const counted = await loads(desk);
    expect(counted.reduce((sum, load) => sum + load, 0)).toBe(50);
    expect(Math.max(...counted) - Math.min(...counted)).toBeLessThanOrEqual(1);
    expect([...(await owners(desk, ids)).values()].sort()).toEqual(counted);
  });

  test('fifty for thirty places fill each agent to the last one and no further; the rest wait', async () => {
    const desk = await aDesk(crew(3, 10));
    const ids = await newTickets(desk, 50);

    await Promise.all(ids.map((ticketId) => desk.triage({ ticketId })));

    expect(await loads(desk)).toEqual([10, 10, 10]);
    expect((await owners(desk, ids)).get('nobody')).toBe(20);
    expect(await waitingNow(desk)).toHaveLength(20);
  });

  test('two for the last place: one gets it, the other waits', async () => {
    const desk = await aDesk(crew(1, 1));
    const ids = await newTickets(desk, 2);

    await Promise.all(ids.map((ticketId) => desk.triage({ ticketId })));

    expect(await loads(desk)).toEqual([1]);
    expect(await waitingNow(desk)).toHaveLength(1);
  });

  test('whoever goes away while the choice is made is not given it', async () => {
    const desk = await aDesk(crew(2, 10));
    const [ticketId = ''] = await newTickets(desk, 1);
    const team = await desk.team.now();
    await desk.team.setPresent('agent0', false, at(1));
    let asked = 0;
    const stale = { ...desk.team, now: async () => (asked++ === 0 ? team : desk.team.now()) };

    await triage({ ...desk, team: stale })({ ticketId });

    expect(await desk.tickets.ticket(ticketId)).toMatchObject({ assignee: 'agent1' });
  });

  test('waiting tickets go out in working order when room comes, once each, even when many give them out at once', async () => {
    const desk = await aDesk(crew(2, 5));
    for (const agent of ['agent0', 'agent1']) await desk.team.setPresent(agent, false, at(1));
    const ids = await newTickets(desk, 14);
    for (const ticketId of ids) await desk.triage({ ticketId });
    const inOrder = await waitingNow(desk);
    for (const agent of ['agent0', 'agent1']) await desk.team.setPresent(agent, true, at(2));

    await Promise.all(Array.from({ length: 4 }, () => giveOutIn('frontline', desk)));

    expect(await loads(desk)).toEqual([5, 5]);
    expect(await waitingNow(desk)).toEqual(inOrder.slice(10));
    expect((await owners(desk, ids)).get('nobody')).toBe(4);
  });

  test('a place that no ticket holds is forgotten, one that was taken anew is not', async () => {
    const desk = await aDesk([anAgent({ id: 'agent0', present: true, capacity: 0 })]);
    const [ticketId = ''] = await newTickets(desk, 1);
    await desk.triage({ ticketId });
    const [place] = await desk.waiting.inGroup('frontline', 1);
    if (place === undefined) throw new Error('Nobody waits.');

    await desk.waiting.forget('frontline', { ...place, version: place.version - 1 });
    const kept = await waitingNow(desk);
    await desk.waiting.forget('frontline', place);

    expect(kept).toEqual([ticketId]);
    expect(await waitingNow(desk)).toEqual([]);
    expect(await desk.waiting.anybody(['frontline', 'expert'])).toBe(false);
  });
});
