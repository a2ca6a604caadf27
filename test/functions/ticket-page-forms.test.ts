import { describe, expect, test } from 'vitest';
import { signReceipt } from '../../domain/contact/upload.ts';
import { DAY } from '../../domain/support/time.ts';
import { build as chooseContact } from '../../functions/choose-contact/handler.ts';
import { build as receiveAnswer } from '../../functions/receive-answer/handler.ts';
import { build as reopenTicket } from '../../functions/reopen-ticket/handler.ts';
import {
  answered,
  formOf,
  get,
  incoming,
  JSON_ONLY,
  type PageDesk,
  reopen,
  reply,
  send,
  write,
} from './on-ticket-page.ts';
import { problemIn } from './refused.ts';
import { aRequest, parsed } from './support.ts';

describe('writing', () => {
  test('adds a message, and brings the customer back to the page that says so', async () => {
    const { desk, id, token } = await answered();

    const answer = await write(desk, token, { body: 'It works.\r\nThank you!' });

    expect(answer).toMatchObject({ statusCode: 303, headers: { location: `/t/${token}?sent=message#notice` } });
    expect(incoming(desk, id).at(-1)).toMatchObject({ text: 'It works.\nThank you!', channel: 'web' });
    expect((await get(desk, token, { sent: 'message' })).body).toContain('Your message has arrived.');
  });

  test('answers a ticket that waits for it', async () => {
    const { desk, id, token } = await answered({ then: 'pending' });

    const answer = await send(desk, token, { body: 'Firefox.' });

    expect(answer.statusCode).toBe(201);
    expect(parsed(answer)).toMatchObject({ ticket: { id, status: 'open' }, links: { ticket: `/t/${token}` } });
    expect(desk.memory.events.slice(-2).map(({ type }) => type)).toEqual(['customer-replied', 'resumed']);
  });

  test('opens a resolved ticket again within the window, and a linked one after it', async () => {
    const { desk, id, token } = await answered({ then: 'resolved' });

    desk.pass(14 * DAY);
    await write(desk, token, { body: 'It is back.' });
    await reply(desk, id, { then: 'resolved' });
    desk.pass(14 * DAY + 1);
    const late = await write(desk, token, { body: 'Again!' });

    expect(desk.memory.tickets.get(id)).toMatchObject({ status: 'resolved', cycle: 2 });
    const followUp = [...desk.memory.tickets.values()].find(({ followUpOf }) => followUpOf === id);
    expect(followUp).toMatchObject({ status: 'new', subject: 'I cannot log in', channel: 'web' });
    const { location = '' } = late.headers ?? {};
    const [, path = ''] = /^\/t\/([^?]+)\?sent=follow-up#notice$/.exec(String(location)) ?? [];
    const shown = await get(desk, path, { sent: 'follow-up' });
    expect(shown.body).toContain('as a new request');
    expect(shown.body).toContain('Again!');
  });

  test('brings files, by receipt or from the box of a form without scripts', async () => {
    const { desk, id, token } = await answered();
    const file = { key: 'uploads/x', name: 'screen.png', type: 'image/png', bytes: 2048 };
    const receipt = signReceipt(file, desk.clock.now(), (await desk.keys())[0]);

    await send(desk, token, { body: 'By JSON.', attachments: [receipt] });
    await write(desk, token, { body: 'By script.', 'file-1': receipt });
    const box = 'B'.repeat(22);
    const form = formOf({ body: 'By box.', box });
    const cookies = [`file.${box}.1=${receipt}`];
    await receiveAnswer(desk)({ ...aRequest({ path: { token }, ...form }), cookies });
    const page = await get(desk, token);

    expect(incoming(desk, id).map(({ attachments }) => attachments.map(({ name }) => name))).toEqual([
      [],
      ['screen.png'],
      ['screen.png'],
      ['screen.png'],
    ]);
    expect(page.body).toMatch(new RegExp(`href="/t/${token}/attachments/[^/]+/0"><bdi>screen.png</bdi>`));
    expect(page.headers?.['content-security-policy']).toContain('frame-src');
  });

  test('twenty times at once with one key is one message and twenty equal answers', async () => {
    const { desk, id, token } = await answered({ then: 'pending' });

    const answers = await Promise.all(
      Array.from({ length: 20 }, () => send(desk, token, { body: 'Once.' }, { 'idempotency-key': 'k-1' })),
    );

    expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
    expect(incoming(desk, id).filter(({ text }) => text === 'Once.')).toHaveLength(1);
  });

  test('another body under the same key is refused, another form with the same key is kept', async () => {
    const { desk, id, token } = await answered();

    await send(desk, token, { body: 'One.' }, { 'idempotency-key': 'k-1' });
    const other = await problemIn(send(desk, token, { body: 'Two.' }, { 'idempotency-key': 'k-1' }));
    for (const body of ['Three.', 'Three.', 'Four.']) await write(desk, token, { body, once: 'form-1' });

    expect(other.status).toBe(409);
    expect(incoming(desk, id).map(({ text }) => text)).toEqual(['The password is refused.', 'One.', 'Three.', 'Four.']);
  });

  test('twice the same after the window opens one linked ticket', async () => {
    const { desk, id, token } = await answered({ then: 'resolved' });
    desk.pass(15 * DAY);

    const [first, second] = [
      await write(desk, token, { body: 'Again!', once: 'form-1' }),
      await write(desk, token, { body: 'Again!', once: 'form-1' }),
    ];

    expect(first.headers?.location).toBe(second.headers?.location);
    expect([...desk.memory.tickets.values()].filter(({ followUpOf }) => followUpOf === id)).toHaveLength(1);
  });

  test('keeps the words of a form that cannot be taken, and stores nothing', async () => {
    const { desk, token } = await answered();
    const before = structuredClone(desk.memory);

    const empty = await write(desk, token, { body: '  \r\n ' });
    const long = await write(desk, token, { body: `Halfway <b>${'x'.repeat(25_000)}` });
    const files = await receiveAnswer(desk)(
      aRequest({
        path: { token },
        ...formOf([
          ['body', 'See the file.'],
          ['file-1', 'no-receipt'],
        ]),
      }),
    );

    expect([empty, long, files].map(({ statusCode }) => statusCode)).toEqual([422, 422, 422]);
    expect(empty.body).toContain('Please write something first.');
    expect(long.body).toContain('Halfway &lt;b&gt;xxx');
    expect(long.body).toContain('at most 25000 characters');
    expect(files.body).toContain('See the file.');
    expect(files.body).toContain('A file could not be attached');
    expect(desk.memory).toEqual(before);
  });

  test.each([
    ['no JSON', { raw: '{' }, 400],
    ['an unknown field', { body: { body: 'x', html: '<p>' } }, 422],
    ['no words', { body: { body: ' ' } }, 422],
    ['too many words', { body: { body: 'x'.repeat(25_001) } }, 422],
    ['half a character', { body: { body: 'x\ud800' } }, 422],
    ['a file that is none', { body: { body: 'x', attachments: ['no-receipt'] } }, 422],
    ['another type', { raw: 'x', headers: { 'content-type': 'text/plain' } }, 415],
    ['more than 256 KB', { raw: 'x'.repeat(256 * 1024 + 1) }, 413],
    ['a key that cannot be kept', { body: { body: 'x' }, headers: { 'idempotency-key': ' ' } }, 400],
  ])('%s is refused, and nothing is stored', async (_, request, status) => {
    const { desk, token } = await answered();
    const before = structuredClone(desk.memory);

    const refused = await problemIn(receiveAnswer(desk)(aRequest({ path: { token }, ...request })));

    expect(refused.status).toBe(status);
    expect(desk.memory).toEqual(before);
  });
});

