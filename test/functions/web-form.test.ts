import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import { signReceipt } from '../../domain/contact/upload.ts';
import type { Attachment } from '../../domain/ticket/message.ts';
import { fileCookie } from '../../functions/_shared/files/file-cookies.ts';
import { deskKnowledge } from '../../functions/_shared/knowledge/knowledge.ts';
import { build as receiveForm } from '../../functions/receive-form/handler.ts';
import { build as receiveTicket } from '../../functions/receive-ticket/handler.ts';
import { build as showHelp } from '../../functions/show-help/handler.ts';
import { aDesk, aRequest, MONDAY_AT_9 } from './support.ts';

const ONCE = 'o'.repeat(22);
const BOX = 'b'.repeat(22);
const WRITTEN = {
  once: ONCE,
  subject: 'Card refused',
  message: 'It says E-1042.\r\nIt worked <b>yesterday</b>.',
  name: 'Kim Lee',
  email: 'kim@shop.example',
  impact: 'one',
  urgency: 'high',
};

const aFormDesk = () => ({
  ...aDesk(),
  knowledge: deskKnowledge(),
  uploadHost: 'bucket.example.com',
  publicUrl: 'https://desk.example.com',
  newKey: () => 'n'.repeat(22),
});
type FormDesk = ReturnType<typeof aFormDesk>;

const posted = (
  fields: Record<string, string>,
  more: Partial<APIGatewayProxyEventV2> = {},
): APIGatewayProxyEventV2 => ({
  ...aRequest({}),
  routeKey: 'POST /help',
  queryStringParameters: { lang: 'en' },
  headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' },
  body: new URLSearchParams(fields).toString(),
  ...more,
});

const send = (desk: FormDesk, fields: Record<string, string>, more?: Partial<APIGatewayProxyEventV2>) =>
  receiveForm(desk)(posted(fields, more));
const ticketOf = (desk: FormDesk) => [...desk.memory.tickets.values()][0] ?? expect.fail('no ticket');
const receiptFor = async (desk: FormDesk, file: Partial<Attachment> = {}) => {
  const [key] = await desk.keys();
  return signReceipt({ key: 'uploads/one', name: 'a.png', type: 'image/png', bytes: 12, ...file }, MONDAY_AT_9, key);
};

test('a filled form becomes a ticket, and the browser is led on to the page that thanks', async () => {
  const desk = aFormDesk();

  const answer = await send(desk, { ...WRITTEN, category: 'payment', errorCode: 'E-1042', zone: 'Asia/Tehran' });

  expect(answer.statusCode).toBe(303);
  expect(answer.headers?.location).toMatch(/^\/help\/thanks\/[\w-]+$/);
  expect(ticketOf(desk)).toMatchObject({
    subject: 'Card refused',
    channel: 'web',
    customer: { email: 'kim@shop.example', name: 'Kim Lee', locale: 'en', timeZone: 'Asia/Tehran' },
    report: { impact: 'one', urgency: 'high', category: 'payment', context: { errorCode: 'E-1042' } },
  });
  expect(desk.memory.messages[0]?.text).toBe('It says E-1042.\nIt worked <b>yesterday</b>.');
});

test('the page that thanks says the number, and when a person answers in the writer’s own time', async () => {
  const desk = aFormDesk();
  const { headers } = await send(desk, { ...WRITTEN, zone: 'Asia/Tehran' });
  const token = String(headers?.location).split('/').at(-1) ?? '';

  const page = await showHelp(desk)({
    ...aRequest({}),
    routeKey: 'GET /help/thanks/{token}',
    pathParameters: { token },
  });

  expect(page.statusCode).toBe(200);
  expect(page.body).toContain(`<bdi dir="ltr">${ticketOf(desk).id}</bdi>`);
  expect(page.body).toContain('Tuesday, 24 November 2026 at 11:30');
  expect(page.body).toContain('your time');
  expect(page.body).toContain(`href="/t/${token}"`);
});

test('without a known zone the promise is told in the desk’s, by name', async () => {
  const desk = aFormDesk();
  const { headers } = await send(desk, WRITTEN);
  const token = String(headers?.location).split('/').at(-1) ?? '';

  const page = await showHelp(desk)({
    ...aRequest({}),
    routeKey: 'GET /help/thanks/{token}',
    pathParameters: { token },
  });

  expect(page.body).toContain('at 09:00 (Central European');
  expect(page.body).not.toContain('your time');
});

test('nobody is thanked by a link that is none', async () => {
  const desk = aFormDesk();
  const event = { ...aRequest({}), routeKey: 'GET /help/thanks/{token}', pathParameters: { token: 'x' } };

  await expect(showHelp(desk)(event)).rejects.toMatchObject({ status: 404 });
});

test('the same form twice is one ticket and one answer', async () => {
  const desk = aFormDesk();

  const first = await send(desk, WRITTEN);
  const second = await send(desk, WRITTEN);

  expect(second).toEqual(first);
  expect(desk.memory.tickets.size).toBe(1);
});

