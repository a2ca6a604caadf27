import { describe, expect, test } from 'vitest';
import { build } from '../../functions/desk-api/handler.ts';
import { problemIn } from './refused.ts';
import { aDesk, aNewTicket, anOpenTicket, aRequest, type Desk, held, parsed } from './support.ts';

const ada = { username: 'ada', 'cognito:groups': '[agent]' };
const lead = { username: 'nora', 'cognito:groups': '[agent lead]' };

const call = (desk: Desk, route: string, over: Parameters<typeof aRequest>[0] = {}) =>
  held(route, build(desk)(aRequest({ claims: ada, route, ...over })));

const refusal = async (answer: Promise<unknown>) => {
  const { status, errors } = await problemIn(answer);
  return { status, paths: errors.map(({ path }) => path) };
};

describe('who may ask', () => {
  test.each([
    ['no group', { username: 'ada' }],
    ['another group', { username: 'ada', 'cognito:groups': '[guests]' }],
    ['a group that only begins like one', { username: 'ada', 'cognito:groups': '[agents]' }],
  ])('%s is forbidden', async (_, claims) => {
    const desk = aDesk();

    expect(await refusal(call(desk, 'GET /desk/team', { claims }))).toMatchObject({ status: 403 });
  });

  test('a request that came past the authorizer is forbidden', async () => {
    const desk = aDesk();

    expect(await refusal(build(desk)(aRequest({ route: 'GET /desk/team' })))).toMatchObject({ status: 403 });
  });

  test('an agent is known by name or by address', async () => {
    const desk = aDesk();
    const id = await anOpenTicket(desk);
    const claims = { 'cognito:username': '0f', email: 'ada@desk.example.com', 'cognito:groups': '[agent]' };

    await call(desk, 'POST /desk/tickets/{id}/notes', { path: { id }, body: { body: 'Seen.' }, claims });

    expect(desk.memory.messages.at(-1)).toMatchObject({ direction: 'note', author: 'agent:ada' });
  });
});

test('a ticket is shown with its conversation and what happened to it', async () => {
  const desk = aDesk();
  const id = await anOpenTicket(desk);

  const shown = parsed(await call(desk, 'GET /desk/tickets/{id}', { path: { id } }));

  expect(shown).toMatchObject({
    ticket: {
      id,
      status: 'open',
      priority: expect.stringMatching(/^P[1-4]$/),
      group: 'frontline',
      tier: 1,
      assignee: expect.any(String),
      cycle: 1,
      version: 2,
      customer: { email: 'kim@example.com', name: 'Kim', locale: 'en', type: 'standard' },
      clock: { firstReply: { target: expect.any(String), dueAt: expect.any(String), state: 'running' } },
    },
    messages: [{ direction: 'in', author: expect.stringContaining('customer:'), text: 'The password is refused.' }],
    events: [
      {
        type: 'opened',
        by: expect.stringContaining('customer:'),
        reason: expect.any(String),
        policy: expect.any(String),
      },
      { type: 'triaged' },
      { type: 'assigned' },
    ],
  });
});

test('a ticket that is not there looks like one that is not yours', async () => {
  const desk = aDesk();

  expect(await refusal(call(desk, 'GET /desk/tickets/{id}', { path: { id: 'T-NOBODY' } }))).toMatchObject({
    status: 404,
  });
  expect(await refusal(call(desk, 'POST /desk/tickets/{id}/resume', { path: { id: 'T-NOBODY' } }))).toMatchObject({
    status: 404,
  });
  expect(await refusal(call(desk, 'POST /desk/tickets/{id}/erase', { path: { id: 'T-NOBODY' } }))).toMatchObject({
    status: 404,
  });
});

test('an id that cannot be one is not even asked for', async () => {
  const desk = aDesk();
  const ledger = () => Promise.reject(new Error('ValidationException: the key is too long'));
  const strict = { ...desk, tickets: { ...desk.tickets, ledger } };
  const path = { id: 'x'.repeat(3000) };

  expect(await refusal(call(strict, 'GET /desk/tickets/{id}', { path }))).toMatchObject({ status: 404 });
  expect(await refusal(call(strict, 'POST /desk/tickets/{id}/resume', { path }))).toMatchObject({ status: 404 });
});