describe('opening again', () => {
  test('begins the next cycle, with the reason as a message if there is one', async () => {
    const { desk, id, token } = await answered({ then: 'resolved' });

    const silent = await reopen(desk, token);
    await reply(desk, id, { then: 'resolved' });
    const told = await reopen(desk, token, { reason: 'It is back.' });

    expect([silent, told].map(({ headers }) => headers?.location)).toEqual(
      Array.from({ length: 2 }, () => `/t/${token}?sent=reopened#notice`),
    );
    expect(desk.memory.tickets.get(id)).toMatchObject({ status: 'open', cycle: 3 });
    expect(incoming(desk, id).at(-1)?.text).toBe('It is back.');
  });

  test('pressed twice opens it once, and loses no word', async () => {
    const { desk, id, token } = await answered({ then: 'resolved' });

    await Promise.all([1, 2].map(() => reopen(desk, token, { reason: 'It is back.', once: 'form-1' })));
    const again = await reopen(desk, token, { once: 'form-2' });

    expect(desk.memory.tickets.get(id)).toMatchObject({ status: 'open', cycle: 2 });
    expect(incoming(desk, id).filter(({ text }) => text === 'It is back.')).toHaveLength(1);
    expect(again.headers?.location).toBe(`/t/${token}?sent=open#notice`);
  });

  test('after the window is refused kindly: the words stay, and a linked request is offered', async () => {
    const { desk, id, token } = await answered({ then: 'resolved' });
    desk.pass(14 * DAY + 1);
    const before = structuredClone(desk.memory);

    const page = await reopen(desk, token, { reason: 'It is back.' });
    const json = await problemIn(reopenTicket(desk)(aRequest({ path: { token }, body: {}, headers: JSON_ONLY })));

    expect(page.statusCode).toBe(409);
    expect(page.body).toContain('It is too late to reopen this request');
    expect(page.body).toMatch(/<textarea[^>]*>It is back\.<\/textarea>/);
    expect(page.body).toContain(`action="/t/${token}/messages"`);
    expect(json.status).toBe(409);
    expect(desk.memory).toEqual(before);
    expect(desk.memory.tickets.get(id)?.status).toBe('resolved');
  });

  test('of an open ticket is a conflict for a program', async () => {
    const { desk, token } = await answered();

    const refused = await problemIn(reopenTicket(desk)(aRequest({ path: { token }, body: {}, headers: JSON_ONLY })));

    expect(refused.status).toBe(409);
  });
});