test('a form that was changed after it was sent is shown again with its words, its ticket and a fresh key', async () => {
  const desk = aFormDesk();
  await send(desk, WRITTEN);

  const again = await send(desk, { ...WRITTEN, message: 'Another matter altogether.' });

  expect(again.statusCode).toBe(409);
  expect(again.body).toContain('Another matter altogether.');
  expect(again.body).toContain(ticketOf(desk).id);
  expect(again.body).toContain(`name="once" value="${'n'.repeat(22)}"`);
  expect(desk.memory.tickets.size).toBe(1);
});

test.each([
  [{ subject: ' ' }, 'subject', 'Please fill this in.'],
  [{ message: '' }, 'message', 'Please fill this in.'],
  [{ name: '' }, 'name', 'Please fill this in.'],
  [{ email: 'kim@shop' }, 'email', 'complete email address'],
  [{ email: 'kim@shop.example\nbcc: x@y.example' }, 'email', 'complete email address'],
  [{ phone: 'call me' }, 'phone', 'phone number'],
  [{ category: 'nonsense' }, 'category', 'one of the answers shown'],
  [{ impact: 'galaxy' }, 'impact', 'one of the answers shown'],
  [{ urgency: 'soonish' }, 'urgency', 'one of the answers shown'],
  [{ subject: 'x'.repeat(301) }, 'subject', 'at most 300 characters'],
  [{ steps: 'x'.repeat(1001) }, 'steps', 'at most 1000 characters'],
])('%j is told beside its field, and nothing is lost or created', async (wrong, field, words) => {
  const desk = aFormDesk();

  const page = await send(desk, { ...WRITTEN, ...wrong });

  expect(page.statusCode).toBe(422);
  expect(page.body).toMatch(new RegExp(`id="e-${field}">[^<]*${words}`));
  expect(page.body).toMatch(new RegExp(`name="${field}"[^>]* aria-invalid="true" aria-describedby="[^"]*e-${field}"`));
  expect(page.body).toContain(`href="#a-${field}"`);
  if (field !== 'message') expect(page.body).toContain('It worked &lt;b&gt;yesterday&lt;/b&gt;.');
  expect(page.body).toContain(`name="once" value="${ONCE}"`);
  expect([desk.memory.tickets.size, desk.memory.customers.length]).toEqual([0, 0]);
});

test('a program gets the same as problem+json, by field', async () => {
  const desk = aFormDesk();
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };

  await expect(send(desk, { ...WRITTEN, email: '' }, { headers })).rejects.toMatchObject({
    status: 422,
    errors: [{ path: 'email', message: 'required' }],
  });
});

test('a form without its key makes nothing: sent twice it would be two tickets', async () => {
  const desk = aFormDesk();

  const page = await send(desk, { ...WRITTEN, once: '' });

  expect(page.statusCode).toBe(422);
  expect(page.body).toContain('Card refused');
  expect(desk.memory.tickets.size).toBe(0);
});

test('a form on another website has no key: what is in it makes it one, and other words make another ticket', async () => {
  const desk = aFormDesk();
  const { once: _, ...fields } = WRITTEN;

  const answers = [await send(desk, fields), await send(desk, fields)];
  await send(desk, { ...fields, message: 'Now the other card, too.' });

  expect(answers.map(({ statusCode }) => statusCode)).toEqual([303, 303]);
  expect(desk.memory.tickets.size).toBe(2);
});

test.each([
  ['another type', { headers: { 'content-type': 'text/plain' } }, 415],
  ['too many fields', { body: 'a=1&'.repeat(10_000) }, 422],
  ['too much', { body: `message=${'x'.repeat(256 * 1024)}` }, 413],
])('%s is refused before it is read', async (_, more, status) => {
  const desk = aFormDesk();

  await expect(send(desk, WRITTEN, more)).rejects.toMatchObject({ status });
  expect(desk.memory.tickets.size).toBe(0);
});

test('a zone that does not exist is nobody’s mistake', async () => {
  const desk = aFormDesk();

  const answer = await send(desk, { ...WRITTEN, zone: 'Mars/Olympus' });

  expect(answer.statusCode).toBe(303);
  expect(ticketOf(desk).customer.timeZone).toBeUndefined();
});

test('files come by the receipts of a script and by those a frame left as cookies, each once', async () => {
  const desk = aFormDesk();
  const [one, two] = [await receiptFor(desk), await receiptFor(desk, { key: 'uploads/two', name: 'b.txt' })];
  const cookies = [fileCookie(BOX, 0, two, 'https://x').split(';')[0] ?? '', `file.${'c'.repeat(22)}.0=${one}x`];

  const answer = await send(desk, { ...WRITTEN, 'file-1': one, 'file-7': one, box: BOX }, { cookies });

  expect(answer.statusCode).toBe(303);
  expect(desk.memory.messages[0]?.attachments.map(({ name }) => name)).toEqual(['a.png', 'b.txt']);
  expect(desk.memory.events[0]).toMatchObject({ type: 'opened', uploads: 2 });
  expect(answer.cookies).toEqual([expect.stringMatching(new RegExp(`^file\\.${BOX}\\.0=;.*Max-Age=0`))]);
});