test('a reply is owed to the customer, in the thread of their mail', async () => {
  const desk = aDesk();
  const id = await anOpenTicket(desk, { channel: 'mail', mailId: '<kim-1@example.com>' });

  const response = await call(desk, 'POST /desk/tickets/{id}/replies', {
    path: { id },
    body: { body: 'Try again.', then: 'pending' },
  });

  expect(parsed(response)).toMatchObject({ ticket: { id, status: 'pending', version: 3 } });
  expect([...desk.memory.mails.values()]).toMatchObject([
    {
      to: { email: 'kim@example.com' },
      content: { template: 'reply', text: 'Try again.', agent: 'Ada Brandt' },
      inReplyTo: '<kim-1@example.com>',
      replyTo: expect.stringMatching(/^support\+t-/),
    },
  ]);
});

test.each<[string, object | undefined, string]>([
  ['hold', { waitingFor: 'customer' }, 'pending'],
  ['hold', undefined, 'on-hold'],
  ['resolve', { cause: 'c', solution: 's', check: 'k' }, 'resolved'],
  ['transfer', { to: 'advanced' }, 'open'],
  ['assign', { to: 'farah' }, 'open'],
])('%s %j leaves the ticket %s', async (act, body, status) => {
  const desk = aDesk();
  const id = await anOpenTicket(desk);

  const response = await call(desk, `POST /desk/tickets/{id}/${act}`, { path: { id }, ...(body && { body }) });

  expect(parsed(response)).toMatchObject({ ticket: { status } });
});

test('a ticket is assigned to a group as it is transferred there, and routing chooses who of it', async () => {
  const desk = aDesk();
  const id = await anOpenTicket(desk);

  const response = await call(desk, 'POST /desk/tickets/{id}/assign', { path: { id }, body: { to: 'advanced' } });

  const advanced = desk.agents.filter(({ groups }) => groups.includes('advanced')).map((agent) => agent.id);
  expect(parsed(response)).toMatchObject({
    ticket: { group: 'advanced', tier: 2, assignee: expect.stringMatching(`^(${advanced.join('|')})$`) },
  });
});

test('a conversation stands in the order it was written, whatever the ids of its messages', async () => {
  const desk = aDesk();
  const id = await anOpenTicket(desk);
  const ids = ['01JZ', '01JA', '01JY', '01JB'];
  const backwards = { ...desk, ids: { ...desk.ids, ulid: () => ids.shift() ?? desk.ids.ulid() } };
  const write = (body: string) => call(backwards, 'POST /desk/tickets/{id}/notes', { path: { id }, body: { body } });

  await write('first');
  await write('second');

  const shown = parsed(await call(desk, 'GET /desk/tickets/{id}', { path: { id } }));
  expect(shown).toMatchObject({ messages: [{ direction: 'in' }, { text: 'first' }, { text: 'second' }] });
});

describe('an act is refused', () => {
  test.each<[string, string, object, { status: number; paths: string[] }]>([
    ['to nobody', 'transfer', { to: 'nowhere' }, { status: 422, paths: ['to'] }],
    ['to no agent', 'assign', { to: 'nobody' }, { status: 422, paths: ['to'] }],
    ['to what every object has', 'assign', { to: '__proto__' }, { status: 422, paths: ['to'] }],
    ['to what every object has', 'transfer', { to: '__proto__' }, { status: 422, paths: ['to'] }],
    ['without words', 'replies', { body: ' ' }, { status: 422, paths: ['body'] }],
    ['into the past', 'hold', { until: '2020-01-01T00:00:00Z' }, { status: 422, paths: ['until'] }],
    ['with an unknown field', 'notes', { body: 'x', status: 'closed' }, { status: 422, paths: ['status'] }],
    ['while the ticket forbids it', 'resume', {}, { status: 409, paths: [] }],
    ['when nothing waits for it', 'acknowledge', {}, { status: 409, paths: [] }],
    ['on an old version', 'notes', { body: 'x', version: 1 }, { status: 409, paths: [] }],
  ])('%s', async (_, act, body, expected) => {
    const desk = aDesk();
    const id = await anOpenTicket(desk);
    const before = desk.memory.tickets.get(id);

    const refused = await refusal(call(desk, `POST /desk/tickets/{id}/${act}`, { path: { id }, body }));

    expect(refused).toEqual(expected);
    expect(desk.memory.tickets.get(id)).toEqual(before);
  });
});

test('two notes at the same moment are both written', async () => {
  const desk = aDesk();
  const id = await anOpenTicket(desk);
  const write = (body: string) => call(desk, 'POST /desk/tickets/{id}/notes', { path: { id }, body: { body } });

  await Promise.all([write('one'), write('two')]);

  expect(desk.memory.messages.filter(({ direction }) => direction === 'note')).toHaveLength(2);
  expect(desk.memory.tickets.get(id)?.version).toBe(4);
});

