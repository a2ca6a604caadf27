import { describe, expect, test } from 'vitest';
import type { FactAbout } from '../../domain/report/event-facts.ts';
import type { EventOf } from '../../domain/ticket/event.ts';
import { countAnswer } from '../../functions/answer-survey/count-answer.ts';
import { build } from '../../functions/desk-api/handler.ts';
import { carryOut } from '../../functions/dispatch-changes/carry-out.ts';
import { aTicket } from '../support/builders.ts';
import { aFact, anAnswer } from '../support/report-builders.ts';
import { aDefinition } from '../support/survey-builders.ts';
import { statusOf } from './refused.ts';
import { aDesk, anOpenTicket, aRequest, type Desk, held, parsed } from './support.ts';

const lead = { username: 'nora', 'cognito:groups': '[lead]' };
const ada = { username: 'ada', 'cognito:groups': '[agent]' };
const ben = { username: 'ben', 'cognito:groups': '[agent]' };

const ask = (desk: Desk, name: string, claims = lead, query: Record<string, string> = {}) =>
  held(
    `GET /desk/reports/${name}`,
    build(desk)(aRequest({ claims, route: `GET /desk/reports/${name}`, query: { from: '2026-11-23', ...query } })),
  );

interface Shown {
  figures: Array<{ name: string; of?: Record<string, string>; value?: number; n: number }>;
}
const report = async (...given: Parameters<typeof ask>): Promise<Shown> => JSON.parse((await ask(...given)).body ?? '');
const named = ({ figures }: Shown, name: string) => figures.filter((each) => each.name === name);

/** One good answer to Ada and a bad one to Ben, an hour ago, on the scale of the shipped survey. */
const answered = async (desk: Desk, about: FactAbout = { channel: 'mail' }): Promise<void> => {
  const facts: Array<Partial<EventOf<'survey-answered'>> & { score: number }> = [
    { agent: 'ada', score: 5 },
    { agent: 'ben', score: 2 },
  ];
  for (const { score, ...more } of facts) {
    const { event } = anAnswer(score, { survey: 'after-resolve@1', ...more });
    await desk.traces.keepFact(event, about);
  }
  desk.clock.at = '2026-11-23T09:00:00.000Z';
};

