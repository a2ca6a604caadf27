import { describe, expect, test } from 'vitest';
import type { Ticket } from '../../domain/ticket/ticket.ts';
import { problemOf } from '../../functions/_shared/middleware.ts';
import { build } from '../../functions/desk-api/handler.ts';
import { aFact, anAnswer } from '../support/report-builders.ts';
import { aDesk, anOpenTicket, aRequest, type Desk } from './support.ts';

const lead = { username: 'nora', 'cognito:groups': '[lead]' };
const ada = { username: 'ada', 'cognito:groups': '[agent]' };
const ben = { username: 'ben', 'cognito:groups': '[agent]' };

/** Words and numbers that only a rating has. */
const SCORE = '"score":2';
const WORDS = 'It took three days.';

/** A ticket whose customer was unhappy with Ada: with the ticket, with one reply, and in words. */
const aRatedTicket = async (over: Partial<Ticket> = {}): Promise<{ desk: Desk; id: string }> => {
  const desk = aDesk();
  const id = await anOpenTicket(desk);
  const ticket = desk.memory.tickets.get(id) ?? expect.fail('It is there.');
  const credit = { agent: 'ada', group: 'frontline', tier: 1 as const };
  const rated = { score: 2, scale: 'csat-5', label: 'dissatisfied', low: true };
  desk.memory.tickets.set(id, {
    ...ticket,
    satisfaction: { ...rated, ...credit, cycle: 1, survey: 'after-resolve@1', at: desk.clock.at },
    ...over,
  } as Ticket);
  const message = '01J00000000000000000REPLY1';
  const common = { ticketId: id, version: 50 };
  desk.memory.messages.push({
    id: message,
    ticketId: id,
    at: desk.clock.at,
    direction: 'out',
    author: 'agent:ada',
    text: 'Try again.',
    attachments: [],
    channel: 'web',
  });
  desk.memory.events.push(
    aFact('survey-sent', { ...common, survey: 'after-resolve@1', kind: 'csat', mail: 'm' }).event,
    anAnswer(2, { ...common, agent: 'ada' }).event,
    aFact('reply-rated', { ...common, message, agent: 'ada', ratedCycle: 1, ...rated, scale: 'four-point', edit: 0 })
      .event,
    aFact('remediation-opened', {
      ...common,
      ...rated,
      ratedCycle: 1,
      ratedAgent: 'ada',
      agent: 'sue',
      choice: 'speed',
      deadline: desk.clock.at,
      reason: 'The customer rated 2 on csat-5.',
    }).event,
  );
  desk.memory.surveys.set(`${id} 1 csat`, {
    ticketId: id,
    cycle: 1,
    kind: 'csat',
    survey: 'after-resolve@1',
    credit: { ...credit, rule: 'last-reply' },
    customer: { id: 'c', locale: 'en' },
    issuedAt: desk.clock.at,
    version: 2,
    status: 'answered',
    expiresAt: desk.clock.at,
    mail: 'm',
    answer: { at: desk.clock.at, ...rated, answers: { satisfaction: '2', issue: WORDS } },
    earlier: [],
  });
  return { desk, id };
};

const get = async (
  desk: Desk,
  route: string,
  claims: Record<string, string>,
  given: { id?: string; query?: Record<string, string> },
) =>
  (
    await build(desk)(
      aRequest({
        claims,
        route,
        ...(given.id && { path: { id: given.id } }),
        ...(given.query && { query: given.query }),
      }),
    )
  ).body ?? '';

/** Every place where a rating is shown. */
const places = (id: string, customer: string): Array<[string, { id?: string; query?: Record<string, string> }]> => [
  ['GET /desk/tickets/{id}', { id }],
  ['GET /desk/queue', { query: { group: 'frontline' } }],
  ['GET /desk/tickets', { query: { customer } }],
  ['GET /desk/customers/{id}', { id: customer }],
  ['GET /desk/tickets/{id}/explain', { id }],
];

const CUSTOMER = 'kim@example.com';