describe('text messages instead of mail', () => {
  const choose = (desk: PageDesk, token: string, fields: Record<string, string>) =>
    chooseContact(desk)(aRequest({ path: { token }, ...formOf(fields) }));

  test('are agreed to for one ticket, once, and taken back', async () => {
    const { desk, id, token } = await answered();

    const said = [
      await choose(desk, token, { contactBy: 'sms', phone: '+49 151 1234 5678' }),
      await choose(desk, token, { contactBy: 'sms', phone: '+4915112345678' }),
    ];
    const agreed = desk.memory.tickets.get(id)?.customer;
    const page = await get(desk, token);
    await choose(desk, token, { contactBy: 'mail' });

    expect(said.map((answer) => (answer as { statusCode: number }).statusCode)).toEqual([303, 303]);
    expect(agreed).toMatchObject({ phone: '+4915112345678', textsConsent: { source: 'ticket-page' } });
    expect(page.body).toContain('+49 *** 5678');
    expect(page.body).not.toContain('15112345678');
    expect(desk.memory.tickets.get(id)?.customer).not.toHaveProperty('textsConsent');
    expect(desk.memory.events.filter(({ type }) => type === 'contact-chosen')).toHaveLength(2);
  });

  test.each([
    ['call me', 'country code'],
    ['<script>', 'country code'],
    ['+4915100000000', 'START'],
  ])('the number %s is told beside its field, and nothing is agreed', async (phone, told) => {
    const { desk, id, token } = await answered();
    await desk.textOptOuts.say('+4915100000000', 'stop', desk.clock.now());

    const answer = await choose(desk, token, { contactBy: 'sms', phone });

    expect(answer).toMatchObject({ statusCode: 422 });
    expect((answer as { body: string }).body).toContain(told);
    expect((answer as { body: string }).body).not.toContain('<script>"');
    expect(desk.memory.tickets.get(id)?.customer).not.toHaveProperty('textsConsent');
  });
});
