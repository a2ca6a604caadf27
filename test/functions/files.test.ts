import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import type { StoredFile, Uploads } from '../../adapters/s3/uploads.ts';
import { signReceipt } from '../../domain/contact/upload.ts';
import { HOUR } from '../../domain/support/time.ts';
import type { Message } from '../../domain/ticket/message.ts';
import { sniffedType } from '../../functions/_shared/files/sniff.ts';
import { attachmentsFrom } from '../../functions/_shared/files/uploads.ts';
import { Problem } from '../../functions/_shared/problem.ts';
import { joiningActs } from '../../functions/desk-api/joining-acts.ts';
import { build as keepUploads } from '../../functions/keep-uploads/handler.ts';
import { build as offerUpload } from '../../functions/offer-upload/handler.ts';
import { build as receiveTicket } from '../../functions/receive-ticket/handler.ts';
import { build as receiveUpload } from '../../functions/receive-upload/handler.ts';
import { build as showAttachment } from '../../functions/show-attachment/handler.ts';
import { act } from './acting.ts';
import { aDesk, aNewTicket, anOpenTicket, aRequest, MONDAY_AT_9, parsed } from './support.ts';

const ID = 'i'.repeat(22);
const BOX = 'b'.repeat(22);
const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

/** A bucket in a map, by key. */
const aBucket = () => {
  const files = new Map<string, StoredFile>();
  const signed: Array<Parameters<Uploads['form']>[0]> = [];
  const kept: string[] = [];
  const uploads: Uploads = {
    form: async (place) => {
      signed.push(place);
      return { url: 'https://bucket.example.com/', fields: { key: place.key } };
    },
    look: async (key) => files.get(key),
    keep: async (key) => {
      kept.push(key);
      return files.has(key);
    },
  };
  const put = (key: string, head: Uint8Array, more: Partial<StoredFile> = {}) =>
    files.set(key, { key, name: 'a.png', bytes: head.length, at: MONDAY_AT_9, head, ...more });
  return { uploads, signed, kept, put };
};

const aFileDesk = () => {
  const bucket = aBucket();
  return {
    ...aDesk(),
    ...bucket,
    publicUrl: 'https://desk.example.com',
    uploadHost: 'bucket.example.com',
    newKey: () => ID,
  };
};

describe('a place for a file', () => {
  const offer = (desk: ReturnType<typeof aFileDesk>, body: unknown) =>
    offerUpload(desk)({ ...aRequest({ body }), routeKey: 'POST /uploads' });

  test('is one key for at most the announced bytes, under a clean name, for a quarter of an hour', async () => {
    const desk = aFileDesk();

    const answer = await offer(desk, { name: '../invoice\u202egnp.exe', bytes: 12, type: 'text/html' });

    expect(answer.statusCode).toBe(201);
    expect(parsed(answer)).toMatchObject({ id: ID, expiresAt: '2026-11-23T08:15:00.000Z' });
    expect(desk.signed).toEqual([{ key: `uploads/${ID}`, name: 'invoicegnp.exe', mostBytes: 12, seconds: 900 }]);
  });

  test.each([
    [{ name: 'a.png', bytes: 10 * 1024 * 1024 + 1 }, 413],
    [{ name: 'a.png', bytes: 0 }, 422],
    [{ name: 'a.png', bytes: 1.5 }, 422],
    [{ name: '', bytes: 1 }, 422],
    [{ name: 'a.png', bytes: 1, key: 'in/mail' }, 422],
  ])('is refused for %j', async (body, status) => {
    const desk = aFileDesk();

    await expect(offer(desk, body)).rejects.toMatchObject({ status });
    expect(desk.signed).toEqual([]);
  });
});

test('more places for files than one network gets in an hour are refused', async () => {
  const desk = aFileDesk();
  const limited = { ...desk, policy: { ...desk.policy, webLimits: { ...desk.policy.webLimits, uploadsAnHour: 1 } } };
  const offer = () =>
    offerUpload(limited)({ ...aRequest({ body: { name: 'a.png', bytes: 1 } }), routeKey: 'POST /uploads' });

  expect((await offer()).statusCode).toBe(201);
  await expect(offer()).rejects.toMatchObject({ status: 429, headers: { 'retry-after': '3600' } });
  expect(desk.signed).toHaveLength(1);
  desk.pass(HOUR);
  expect((await offer()).statusCode).toBe(201);
});