describe('the queue', () => {
  const ids = (response: { body?: string | undefined }) => parsed(response);

  test("is that of the agent's groups, and narrows to what is theirs", async () => {
    const desk = aDesk();
    const id = await anOpenTicket(desk);
    await call(desk, 'POST /desk/tickets/{id}/assign', { path: { id }, body: { to: 'ada' } }).catch(() => undefined);
    const other = await anOpenTicket(desk);
    await call(desk, 'POST /desk/tickets/{id}/assign', { path: { id: other }, body: { to: 'ben' } }).catch(
      () => undefined,
    );

    const all = await call(desk, 'GET /desk/queue');
    const mine = await call(desk, 'GET /desk/queue', { query: { mine: 'true' } });

    expect(ids(all)).toMatchObject({ tickets: [{ id }, { id: other }] });
    expect(ids(mine)).toMatchObject({ tickets: [{ id }] });
  });

  test('of a lead with several groups is one list, page by page', async () => {
    const desk = aDesk();
    for (const to of ['advanced', 'frontline', 'advanced', 'expert']) {
      const id = await anOpenTicket(desk);
      await call(desk, 'POST /desk/tickets/{id}/transfer', { path: { id }, body: { to } }).catch(() => undefined);
      desk.pass(60_000);
    }
    const claims = { username: 'nora', 'cognito:groups': '[lead]' };
    const agents = [...desk.agents, { ...desk.agents[0], id: 'nora', groups: ['frontline', 'advanced', 'expert'] }];
    const ask = async (next?: string) =>
      ids(
        await build({ ...desk, agents: agents as typeof desk.agents })(
          aRequest({ claims, route: 'GET /desk/queue', query: { limit: '3', ...(next && { next }) } }),
        ),
      ) as { tickets: Array<{ id: string }>; next?: string };

    const first = await ask();
    const second = await ask(first.next);

    const seen = [...first.tickets, ...second.tickets].map(({ id }) => id);
    expect(seen).toEqual(['T-000001', 'T-000002', 'T-000003', 'T-000004']);
    expect(second.next).toBeUndefined();
  });

  test('of a manager who works in no group is that of all groups', async () => {
    const desk = aDesk();
    const id = await anOpenTicket(desk);
    const other = await anOpenTicket(desk);
    await call(desk, 'POST /desk/tickets/{id}/transfer', { path: { id: other }, body: { to: 'expert' } });
    const claims = { username: 'nobody-of-the-team', 'cognito:groups': '[lead]' };

    const all = await call(desk, 'GET /desk/queue', { claims });

    expect(ids(all)).toMatchObject({ tickets: [{ id }, { id: other }] });
  });

  test.each([{ limit: '0' }, { limit: 'x' }, { limit: '1000' }, { mine: 'perhaps' }, { other: '1' }])(
    '%j is refused',
    async (query) => {
      const desk = aDesk();

      expect(await refusal(call(desk, 'GET /desk/queue', { query }))).toMatchObject({ status: 422 });
    },
  );
});

