import { describe, expect, test } from 'vitest';
import { MINUTE } from '../../domain/support/time.ts';
import { build } from '../../functions/receive-ticket/handler.ts';
import { statusOf } from './refused.ts';
import { aDesk, aNewTicket, aRequest, parsed } from './support.ts';

const wanted = { subject: 'I cannot log in', body: 'Since this morning.', customer: { email: 'kim@example.com' } };

test('a message becomes a new ticket, and its writer gets a link to it', async () => {
  const desk = aDesk();

  const response = await build(desk)(
    aRequest({
      body: { ...wanted, impact: 'team', customer: { ...wanted.customer, phone: '+49 30 1', locale: 'de' } },
    }),
  );

  expect(response.statusCode).toBe(201);
  expect(parsed(response)).toEqual({
    ticket: { id: 'T-000001', status: 'new', createdAt: desk.clock.at },
    links: { ticket: expect.stringMatching(/^https:\/\/desk\.example\.com\/t\/[\w-]{80,}$/) },
  });
  expect(desk.memory.tickets.get('T-000001')).toMatchObject({
    subject: 'I cannot log in',
    channel: 'api',
    customer: { email: 'kim@example.com', locale: 'de' },
    report: { impact: 'team', context: { phone: '+49 30 1' } },
    anchor: '<ticket.T-000001@desk.example.com>',
  });
});

test('a subject and a name are one line each, and keep their reading order to themselves', async () => {
  const desk = aDesk();
  const [subject, name] = ['Help\r\nBcc: x@y.example \u202egpj.exe', 'Kim\n\u2066Example'];

  await build(desk)(aRequest({ body: { ...wanted, subject, customer: { ...wanted.customer, name } } }));

  expect(desk.memory.tickets.get('T-000001')).toMatchObject({
    subject: 'Help Bcc: x@y.example gpj.exe',
    customer: { name: 'Kim Example' },
  });
});

describe('bad input', () => {
  test.each<[string, number, Parameters<typeof aRequest>[0]]>([
    ['no body', 415, {}],
    ['a form', 415, { raw: 'a=b', headers: { 'content-type': 'application/x-www-form-urlencoded' } }],
    ['not JSON', 400, { raw: '{"subject":' }],
    ['more than 256 KB', 413, { body: { ...wanted, body: 'x'.repeat(256 * 1024) } }],
    ['a list', 422, { body: [] }],
    ['null', 422, { body: null }],
    ['a subject of nothing that can be seen', 422, { body: { ...wanted, subject: '\u202e\u2069' } }],
    ['no subject', 422, { body: { ...wanted, subject: undefined } }],
    ['an empty subject', 422, { body: { ...wanted, subject: '  ' } }],
    ['a subject that is a number', 422, { body: { ...wanted, subject: 7 } }],
    ['an address that is none', 422, { body: { ...wanted, customer: { email: 'kim' } } }],
    ['a line break in the address', 422, { body: { ...wanted, customer: { email: 'kim@example.com\nBcc: x@y.z' } } }],
    ['half a character', 422, { body: { ...wanted, subject: 'a\ud800' } }],
    ['half a character in a context', 422, { body: { ...wanted, context: { a: '\udc00' } } }],
    ['an unknown field', 422, { body: { ...wanted, priority: 'P1' } }],
    ['an unknown field of the customer', 422, { body: { ...wanted, customer: { ...wanted.customer, id: 'x' } } }],
    ['a zone that is none', 422, { body: { ...wanted, customer: { ...wanted.customer, timeZone: 'Mars/Base' } } }],
    ['a language that is none', 422, { body: { ...wanted, customer: { ...wanted.customer, locale: 'x y' } } }],
    ['a channel of others', 422, { body: { ...wanted, channel: 'mail' } }],
    ['attachments', 422, { body: { ...wanted, attachments: [{ name: 'a' }] } }],
    ['an endless number of users', 422, { body: { ...wanted, usersAffected: 1e99 } }],
    ['an empty Idempotency-Key', 400, { body: wanted, headers: { 'idempotency-key': ' ' } }],
    ['an endless Idempotency-Key', 400, { body: wanted, headers: { 'idempotency-key': 'k'.repeat(256) } }],
  ])('%s is answered with %i and makes no ticket', async (_, status, request) => {
    const desk = aDesk();

    const answered = await statusOf(build(desk)(aRequest(request)));

    expect(answered).toBe(status);
    expect(desk.memory.tickets.size).toBe(0);
  });

  test('every wrong field is named by its path', async () => {
    const desk = aDesk();
    const body = { subject: '', customer: { email: 'kim', age: 3 }, body: 'Hello' };

    const answer = build(desk)(aRequest({ body }));

    await expect(answer).rejects.toMatchObject({
      status: 422,
      errors: expect.arrayContaining([
        expect.objectContaining({ path: 'subject' }),
        expect.objectContaining({ path: 'customer.email', message: 'Invalid email address' }),
        expect.objectContaining({ path: 'customer.age' }),
      ]),
    });
  });
});