test('a receipt that is none is told beside the files, and the others are kept', async () => {
  const desk = aFormDesk();
  const good = await receiptFor(desk);

  const page = await send(desk, { ...WRITTEN, 'file-1': good, 'file-2': `${good.slice(0, -2)}AA` });

  expect(page.statusCode).toBe(422);
  expect(page.body).toContain('A file is no longer there.');
  expect(page.body).toContain(`value="${good}" checked`);
  expect(desk.memory.tickets.size).toBe(0);
});

test('more than ten files are refused', async () => {
  const desk = aFormDesk();
  const files = await Promise.all(
    Array.from({ length: 11 }, async (_, index) => [
      `file-${index + 1}`,
      await receiptFor(desk, { key: `uploads/${index}` }),
    ]),
  );

  const page = await send(desk, { ...WRITTEN, ...Object.fromEntries(files) });

  expect(page.statusCode).toBe(422);
  expect(desk.memory.tickets.size).toBe(0);
});

test('looking for an answer shows three articles above the form, keeps the words, and creates nothing', async () => {
  const desk = aFormDesk();
  const event = posted({ ...WRITTEN, subject: 'payment refused', step: 'search' }, { routeKey: 'POST /help/draft' });

  const page = await showHelp(desk)(event);

  expect(page.statusCode).toBe(200);
  expect(page.body?.match(/href="\/kb\/[^"]+"/g)?.length).toBeGreaterThan(0);
  expect(page.body?.match(/href="\/kb\/[^"]+"/g)?.length).toBeLessThanOrEqual(3);
  expect(page.body).toContain('value="payment refused"');
  expect(page.body).toContain(`name="once" value="${ONCE}"`);
  expect(desk.memory.tickets.size).toBe(0);
});

test('another language keeps the words', async () => {
  const desk = aFormDesk();
  const event = posted(WRITTEN, { routeKey: 'POST /help/draft', queryStringParameters: { lang: 'fa' } });

  const page = await showHelp(desk)(event);

  expect(page.body).toContain('<html lang="fa" dir="rtl">');
  expect(page.body).toContain('value="Card refused"');
});

test('an empty form speaks the browser’s language and knows what browser it is', async () => {
  const desk = aFormDesk();
  const headers = {
    'accept-language': 'de-AT,en;q=0.5',
    'user-agent':
      'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Mobile Safari/537.36',
  };

  const page = await showHelp(desk)({ ...aRequest({}), routeKey: 'GET /help', headers });

  expect(page.body).toContain('<html lang="de" dir="ltr">');
  expect(page.body).toContain('value="Chrome 142"');
  expect(page.body).toContain('value="Android"');
  expect(page.headers?.['content-security-policy']).toContain(
    "script-src 'self'; connect-src 'self' bucket.example.com",
  );
  expect(Buffer.byteLength(page.body ?? '')).toBeLessThan(40_000);
});

describe('more forms from one network than the desk takes in an hour', () => {
  const from = (sourceIp: string): Partial<APIGatewayProxyEventV2> => {
    const { requestContext } = aRequest({});
    return { requestContext: { ...requestContext, http: { ...requestContext.http, sourceIp } } };
  };
  const full = () => {
    const desk = aFormDesk();
    return { ...desk, policy: { ...desk.policy, webLimits: { ...desk.policy.webLimits, formsAnHour: 1 } } };
  };

  test.each([
    ['192.0.2.7', '192.0.2.7', 429],
    ['192.0.2.7', '192.0.2.8', 303],
    ['2001:db8:1:2::1', '2001:DB8:1:2:ffff::9', 429],
    ['2001:db8:1:2:3:4:5:6', '2001:0db8:0001:0002::', 429],
    ['2001:db8:1:2::1', '2001:db8:1:3::1', 303],
    ['2001:db8::1', '2001:db8:0:0:1::', 429],
    ['::ffff:192.0.2.7', '::ffff:192.0.2.8', 303],
  ])('one from %s, then one from %s: %i', async (first, second, status) => {
    const desk = full();
    await send(desk, WRITTEN, from(first));

    const answer = await send(desk, { ...WRITTEN, once: 'p'.repeat(22) }, from(second)).catch(
      (error: unknown) => error,
    );

    expect(answer).toMatchObject(status === 429 ? { status, headers: { 'retry-after': '3600' } } : { statusCode: 303 });
    expect(desk.memory.tickets.size).toBe(status === 429 ? 1 : 2);
  });

  test('nor more tickets of one address, by whichever way they come', async () => {
    const desk = aFormDesk();
    const limited = {
      ...desk,
      policy: { ...desk.policy, webLimits: { ...desk.policy.webLimits, newTicketsAnHour: 1 } },
    };
    const customer = { email: WRITTEN.email };
    await receiveTicket(limited)(aRequest({ body: { subject: 'S', body: 'B', customer } }));

    await expect(send(limited, WRITTEN)).rejects.toMatchObject({ status: 429 });
    expect(desk.memory.tickets.size).toBe(1);
  });
});
