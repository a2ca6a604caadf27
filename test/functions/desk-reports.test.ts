import { describe, expect, test } from 'vitest';
import type { ClockFact } from '../../domain/report/clock-note.ts';
import { build } from '../../functions/desk-api/handler.ts';
import { carryOut } from '../../functions/dispatch-changes/carry-out.ts';
import { slaReport } from '../../functions/show-contract/shapes/report.ts';
import { anEvent } from '../support/builders.ts';
import { statusOf } from './refused.ts';
import { aDesk, anOpenTicket, aRequest, type Desk, held, MONDAY_AT_9, parsed } from './support.ts';

const agent = { username: 'ada', 'cognito:groups': '[agent]' };
const lead = { username: 'nora', 'cognito:groups': '[lead]' };
const admin = { username: 'root', 'cognito:groups': '[admin]' };

const ask = (desk: Desk, query: Record<string, string> = {}, claims = lead, route = 'GET /desk/reports/sla') =>
  held(route, build(desk)(aRequest({ claims, route, query })));

const clock = (ticketId: string, overrides: Partial<ClockFact> = {}): ClockFact => ({
  ticketId,
  version: 3,
  clock: `1.resolution.${MONDAY_AT_9}`,
  promise: 'resolution',
  cycle: 1,
  startedAt: MONDAY_AT_9,
  dueAt: '2026-11-23T12:00:00.000Z',
  target: 'PT4H',
  calendar: 'always',
  row: 'urgent',
  outcome: 'breached',
  decidedAt: '2026-11-23T12:00:00.000Z',
  usedMs: 0,
  group: 'frontline',
  priority: 'P1',
  channel: 'mail',
  high: true,
  ...overrides,
});

/** What the stream makes the dispatcher do with a note. */
const keep = (desk: Desk, fact: ClockFact) =>
  carryOut({ do: 'keep-clock', fact }, { ...desk, queues: desk.mailQueues });

describe('the report of promises', () => {
  test('is for leads and admins', async () => {
    const desk = aDesk();

    expect(await statusOf(ask(desk, {}, agent))).toBe(403);
    expect(await statusOf(ask(desk, {}, agent, 'GET /desk/reports/sla.csv'))).toBe(403);
    expect((await ask(desk, {}, admin)).statusCode).toBe(200);
  });

  test.each([
    ['a period that ends before it begins', { from: '2026-11-24', to: '2026-11-23' }],
    ['a period of more than a year', { from: '2025-01-01', to: '2026-11-23' }],
    ['a time that is none', { from: 'monday' }],
    ['a date that is none', { from: '2026-02-30' }],
    ['a time beyond what can be written', { from: '9999-12-01', to: '9999-12-31' }],
    ['a time before all desks', { from: '0000-01-01', to: '0000-02-01' }],
    ['a part nobody knows', { by: 'customer' }],
    ['a word nobody knows', { form: '2026-11-23' }],
  ])('refuses %s', async (_, query) => {
    expect(await statusOf(ask(aDesk(), query))).toBe(422);
  });

  test('names its period, zone and figures, by what was asked', async () => {
    const desk = aDesk();
    const id = await anOpenTicket(desk);
    await keep(desk, clock(id));

    const report = parsed(await ask(desk, { from: '2026-11-23', to: '2026-11-23', by: 'group' }));
    desk.clock.at = '2026-11-23T13:00:00.000Z';
    const later = parsed(await ask(desk, { from: '2026-11-23', to: '2026-11-23', by: 'group' }));

    expect(report).toMatchObject({ from: '2026-11-22T23:00:00.000Z', to: '2026-11-23T23:00:00.000Z', by: 'group' });
    expect(report).toMatchObject({ zone: 'Europe/Berlin', calendar: 'office' });
    const of = { group: 'frontline' };
    expect(later).toMatchObject({
      figures: expect.arrayContaining([
        expect.objectContaining({ name: 'attainment.resolution', value: 0, n: 1, tickets: [id] }),
        expect.objectContaining({ name: 'urgent-resolved-in-time', of, value: 0, n: 1 }),
      ]),
    });
  });

  test('counts what is undecided in the group that the ticket was moved to, and asks for no moves unless it tells groups', async () => {
    const desk = aDesk();
    const id = await anOpenTicket(desk);
    const { decidedAt, ...undecided } = clock(id);
    await keep(desk, { ...undecided, outcome: 'running' });
    const transferred = { group: 'expert', tier: 3, fromGroup: 'frontline', fromTier: 1 } as const;
    const event = anEvent({ type: 'transferred', ...transferred }, desk.clock.at, { ticketId: id, version: 4 });
    await carryOut({ do: 'write-fact', event }, { ...desk, queues: desk.mailQueues });
    const asked: string[] = [];
    const { between } = desk.eventFacts;
    desk.eventFacts.between = (from, to, types) => {
      asked.push(from);
      return between(from, to, types);
    };
    const of = async (by: string) => {
      const { figures } = slaReport.parse(parsed(await ask(desk, { from: '2026-11-23', to: '2026-11-23', by })));
      return figures
        .filter(({ name, of }) => name === 'attainment.resolution' && of !== undefined)
        .map((figure) => [figure.of?.[by], figure.parts.running?.n]);
    };

    expect(await of('channel')).toEqual([['mail', 1]]);
    expect(asked).toEqual([]);
    expect(await of('group')).toEqual([['expert', 1]]);
    expect(await of('priority')).toEqual([['P1', 1]]);
    expect(asked).toHaveLength(2);
  });

  test('looks three days back for its burn rate, whatever the period', async () => {
    const desk = aDesk();
    const id = await anOpenTicket(desk);
    await keep(desk, clock(id));
    desk.clock.at = '2026-11-24T13:00:00.000Z';

    const report = parsed(await ask(desk, { from: '2026-11-24', to: '2026-11-24' }));

    expect(report).toMatchObject({
      objective: {
        budget: { used: 0 },
        burn: [{ decided: 0 }, { decided: 0 }, { window: 'P3D', decided: 1, late: 1 }],
      },
    });
  });

  test('comes as a sheet too', async () => {
    const answer = await ask(aDesk(), {}, lead, 'GET /desk/reports/sla.csv');

    expect(answer.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': 'attachment; filename="sla.csv"',
      'cache-control': 'no-store',
    });
    expect(answer.body).toMatch(/^figure,of,value/);
  });
});