describe('an uploaded file', () => {
  const done = (desk: ReturnType<typeof aFileDesk>, id: string) =>
    receiveUpload(desk)({ ...aRequest({}), pathParameters: { id } });

  test('is what its bytes show, and its receipt brings it into a ticket', async () => {
    const desk = aFileDesk();
    desk.put(`uploads/${ID}`, PNG, { name: 'a.exe' });

    const told: { receipt: string; file: object } = JSON.parse((await done(desk, ID)).body ?? '');
    const answer = await receiveTicket(desk)({
      ...aRequest({
        body: { subject: 'S', body: 'B', customer: { email: 'kim@shop.example' }, attachments: [told.receipt] },
      }),
    });

    expect(told.file).toEqual({ name: 'a.exe', type: 'image/png', bytes: 16 });
    expect(answer.statusCode).toBe(201);
    expect(desk.memory.messages[0]?.attachments).toEqual([
      { key: `uploads/${ID}`, name: 'a.exe', type: 'image/png', bytes: 16 },
    ]);
  });

  test.each([
    ['that nobody uploaded', ID],
    ['of a key that is none', '../in/mail'],
  ])('is not there for an id %s', async (_, id) => {
    await expect(done(aFileDesk(), id)).rejects.toMatchObject({ status: 404 });
  });

  test('that waited for more than a day is not there: the bucket may delete it', async () => {
    const desk = aFileDesk();
    desk.put(`uploads/${ID}`, PNG, { at: '2026-11-22T08:00:00.000Z' });

    await expect(done(desk, ID)).rejects.toMatchObject({ status: 404 });
  });

  test('that is none makes no ticket and no customer', async () => {
    const desk = aFileDesk();
    const body = { subject: 'S', body: 'B', customer: { email: 'kim@shop.example' }, attachments: ['forged'] };

    await expect(receiveTicket(desk)(aRequest({ body }))).rejects.toMatchObject({
      status: 422,
      errors: [expect.objectContaining({ path: 'attachments.0' })],
    });
    expect([desk.memory.tickets.size, desk.memory.customers.length]).toEqual([0, 0]);
  });

  test('whose receipt has ended since still gives the answer of the first request', async () => {
    const desk = aFileDesk();
    const [key] = await desk.keys();
    const file = { key: 'uploads/x', name: 'a', type: 'image/png', bytes: 1 };
    const receipt = signReceipt(file, '2026-11-22T08:00:01.000Z', key);
    const body = { subject: 'S', body: 'B', customer: { email: 'kim@shop.example' }, attachments: [receipt] };
    const request = { ...aRequest({ body }) };
    request.headers = { ...request.headers, 'idempotency-key': 'k-1' };

    const first = await receiveTicket(desk)(request);
    desk.clock.at = '2026-11-23T08:01:00.000Z';
    const second = await receiveTicket(desk)(request);

    expect(second).toEqual(first);
  });
});

describe('a box for files without scripts', () => {
  const ask = (desk: ReturnType<typeof aFileDesk>, more: Partial<APIGatewayProxyEventV2>) =>
    offerUpload(desk)({
      ...aRequest({}),
      routeKey: 'GET /uploads/box/{box}',
      pathParameters: { box: BOX },
      queryStringParameters: { lang: 'en' },
      ...more,
    });
  const took = (answer: { cookies?: string[] | undefined }) =>
    (answer.cookies ?? []).map((cookie) => cookie.split(';')[0] ?? '');

  test('shows the bucket’s own form, which leads back here', async () => {
    const desk = aFileDesk();

    const page = await ask(desk, {});

    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('action="https://bucket.example.com/" enctype="multipart/form-data"');
    expect(desk.signed[0]).toMatchObject({
      key: `uploads/${BOX}/`,
      redirect: `https://desk.example.com/uploads/box/${BOX}?lang=en`,
    });
    const policy = page.headers?.['content-security-policy'];
    expect(policy).toContain("form-action 'self' bucket.example.com");
    expect(policy).toContain("frame-ancestors 'self'");
    expect(policy).not.toContain('script-src');
  });

  test('takes a stored file in, lists it, and lets it go again', async () => {
    const desk = aFileDesk();
    const key = `uploads/${BOX}/log.txt`;
    desk.put(key, Buffer.from('E-1042'), { name: 'log.txt' });

    const back = await ask(desk, { queryStringParameters: { lang: 'en', key } });
    const listed = await ask(desk, { cookies: took(back) });
    const gone = await ask(desk, {
      ...aRequest({ raw: 'remove=0' }),
      routeKey: 'POST /uploads/box/{box}',
      pathParameters: { box: BOX },
      queryStringParameters: { lang: 'en' },
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });

    expect([back.statusCode, back.headers?.location]).toEqual([303, `/uploads/box/${BOX}?lang=en`]);
    expect(back.cookies?.[0]).toMatch(/; HttpOnly; SameSite=Lax; Secure$/);
    expect(listed.body).toContain('<bdi>log.txt</bdi>');
    const receipt = took(back)[0]?.split('=')[1] ?? '';
    expect(attachmentsFrom([receipt], await desk.keys(), MONDAY_AT_9)).toMatchObject([{ key, type: 'text/plain' }]);
    expect(gone.cookies?.[0]).toContain(`file.${BOX}.0=; Path=/; Max-Age=0`);
  });

  test('takes no file of another box', async () => {
    const desk = aFileDesk();
    desk.put(`uploads/${'c'.repeat(22)}/a.png`, PNG);
    const query = { lang: 'en', key: `uploads/${'c'.repeat(22)}/a.png` };

    await expect(ask(desk, { queryStringParameters: query })).rejects.toMatchObject({ status: 404 });
  });

  test('is not there under a key that could be guessed', async () => {
    await expect(ask(aFileDesk(), { pathParameters: { box: 'mine' } })).rejects.toMatchObject({ status: 404 });
  });
});