describe('reports of ratings', () => {
  test.each(['surveys', 'agents', 'recovery'])('%s is told to leads, as figures and as a sheet', async (name) => {
    const desk = aDesk();
    await answered(desk);

    expect(parsed(await ask(desk, name))).toMatchObject({ zone: 'Europe/Berlin', calendar: 'office' });
    const sheet = await ask(desk, `${name}.csv`);
    expect(sheet.headers).toMatchObject({ 'content-disposition': `attachment; filename="${name}.csv"` });
    expect(sheet.body).toMatch(/^figure,of,value/);
    expect(await statusOf(ask(desk, name, lead, { by: 'customer' }))).toBe(422);
    expect((await ask(desk, name, lead, { by: 'agent' })).statusCode).toBe(200);
    expect(await statusOf(ask(desk, name, lead, { from: '2026-11-24', to: '2026-11-23' }))).toBe(422);
    expect(await statusOf(ask(desk, name, { username: 'eve', 'cognito:groups': '[]' }))).toBe(403);
  });

  test('a lead sees the team and everybody in it', async () => {
    const desk = aDesk();
    await answered(desk);

    expect(named(await report(desk, 'agents'), 'csat').map(({ of, value, n }) => [of?.agent, value, n])).toEqual([
      [undefined, 0.5, 2],
      ['ada', 1, 1],
      ['ben', 0, 1],
    ]);
    expect(named(await report(desk, 'surveys', lead, { by: 'channel' }), 'csat').map(({ of }) => of?.channel)).toEqual([
      undefined,
      'mail',
    ]);
  });

  test.each(['agents', 'surveys'])('an agent sees their own figures of %s and nobody else’s', async (name) => {
    const desk = aDesk();
    await answered(desk);

    const body = (await ask(desk, name, ada)).body ?? '';
    const own: Shown = JSON.parse(body);

    expect(named(own, 'csat').map(({ of, value }) => [of?.agent, value])).toEqual([['ada', 1]]);
    expect(own.figures.every(({ of }) => of?.agent === 'ada')).toBe(true);
    expect(body).not.toContain('ben');
    expect((await ask(desk, `${name}.csv`, ada)).body).not.toContain('ben');
  });

  test('an agent cannot ask for another split, and of recoveries sees those of their own answers', async () => {
    const desk = aDesk();
    const opened = (ratedAgent: string) =>
      aFact('remediation-opened', { ratedCycle: 1, score: 1, ratedAgent, deadline: '2026-11-23T16:00:00.000Z' });
    for (const agent of ['ada', 'ben']) await desk.traces.keepFact(opened(agent).event, {});
    desk.clock.at = '2026-11-23T09:00:00.000Z';

    expect(await statusOf(ask(desk, 'surveys', ada, { by: 'group' }))).toBe(403);
    expect(await statusOf(ask(desk, 'recovery', ada, { by: 'category' }))).toBe(403);
    const own = await report(desk, 'recovery', ben);
    expect(named(own, 'recoveries.started').map(({ of, n }) => [of?.agent, n])).toEqual([['ben', 1]]);
  });

  test('a desk may let its agents see the whole team', async () => {
    const desk = aDesk();
    const open = {
      ...desk,
      policy: { ...desk.policy, reports: { ...desk.policy.reports, ratingsVisible: 'team' as const } },
    };
    await answered(desk);

    expect(named(await report(open, 'agents', ada), 'csat')).toHaveLength(3);
    expect((await ask(open, 'surveys', ada, { by: 'group' })).statusCode).toBe(200);
  });

  test('a report that no function could answer asks for a shorter period', async () => {
    const desk = aDesk();
    const { event } = anAnswer(5, { ticketId: 'T'.repeat(4_000_000), survey: 'after-resolve@1' });
    await desk.traces.keepFact(event, {});
    desk.clock.at = '2026-11-23T09:00:00.000Z';

    expect(await statusOf(ask(desk, 'surveys'))).toBe(422);
    expect(await statusOf(ask(desk, 'surveys.csv'))).toBe(422);
  });

  test('the openings of the links of its surveys stand in the report', async () => {
    const desk = aDesk();
    const about = { ticketId: 'T-7K2M9Q', cycle: 1, kind: 'csat' as const };
    const { event } = aFact('survey-sent', {
      ticketId: about.ticketId,
      survey: 'after-resolve@1',
      kind: 'csat',
      mail: 'm',
    });
    await desk.traces.keepFact(event, { channel: 'mail' });
    for (const option of [1, 2, 5])
      desk.memory.clicks.push({ about, opening: { at: '2026-11-23T08:00:01.000Z', option, by: 'get' } });
    desk.clock.at = '2026-11-23T09:00:00.000Z';

    const all = await report(desk, 'surveys');

    expect(named(all, 'clicks.discarded')).toMatchObject([{ value: 3, tickets: [about.ticketId] }]);
    expect(named(all, 'clicks.intent')).toMatchObject([{ value: 0 }]);
    expect(named(all, 'clicks.confirmed')).toMatchObject([{ value: 0 }]);
  });
});

describe('what is counted of an answer, for the alarm', () => {
  const counted = (
    score: number,
    over: { edit?: number; kind?: 'csat' | 'follow-up'; measure?: 'csat' | 'ces' } = {},
  ) => {
    const names: string[] = [];
    const { measure = 'csat', ...facts } = over;
    const { event } = anAnswer(score, facts);
    const definition = aDefinition({ measure });
    countAnswer({ after: aTicket(), events: [event] }, definition, (name) => names.push(name));
    return names;
  };

  test('is that it was given and, below the top of its scale, that it was bad', () => {
    expect(counted(4)).toEqual(['SatisfactionAnswers']);
    expect(counted(3)).toEqual(['SatisfactionAnswers', 'SatisfactionBad']);
  });

  test('is nothing of an edit, of an answer after a recovery, and of another measure', () => {
    expect([counted(1, { edit: 1 }), counted(1, { kind: 'follow-up' }), counted(1, { measure: 'ces' })].flat()).toEqual(
      [],
    );
  });
});

describe('what the dispatcher keeps of a rating', () => {
  const kept = async (over: { email?: string } = {}) => {
    const desk = aDesk();
    const id = await anOpenTicket(desk);
    const ticket = desk.memory.tickets.get(id) ?? expect.fail('It is there.');
    desk.memory.tickets.set(id, { ...ticket, customer: { ...ticket.customer, ...over } });
    const { event } = anAnswer(5, { ticketId: id });
    await carryOut({ do: 'write-fact', event }, { ...desk, queues: desk.mailQueues });
    const fact = desk.memory.facts.get(event.id) ?? expect.fail('Nothing was kept.');
    return { fact, ticket };
  };

  test('is where the ticket came from and stood', async () => {
    const { fact, ticket } = await kept();

    expect(fact.about).toEqual({
      channel: 'web',
      category: 'category' in ticket ? ticket.category : expect.fail('It has a place.'),
      group: 'frontline',
    });
  });

  test('and whether somebody of the team asked', async () => {
    expect((await kept({ email: 'ADA@desk.example.com' })).fact.about).toMatchObject({ leftOut: 'staff' });
  });
});