describe('what the dispatcher keeps of a decision', () => {
  test('an urgent one is counted for the alarm once, however often the stream brings it', async () => {
    const desk = aDesk();
    const id = await anOpenTicket(desk);

    await keep(desk, clock(id));
    await keep(desk, clock(id));
    await keep(desk, clock(id, { version: 5, endedAt: '2026-11-23T15:00:00.000Z' }));

    expect(desk.counted).toEqual(['UrgentResolutionsDecided', 'UrgentResolutionsLate']);
  });

  test('one in time is no late one, and what was never urgent or is undecided is not counted', async () => {
    const desk = aDesk();
    const id = await anOpenTicket(desk);

    await keep(
      desk,
      clock(id, { outcome: 'met', endedAt: '2026-11-23T11:00:00.000Z', decidedAt: '2026-11-23T11:00:00.000Z' }),
    );
    await keep(desk, clock(id, { clock: '2', high: false }));
    await keep(desk, clock(id, { clock: '3', promise: 'firstReply' }));

    expect(desk.counted).toEqual(['UrgentResolutionsDecided']);
  });

  test.each([
    ['by mail', { email: 'ADA@desk.example.com' }],
    ['by telephone', { phone: '+4930123456' }],
  ])('what somebody of the team asked %s is told apart and counted nowhere', async (_, identity) => {
    const desk = aDesk();
    const agents = desk.agents.map((agent) => (agent.id === 'ada' ? { ...agent, phone: '+4930123456' } : agent));
    const id = await anOpenTicket(desk);
    const ticket = desk.memory.tickets.get(id) ?? expect.fail('It is there.');
    desk.memory.tickets.set(id, { ...ticket, customer: { ...ticket.customer, ...identity } });

    await keep({ ...desk, agents }, clock(id));

    expect(desk.counted).toEqual([]);
    expect([...desk.memory.clocks.values()]).toMatchObject([{ leftOut: 'staff' }]);
  });
});

describe('why a ticket stands where it stands', () => {
  test('is told to every agent, and of an unknown ticket to nobody', async () => {
    const desk = aDesk();
    const id = await anOpenTicket(desk);
    const explain = (path: string) =>
      build(desk)(aRequest({ claims: agent, route: 'GET /desk/tickets/{id}/explain', path: { id: path } }));

    expect(parsed(await explain(id))).toMatchObject({
      ticket: { id },
      promises: [{}, {}],
      acts: [{}, {}],
      next: expect.arrayContaining([expect.objectContaining({ rule: 'targets.written-p3@1' })]),
    });
    expect(await statusOf(explain('T-000000'))).toBe(404);
  });

  test('the export has the ledger and the caches of the ticket, and no word of the customer', async () => {
    const desk = aDesk();
    const id = await anOpenTicket(desk, { subject: 'SECRET', text: 'SECRET' });

    const answer = await build(desk)(aRequest({ claims: agent, route: 'GET /desk/tickets/{id}/export', path: { id } }));

    expect(parsed(answer)).toMatchObject({
      careline: 'ticket-export',
      ticket: { id, clock: {} },
      events: [{ type: 'opened' }, {}, {}],
    });
    expect(answer.body).not.toMatch(/SECRET|@customer/);
  });
});