describe('lists', () => {
  test("a customer's tickets are found by address and by id", async () => {
    const desk = aDesk();
    const id = await aNewTicket(desk);
    const customer = desk.memory.tickets.get(id)?.customer.id ?? '';

    const byAddress = parsed(await call(desk, 'GET /desk/tickets', { query: { customer: 'KIM@example.com' } }));
    const byId = parsed(await call(desk, 'GET /desk/tickets', { query: { customer } }));
    const nobody = parsed(await call(desk, 'GET /desk/tickets', { query: { customer: 'x@example.com' } }));

    expect(byAddress).toMatchObject({ tickets: [{ id }] });
    expect(byId).toEqual(byAddress);
    expect(nobody).toEqual({ tickets: [] });
  });

  test("a customer's tickets are those of the days that are asked for", async () => {
    const desk = aDesk();
    const id = await aNewTicket(desk);
    const day = desk.memory.tickets.get(id)?.createdAt.slice(0, 10) ?? '';
    const found = async (days: Record<string, string>) =>
      parsed(await call(desk, 'GET /desk/tickets', { query: { customer: 'kim@example.com', ...days } }));

    expect(await found({ from: day, to: day })).toMatchObject({ tickets: [{ id }] });
    expect(await found({ to: '2026-11-01' })).toEqual({ tickets: [] });
    expect(await found({ from: '2027-01-01' })).toEqual({ tickets: [] });
  });

  test('a parameter without a value is none', async () => {
    const desk = aDesk();
    const id = await aNewTicket(desk);

    const query = { customer: 'kim@example.com', category: '', from: '', to: '' };

    expect(parsed(await call(desk, 'GET /desk/tickets', { query }))).toMatchObject({ tickets: [{ id }] });
  });

  test("a category's tickets are found by their days", async () => {
    const desk = aDesk();
    const id = await anOpenTicket(desk);
    const ticket = desk.memory.tickets.get(id);
    const category = ticket && 'category' in ticket ? ticket.category : '';

    const found = parsed(await call(desk, 'GET /desk/tickets', { query: { category } }));
    const earlier = parsed(await call(desk, 'GET /desk/tickets', { query: { category, to: '2026-11-01' } }));

    expect(found).toMatchObject({ tickets: [{ id }] });
    expect(earlier).toEqual({ tickets: [] });
  });

  test("dates are whole days of the desk's first calendar", async () => {
    const desk = aDesk();
    const id = await anOpenTicket(desk);
    const ticket = desk.memory.tickets.get(id);
    const category = ticket && 'category' in ticket ? ticket.category : '';
    const day = ticket?.createdAt.slice(0, 10) ?? '';

    const found = await call(desk, 'GET /desk/tickets', { query: { category, from: day, to: day } });

    expect(parsed(found)).toMatchObject({ tickets: [{ id }] });
  });

  test('a page from before the time that is asked for begins with it: years of empty months are not looked through', async () => {
    const desk = aDesk();
    const seen: unknown[] = [];
    const queues = {
      ...desk.queues,
      ofCategory: async (...asked: Parameters<Desk['queues']['ofCategory']>) => {
        seen.push(asked[3]);
        return { tickets: [] };
      },
    };
    const query = { category: 'billing', from: '2026-11-01' };

    await call({ ...desk, queues }, 'GET /desk/tickets', {
      query: { ...query, next: '0001-01-01T00:00:00.000Z#T-7K2M9Q' },
    });
    await call({ ...desk, queues }, 'GET /desk/tickets', {
      query: { ...query, next: '2026-11-02T00:00:00.000Z#T-7K2M9Q' },
    });

    expect(seen).toEqual([{ limit: 50 }, { limit: 50, next: '2026-11-02T00:00:00.000Z#T-7K2M9Q' }]);
  });

  test.each([
    {},
    { customer: 'a', category: 'b' },
    { category: 'b', from: 'x' },
    { category: 'b', next: 'x' },
    { category: 'b', next: '2026-99-99T99:99:99Z#T-7K2M9Q' },
    { customer: 'b', next: '2026-99-99T99:99:99Z#T-7K2M9Q' },
    { category: 'b', from: '2026-11-02', to: '2026-11-01' },
    { customer: 'b', from: '2026-11-02', to: '2026-11-01' },
    { category: 'b', from: '1990-01-01', to: '2026-11-01' },
  ])('%j is refused', async (query) => {
    const desk = aDesk();

    expect(await refusal(call(desk, 'GET /desk/tickets', { query }))).toMatchObject({ status: 422 });
  });
});

describe('presence', () => {
  test('agents say that they are away, and no more work comes to them', async () => {
    const desk = aDesk();

    const away = parsed(await call(desk, 'POST /desk/team/{id}/away', { path: { id: 'ada' } }));
    const team = parsed(await call(desk, 'GET /desk/team'));

    expect(away).toMatchObject({ agent: { id: 'ada', present: false } });
    expect(team).toMatchObject({
      agents: expect.arrayContaining([expect.objectContaining({ id: 'ada', present: false })]),
    });
  });

  test('only a lead or an admin says it of somebody else', async () => {
    const desk = aDesk();
    const path = { id: 'ben' };

    const refused = await refusal(call(desk, 'POST /desk/team/{id}/away', { path }));
    const done = await call(desk, 'POST /desk/team/{id}/away', { path, claims: lead });

    expect(refused).toMatchObject({ status: 403 });
    expect(done.statusCode).toBe(200);
  });

  test('somebody who is not in the team is not there', async () => {
    const desk = aDesk();
    const path = { id: 'nobody' };

    expect(await refusal(call(desk, 'POST /desk/team/{id}/back', { path, claims: lead }))).toMatchObject({
      status: 404,
    });
  });
});