describe('the same request twice', () => {
  const keyed = (body: unknown) => aRequest({ body, headers: { 'idempotency-key': 'order-17' } });

  test('gets the same answer and makes one ticket, in whatever order its fields come', async () => {
    const desk = aDesk();
    const first = await build(desk)(keyed(wanted));
    desk.pass(60_000);

    const { subject, body, customer } = wanted;
    const second = await build(desk)(keyed({ customer, body, subject }));

    expect(second).toEqual(first);
    expect(desk.memory.tickets.size).toBe(1);
  });

  test('with another body is a conflict', async () => {
    const desk = aDesk();
    await build(desk)(keyed(wanted));

    const status = await statusOf(build(desk)(keyed({ ...wanted, subject: 'Something else' })));

    expect(status).toBe(409);
    expect(desk.memory.tickets.size).toBe(1);
  });

  test('twenty times at once makes one ticket and one answer', async () => {
    const desk = aDesk();

    const answers = await Promise.all(Array.from({ length: 20 }, () => build(desk)(keyed(wanted))));

    expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
    expect(desk.memory.tickets.size).toBe(1);
    expect(desk.memory.customers).toHaveLength(1);
  });

  test('without a key makes two tickets', async () => {
    const desk = aDesk();

    await build(desk)(aRequest({ body: wanted }));
    await build(desk)(aRequest({ body: wanted }));

    expect(desk.memory.tickets.size).toBe(2);
  });
});

test('an id that is taken is drawn again', async () => {
  const desk = aDesk();
  await aNewTicket(desk, { id: 'T-AAAAAA' });
  const ids = ['T-AAAAAA', 'T-AAAAAA', 'T-BBBBBB'];

  const response = await build({ ...desk, ids: { ...desk.ids, ticketId: () => ids.shift() ?? 'T-CCCCCC' } })(
    aRequest({ body: wanted, headers: { 'idempotency-key': 'k' } }),
  );

  expect(parsed(response)).toMatchObject({ ticket: { id: 'T-BBBBBB' } });
});

test('a customer is known by their number, zone and language, and a form of another program by its channel', async () => {
  const desk = aDesk();
  const customer = { ...wanted.customer, phone: '0049 (30) 123-4567', timeZone: 'Asia/Tehran', locale: 'fa' };

  const response = await build(desk)(aRequest({ body: { ...wanted, channel: 'web', customer } }));

  expect(response.statusCode).toBe(201);
  expect(desk.memory.tickets.get('T-000001')).toMatchObject({
    channel: 'web',
    customer: { email: 'kim@example.com', phone: '+49301234567', timeZone: 'Asia/Tehran', locale: 'fa' },
    report: {},
  });
});

describe('more tickets of one address than the desk takes in an hour', () => {
  const full = () => {
    const desk = aDesk();
    return { ...desk, policy: { ...desk.policy, webLimits: { ...desk.policy.webLimits, newTicketsAnHour: 2 } } };
  };
  const ask = (desk: ReturnType<typeof full>, email: string, key?: string) =>
    build(desk)(
      aRequest({
        body: { ...wanted, customer: { email } },
        ...(key !== undefined && { headers: { 'idempotency-key': key } }),
      }),
    );

  test('are refused until it is over, however the address is written, and make nothing', async () => {
    const desk = full();
    desk.pass(15 * MINUTE);
    await ask(desk, 'kim@example.com');
    await ask(desk, 'KIM@example.com');

    const refused = await ask(desk, 'Kim@Example.com').catch((error: unknown) => error);

    expect(refused).toMatchObject({ status: 429, headers: { 'retry-after': `${45 * 60}` } });
    expect(desk.memory.tickets.size).toBe(2);
    expect((await ask(desk, 'sam@example.com')).statusCode).toBe(201);
    desk.pass(45 * MINUTE);
    expect((await ask(desk, 'kim@example.com')).statusCode).toBe(201);
  });

  test('are no reason to forget what the same request was told', async () => {
    const desk = full();
    const first = await ask(desk, 'kim@example.com', 'k-1');
    await ask(desk, 'kim@example.com');

    expect(await ask(desk, 'kim@example.com', 'k-1')).toEqual(first);
  });
});