test.each([
  ['image/png', PNG],
  ['application/pdf', Buffer.from('%PDF-1.7\n')],
  ['text/plain', Buffer.from('سلام E-1042')],
  ['text/plain', Buffer.from('<script>alert(1)</script>')],
  ['text/plain', Buffer.from('سلام').subarray(0, 7)],
  ['application/octet-stream', Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>')],
  ['application/octet-stream', Buffer.from([0, 1, 2, 3])],
  ['application/octet-stream', Buffer.alloc(0)],
])('bytes are taken for %s by what they are: %o', async (type, head) => {
  expect(await sniffedType(head)).toBe(type);
});

describe('a file of a message', () => {
  const a = (more: Partial<Message>): Message => ({
    id: 'M1',
    ticketId: 'T',
    at: MONDAY_AT_9,
    direction: 'in',
    channel: 'web',
    author: 'customer:1',
    text: '',
    attachments: [{ key: 'uploads/x', name: 'a "b".html', type: 'text/html', bytes: 1 }],
    ...more,
  });
  const opened = async (more: Partial<Message> = {}) => {
    const desk = aFileDesk();
    const id = await aNewTicket(desk);
    const ticket = desk.memory.tickets.get(id) ?? expect.fail('no ticket');
    desk.memory.messages.push(a({ ticketId: id, author: `customer:${ticket.customer.id}`, ...more }));
    const asked: unknown[] = [];
    const downloads = {
      link: async (...given: unknown[]) => {
        asked.push(given);
        return 'https://bucket.example.com/signed';
      },
    };
    const token = (await desk.links.ticket(ticket, ticket.createdAt)).split('/t/')[1] ?? '';
    const get = (pathParameters: Record<string, string>, event: Partial<APIGatewayProxyEventV2> = {}) =>
      showAttachment({ ...desk, downloads })({
        ...aRequest({}),
        routeKey: 'GET /t/{token}/attachments/{message}/{index}',
        ...event,
        pathParameters: { token, id, message: 'M1', index: '0', ...pathParameters },
      });
    const asTeam = (claims: Record<string, string>) => ({
      ...aRequest({ claims }),
      routeKey: 'GET /desk/tickets/{id}/attachments/{message}/{index}',
    });
    return { get, asked, asTeam };
  };
  const ADA = { username: 'ada', 'cognito:groups': '[agent]' };

  test('is saved under its name, as bytes unless it is harmless, by a link of five minutes', async () => {
    const { get, asked } = await opened();

    const answer = await get({});

    expect([answer.statusCode, answer.headers?.location]).toEqual([302, 'https://bucket.example.com/signed']);
    expect(answer.headers?.['cache-control']).toBe('no-store');
    expect(asked).toEqual([
      [
        'uploads/x',
        {
          type: 'application/octet-stream',
          disposition: `attachment; filename="a _b_.html"; filename*=UTF-8''a%20_b_.html`,
        },
        300,
      ],
    ]);
  });

  test.each([
    ['another message', { message: 'M2' }],
    ['another place', { index: '1' }],
    ['a place that is none', { index: '-1' }],
    ['a link that is none', { token: 'x' }],
  ])('is not there for %s', async (_, path) => {
    const { get } = await opened();

    await expect(get(path)).rejects.toMatchObject({ status: 404 });
  });

  test.each([
    ['a note', { direction: 'note' as const }],
    ['a mail nobody has accepted', { quarantined: 'a stranger' }],
  ])('of %s is the team’s alone', async (_, more) => {
    const { get, asTeam } = await opened(more);

    await expect(get({})).rejects.toMatchObject({ status: 404 });
    expect((await get({}, asTeam(ADA))).statusCode).toBe(302);
  });

  describe('on a ticket of two customers', () => {
    /** Kim's ticket became a part of Sam's; each has a file on either. */
    const ofTwo = async () => {
      const desk = { ...aFileDesk(), downloads: { link: async (key: string) => `https://bucket.example.com/${key}` } };
      const sam = await desk.customers.byAddress('sam@example.com', {}, desk.clock.now(), desk.ids.ulid());
      const [part, survivor] = [await anOpenTicket(desk), await anOpenTicket(desk, { customer: sam })];
      await act(desk, joiningActs.merge, part, { into: survivor, confirm: true });
      const kim = desk.memory.tickets.get(part)?.customer ?? expect.fail('no ticket');
      for (const [who, { id }] of Object.entries({ kim, sam }))
        for (const [where, ticketId] of Object.entries({ part, survivor })) {
          const attachments = [{ key: `${who}-${where}`, name: 'a', type: 'image/png', bytes: 1 }];
          desk.memory.messages.push(a({ id: `${who}-${where}`, ticketId, author: `customer:${id}`, attachments }));
        }
      const answer = { direction: 'out' as const, author: 'agent:ada' };
      desk.memory.messages.push(a({ id: 'answer-to-sam', ticketId: survivor, ...answer }));
      return async (of: string, message: string): Promise<number | undefined> => {
        const ticket = desk.memory.tickets.get(of === 'kim' ? part : survivor) ?? expect.fail('no ticket');
        const token = (await desk.links.ticket(ticket, ticket.createdAt)).split('/t/')[1] ?? '';
        const event = { ...aRequest({ path: { token, message, index: '0' } }), routeKey: 'GET /t/{token}/attachments' };
        return showAttachment(desk)(event).then(
          ({ statusCode }) => statusCode,
          (error: unknown) => (error instanceof Problem ? error.status : undefined),
        );
      };
    };

    test.each([
      ['kim', 'kim-part'],
      ['kim', 'kim-survivor'],
      ['sam', 'sam-survivor'],
      ['sam', 'answer-to-sam'],
    ])('is given to %s: %s', async (who, message) => {
      expect(await (await ofTwo())(who, message)).toBe(302);
    });

    test.each([
      ['kim', 'sam-part'],
      ['kim', 'sam-survivor'],
      ['kim', 'answer-to-sam'],
      ['sam', 'kim-part'],
      ['sam', 'kim-survivor'],
    ])('is not there for %s: %s', async (who, message) => {
      expect(await (await ofTwo())(who, message)).toBe(404);
    });
  });

  test('of a part of the same customer is given by the link of the ticket it is a part of', async () => {
    const desk = { ...aFileDesk(), downloads: { link: async (key: string) => `https://bucket.example.com/${key}` } };
    const [part, survivor] = [await anOpenTicket(desk), await anOpenTicket(desk)];
    await act(desk, joiningActs.merge, part, { into: survivor });
    const ticket = desk.memory.tickets.get(survivor) ?? expect.fail('no ticket');
    desk.memory.messages.push(a({ ticketId: part, author: `customer:${ticket.customer.id}` }));
    const token = (await desk.links.ticket(ticket, ticket.createdAt)).split('/t/')[1] ?? '';

    const answer = await showAttachment(desk)({
      ...aRequest({ path: { token, message: 'M1', index: '0' } }),
      routeKey: 'GET /t/{token}/attachments/{message}/{index}',
    });

    expect(answer.statusCode).toBe(302);
  });

  test('is not for somebody who is signed in and not of the team', async () => {
    const { get, asTeam } = await opened();

    await expect(get({}, asTeam({ username: 'eve' }))).rejects.toMatchObject({ status: 403 });
  });
});

test('the files of a stored message are kept, those of mail left alone, and one that is gone is counted', async () => {
  const desk = aFileDesk();
  const id = await aNewTicket(desk);
  desk.put('uploads/here', PNG);
  const file = (key: string) => ({ key, name: 'a', type: 'image/png', bytes: 1 });
  const first = desk.memory.messages[0] ?? expect.fail('no message');
  first.attachments = [file('uploads/here'), file('attachments/mail'), file('uploads/gone')];

  await keepUploads(desk)({ detail: { ticketId: id, message: first.id } });

  expect(desk.kept).toEqual(['uploads/here', 'uploads/gone']);
  expect(desk.counted).toContain('FilesGone');
});

test('an event of a message that is not there fails, to be tried again', async () => {
  const desk = aFileDesk();
  const id = await aNewTicket(desk);

  await expect(keepUploads(desk)({ detail: { ticketId: id, message: 'nothing' } })).rejects.toThrow('no message');
});