describe('who sees a rating', () => {
  test.each(places('T', CUSTOMER).map(([route], index) => [route, index] as const))(
    'at %s: leads and the agent it is credited to, and no other agent',
    async (_, index) => {
      const { desk, id } = await aRatedTicket();
      const [route, given] = places(id, CUSTOMER)[index] ?? expect.fail('There is no such place.');

      const seen = await Promise.all([lead, ada, ben].map((who) => get(desk, route, who, given)));

      expect(seen.map((body) => body.includes(SCORE))).toEqual([true, true, false]);
      expect(seen[2]).not.toMatch(/"low":|dissatisfied|speed|rated 2|It took/);
    },
  );

  test('the ticket tells its words, its replies’ ratings and its events alike', async () => {
    const { desk, id } = await aRatedTicket();

    const shown = JSON.parse(await get(desk, 'GET /desk/tickets/{id}', ada, { id }));
    const hidden = JSON.parse(await get(desk, 'GET /desk/tickets/{id}', ben, { id }));

    expect(shown).toMatchObject({
      ticket: { satisfaction: { score: 2 }, replyRating: { n: 1, mean: 33.3 } },
      surveys: [{ cycle: 1, kind: 'csat', score: 2, answers: { issue: WORDS }, edits: 0 }],
    });
    expect(shown.messages.find(({ rating }: { rating?: object }) => rating)).toMatchObject({ rating: { score: 2 } });
    expect(hidden.surveys).toEqual([]);
    expect(hidden.messages.some(({ rating }: { rating?: object }) => rating)).toBe(false);
    expect(hidden.events.map(({ type }: { type: string }) => type)).toEqual(
      shown.events.map(({ type }: { type: string }) => type),
    );
    expect(hidden.events.at(-1)).toMatchObject({
      type: 'remediation-opened',
      reason: 'About a rating of somebody else.',
    });
  });

  test('whoever is putting it right sees what it is about, as long as that is so', async () => {
    const remediation = { state: 'open' as const, cycle: 1, recoveryCycle: 1 };
    const mine = await aRatedTicket({ assignee: 'ben', remediation } as Partial<Ticket>);
    const over = await aRatedTicket({
      assignee: 'ben',
      remediation: { ...remediation, state: 'closed' },
    } as Partial<Ticket>);
    const others = await aRatedTicket({ assignee: 'ada', remediation } as Partial<Ticket>);

    const seen = await Promise.all(
      [mine, over, others].map(({ desk, id }) => get(desk, 'GET /desk/tickets/{id}', ben, { id })),
    );

    expect(seen.map((body) => body.includes(WORDS))).toEqual([true, false, false]);
    expect(seen.map((body) => body.includes(SCORE))).toEqual([true, false, false]);
  });

  test('an answer shared by several is seen by each of them', async () => {
    const satisfaction = {
      score: 2,
      scale: 'csat-5',
      label: 'x',
      low: true,
      agent: 'ada',
      shares: [
        { agent: 'ada', share: 5000 },
        { agent: 'ben', share: 5000 },
      ],
      group: 'frontline',
      tier: 1 as const,
      cycle: 1,
      survey: 'after-resolve@1',
      at: '2026-11-23T08:00:00.000Z',
    };
    const { desk } = await aRatedTicket({ satisfaction });

    expect(await get(desk, 'GET /desk/queue', ben, { query: { group: 'frontline' } })).toContain(SCORE);
  });

  test('a desk may show agents the ratings of the whole team', async () => {
    const { desk, id } = await aRatedTicket();
    const open = {
      ...desk,
      policy: { ...desk.policy, reports: { ...desk.policy.reports, ratingsVisible: 'team' as const } },
    };

    expect(await get(open, 'GET /desk/tickets/{id}', ben, { id })).toContain(WORDS);
  });

  test('what an agent does to a ticket answers without the rating too', async () => {
    const { desk, id } = await aRatedTicket();
    const act = async (claims: Record<string, string>) =>
      (
        await build(desk)(
          aRequest({ claims, route: 'POST /desk/tickets/{id}/notes', path: { id }, body: { body: 'x' } }),
        )
      ).body;

    expect(await act(ben)).not.toContain(SCORE);
    expect(await act(lead)).toContain(SCORE);
  });

  test('the export, which cannot leave it out, is for those who may see it', async () => {
    const { desk, id } = await aRatedTicket();
    const ask = (claims: Record<string, string>) => get(desk, 'GET /desk/tickets/{id}/export', claims, { id });

    expect(await ask(ada)).toContain(SCORE);
    expect(await ask(lead)).toContain(SCORE);
    expect(problemOf(await ask(ben).catch((reason: unknown) => reason)).status).toBe(403);
  });
});
