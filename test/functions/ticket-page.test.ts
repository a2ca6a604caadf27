import { describe, expect, test } from 'vitest';
import { signReceipt } from '../../domain/contact/upload.ts';
import { DAY, HOUR, plus } from '../../domain/support/time.ts';
import { problemOf } from '../../functions/_shared/middleware.ts';
import { build as chooseContact } from '../../functions/choose-contact/handler.ts';
import { acts } from '../../functions/desk-api/acts.ts';
import { joiningActs } from '../../functions/desk-api/joining-acts.ts';
import { ticket as deskTicket } from '../../functions/desk-api/reads.ts';
import { build as rateReply } from '../../functions/rate-reply/handler.ts';
import { build as receiveAnswer } from '../../functions/receive-answer/handler.ts';
import { build as reopenTicket } from '../../functions/reopen-ticket/handler.ts';
import { build as showTicket } from '../../functions/show-ticket/handler.ts';
import { act, ada } from './acting.ts';
import { aDesk, aNewTicket, anOpenTicket, aRequest, parsed } from './support.ts';

/** A desk as the page's functions see it. */
const aPageDesk = () => ({
  ...aDesk(),
  agents: new Map([['ada', 'Ada Brandt']]),
});

type PageDesk = ReturnType<typeof aPageDesk>;

const tokenOf = async (desk: PageDesk, id: string): Promise<string> => {
  const ticket = desk.memory.tickets.get(id) ?? expect.fail(`no ticket ${id}`);
  return (await desk.links.ticket(ticket, ticket.createdAt)).split('/t/')[1] ?? '';
};

/** An open ticket that Ada answered, the token of its link, and the id of her reply. */
const answered = async (over: { then?: 'pending' | 'resolved' } = {}) => {
  const desk = aPageDesk();
  const id = await anOpenTicket({ ...desk, agents: aDesk().agents });
  await reply(desk, id, over);
  const message = desk.memory.messages.find(({ direction }) => direction === 'out')?.id ?? '';
  return { desk, id, message, token: await tokenOf(desk, id) };
};
const reply = (desk: PageDesk, id: string, over: object = {}) =>
  act({ ...desk, agents: aDesk().agents }, acts.replies, id, { body: 'Try https://help.example.com now.', ...over });

const HTML = { accept: 'text/html' };
const JSON_ONLY = { accept: 'application/json' };
const get = (desk: PageDesk, token: string, query?: Record<string, string>, headers: Record<string, string> = HTML) =>
  showTicket(desk)(aRequest({ path: { token }, headers, ...(query && { query }) }));
const formOf = (fields: Record<string, string> | Array<[string, string]>) => ({
  raw: new URLSearchParams(fields).toString(),
  headers: { 'content-type': 'application/x-www-form-urlencoded', ...HTML },
});
const write = (desk: PageDesk, token: string, fields: Record<string, string>) =>
  receiveAnswer(desk)(aRequest({ path: { token }, ...formOf(fields) }));
const send = (desk: PageDesk, token: string, body: unknown, headers: Record<string, string> = {}) =>
  receiveAnswer(desk)(aRequest({ path: { token }, body, headers }));
const reopen = (desk: PageDesk, token: string, fields: Record<string, string> = {}) =>
  reopenTicket(desk)(aRequest({ path: { token }, ...formOf(fields) }));
const rate = (desk: PageDesk, token: string, body: unknown) => rateReply(desk)(aRequest({ path: { token }, body }));
const rateForm = (desk: PageDesk, token: string, fields: Record<string, string>) =>
  rateReply(desk)(aRequest({ path: { token }, ...formOf(fields) }));

const problem = async (answer: Promise<unknown>) => {
  const error = await answer.then(
    () => expect.fail('It was answered.'),
    (reason: unknown) => reason,
  );
  return problemOf(error);
};
const incoming = (desk: PageDesk, id: string) =>
  desk.memory.messages.filter(({ ticketId, direction }) => ticketId === id && direction === 'in');
const ratings = (desk: PageDesk) => desk.memory.events.filter(({ type }) => type === 'reply-rated');

describe('looking at a ticket', () => {
  test('rates nothing, whatever the link chooses, and only notes which ratings of replies were opened', async () => {
    const { desk, id, token, message } = await answered();
    const { clicks: _, ...before } = structuredClone(desk.memory);

    const page = await get(desk, token, { rate: message, r: '4' });
    for (const r of ['1', '2', '99', '<script>']) await get(desk, token, { rate: message, r, sent: 'rating' });

    expect(page.body).toMatch(/value="4" checked/);
    expect((await get(desk, token, { rate: 'nothing', r: '4' })).body).not.toMatch(/value="4" checked/);
    const { clicks, ...after } = desk.memory;
    expect(after).toEqual(before);
    expect(clicks.map(({ about, opening }) => [about, opening.option])).toEqual(
      [4, 1, 2, 99].map((option) => [{ ticketId: id, message }, option]),
    );
  });

  test('shows what was said to and by the customer, never notes and quarantined mail', async () => {
    const { desk, id, token } = await answered();
    await act({ ...desk, agents: aDesk().agents }, acts.notes, id, { body: 'A secret note.' });
    const [asked] = incoming(desk, id);
    if (asked) desk.memory.messages.push({ ...asked, id: 'Q', text: 'A forged mail.', quarantined: 'a stranger' });

    const page = await get(desk, token);

    expect(page.body).toContain('The password is refused.');
    expect(page.body).toContain('Ada Brandt');
    expect(page.body).not.toContain('A secret note.');
    expect(page.body).not.toContain('A forged mail.');
    expect((await problem(get(desk, token, { message: 'Q' }))).status).toBe(404);
  });

  test('keeps the link out of caches, other sites and search engines, as a page and as JSON', async () => {
    const { desk, token } = await answered();

    const kept = { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex, nofollow' };

    expect((await get(desk, token)).headers).toMatchObject(kept);
    expect((await get(desk, token, {}, JSON_ONLY)).headers).toMatchObject(kept);
    expect((await write(desk, token, { body: 'Thanks' })).headers).toMatchObject(kept);
  });

  test('tells a program the same', async () => {
    const { desk, id, token, message } = await answered();
    await rate(desk, token, { message, score: 3 });

    const answer = await get(desk, token, {}, JSON_ONLY);

    expect(parsed(answer)).toMatchObject({
      ticket: { id, status: 'open', subject: 'I cannot log in', expectation: { kind: 'solution' } },
      messages: [
        { id: message, from: 'desk', agent: 'Ada Brandt', rating: { score: 3, scale: 'four-point', label: 'good' } },
        { from: 'customer', text: 'The password is refused.', attachments: [] },
      ],
      links: { messages: `/t/${token}/messages`, ratings: `/t/${token}/ratings` },
    });
  });

  test('says sorry when a promise is broken, and no more once it is kept late', async () => {
    const desk = aPageDesk();
    const id = await anOpenTicket({ ...desk, agents: aDesk().agents });
    const token = await tokenOf(desk, id);

    const before = await get(desk, token);
    desk.pass(25 * HOUR);
    const late = await get(desk, token);
    await reply(desk, id);
    const after = await get(desk, token);

    expect(before.body).toContain('You will hear from us by');
    expect(late.body).toContain('We wanted to answer you by');
    expect(late.body).toContain('a team lead is looking after it');
    expect(after.body).not.toContain('We wanted to answer');
  });
});

describe('the link', () => {
  test('opens nothing when any of its bits is another one, whatever is asked', async () => {
    const { desk, token, message } = await answered();
    const bytes = Buffer.from(token, 'base64url');
    const before = structuredClone(desk.memory);

    const statuses = new Set<number>();
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const forged = Buffer.from(bytes);
      forged[bit >> 3] = (forged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      statuses.add((await problem(get(desk, forged.toString('base64url')))).status);
    }
    const [first = ''] = token;
    for (const other of [
      token.slice(0, -1),
      `${token}A`,
      `${token}=`,
      '',
      first === 'A' ? `B${token.slice(1)}` : `A${token.slice(1)}x`,
    ]) {
      statuses.add((await problem(get(desk, other))).status);
      statuses.add((await problem(send(desk, other, { body: 'Hello' }))).status);
      statuses.add((await problem(rate(desk, other, { message, score: 4 }))).status);
      statuses.add((await problem(reopen(desk, other))).status);
    }

    expect([...statuses]).toEqual([404]);
    expect(desk.memory).toEqual(before);
  });

  test('of another purpose or another customer opens nothing', async () => {
    const { desk, id } = await answered();
    const ticket = desk.memory.tickets.get(id) ?? expect.fail();
    const survey = await desk.links.survey(ticket, 1, 'csat', plus(desk.clock.now(), DAY), desk.clock.now());
    const others = await desk.links.ticket({ id, customer: { id: 'somebody-else' } }, desk.clock.now());

    const tokens = [survey.survey.split('/s/')[1] ?? '', others.split('/t/')[1] ?? ''];

    expect(await Promise.all(tokens.map(async (token) => (await problem(get(desk, token))).status))).toEqual([
      404, 404,
    ]);
  });

  test('ends after a year, and says so', async () => {
    const { desk, token } = await answered();

    desk.pass(366 * DAY);

    expect((await problem(get(desk, token))).status).toBe(410);
    expect((await problem(send(desk, token, { body: 'Hello' }))).status).toBe(410);
  });
});

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
    const other = await problem(send(desk, token, { body: 'Two.' }, { 'idempotency-key': 'k-1' }));
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

    const refused = await problem(receiveAnswer(desk)(aRequest({ path: { token }, ...request })));

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
    const json = await problem(reopenTicket(desk)(aRequest({ path: { token }, body: {}, headers: JSON_ONLY })));

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

    const refused = await problem(reopenTicket(desk)(aRequest({ path: { token }, body: {}, headers: JSON_ONLY })));

    expect(refused.status).toBe(409);
  });
});

describe('rating a reply', () => {
  test('is kept once with the credit of the reply, and shown to the desk beside its message', async () => {
    const { desk, id, message, token } = await answered();
    await act({ ...desk, agents: aDesk().agents }, acts.transfer, id, { to: 'advanced' });

    await rateForm(desk, token, { message, score: '2' });

    expect(ratings(desk)).toMatchObject([
      {
        message,
        agent: 'ada',
        group: 'frontline',
        tier: 1,
        ratedCycle: 1,
        score: 2,
        scale: 'four-point',
        low: true,
        edit: 0,
      },
    ]);
    const seen = parsed(await deskTicket(aRequest({ path: { id } }), ada, { ...desk, agents: aDesk().agents }));
    expect(seen).toMatchObject({ ticket: { replyRating: { n: 1, mean: 33.3, good: 0 } } });
    expect(seen).toMatchObject({
      messages: [{}, { id: message, rating: { score: 2, label: 'bad', low: true } }, ...[]],
    });
    expect(desk.memory.tickets.get(id)?.satisfaction).toBeUndefined();
  });

  test('twenty times at once is one rating', async () => {
    const { desk, message, token } = await answered();

    const answers = await Promise.all(Array.from({ length: 20 }, () => rate(desk, token, { message, score: 4 })));

    expect(new Set(answers.map(({ statusCode, body }) => `${statusCode} ${body}`)).size).toBe(1);
    expect(ratings(desk)).toHaveLength(1);
  });

  test('can be changed for a day with every edit kept, and not after it', async () => {
    const { desk, message, token } = await answered();

    await rate(desk, token, { message, score: 1 });
    desk.pass(DAY - 1);
    await rateForm(desk, token, { message, score: '4' });
    desk.pass(1);
    const late = await problem(rate(desk, token, { message, score: 2 }));
    const page = await rateForm(desk, token, { message, score: '2' });
    const same = await rate(desk, token, { message, score: 4 });

    expect(ratings(desk)).toMatchObject([
      { score: 1, low: true, edit: 0 },
      { score: 4, low: false, edit: 1 },
    ]);
    expect([late.status, page.statusCode, same.statusCode]).toEqual([409, 409, 200]);
    expect(page.body).toContain('can no longer be changed');
    expect((await get(desk, token, { rate: message, r: '1' })).body).not.toContain('/ratings"');
  });

  test('takes replies of persons alone, and answers of the scale alone', async () => {
    const { desk, id, message, token } = await answered();
    const [own] = incoming(desk, id);

    const refused = await Promise.all([
      problem(rate(desk, token, { message: own?.id ?? '', score: 4 })),
      problem(rate(desk, token, { message: 'nothing', score: 4 })),
      problem(rate(desk, token, { message, score: 5 })),
      problem(rate(desk, token, { message, score: 2.5 })),
      problem(rate(desk, token, { message, score: '4' })),
    ]);
    const form = await rateForm(desk, token, { message });

    expect(refused.map(({ status }) => status)).toEqual([422, 422, 422, 422, 422]);
    expect(form.statusCode).toBe(422);
    expect(form.body).toContain('Please choose one of the answers.');
    expect(ratings(desk)).toEqual([]);
  });

  test('moves no message in the conversation', async () => {
    const { desk, id, message, token } = await answered();
    await write(desk, token, { body: 'After it.' });

    await rate(desk, token, { message, score: 1 });

    const seen = parsed(await get(desk, token, {}, JSON_ONLY));
    expect(seen).toMatchObject({
      messages: [{ text: 'After it.' }, { id: message }, { text: 'The password is refused.' }],
    });
    expect(incoming(desk, id)).toHaveLength(2);
  });

  test('of another ticket is not possible', async () => {
    const { desk, token } = await answered();
    const other = await aNewTicket({ ...desk, agents: aDesk().agents });
    const [message] = incoming(desk, other);

    expect((await problem(rate(desk, token, { message: message?.id ?? '', score: 4 }))).status).toBe(422);
  });
});

describe('a ticket that became a part of another', () => {
  const merged = async (email: string) => {
    const { desk, id, message, token } = await answered();
    const team = { ...desk, agents: aDesk().agents };
    const customer = await desk.customers.byAddress(email, {}, desk.clock.now(), desk.ids.ulid());
    const into = await anOpenTicket(team, { customer, subject: 'The other one', text: 'What the other wrote.' });
    await act(team, joiningActs.merge, id, { into, confirm: true });
    return { desk, id, into, message, token, other: await tokenOf(desk, into) };
  };

  test('of the same customer is shown with it, and goes on there', async () => {
    const { desk, id, into, message, token } = await merged('kim@example.com');

    await send(desk, token, { body: 'More about it.' });
    await rate(desk, token, { message, score: 4 });
    const page = await get(desk, token);

    expect(page.body).toContain('The other one');
    expect(page.body).toContain(`Together with request <bdi dir="ltr">${id}</bdi>`);
    for (const said of ['The password is refused.', 'What the other wrote.', 'More about it.'])
      expect(page.body).toContain(said);
    expect(page.body).toContain('Your rating: <strong>Excellent</strong>');
    expect(incoming(desk, into).at(-1)?.text).toBe('More about it.');
    expect(ratings(desk)).toMatchObject([{ ticketId: id, message, agent: 'ada' }]);
  });

  test('of another customer shows neither what the other wrote or was answered', async () => {
    const { desk, into, token, other } = await merged('sam@example.com');
    await reply(desk, into, { body: 'An answer to Sam.' });

    await send(desk, token, { body: 'From Kim again.' });
    const [kims, sams] = [(await get(desk, token)).body ?? '', (await get(desk, other)).body ?? ''];

    for (const said of ['The password is refused.', 'Try ', 'From Kim again.']) expect(kims).toContain(said);
    for (const said of ['The other one', 'What the other wrote.', 'An answer to Sam.', into])
      expect(kims).not.toContain(said);
    for (const said of ['What the other wrote.', 'An answer to Sam.']) expect(sams).toContain(said);
    for (const said of ['The password is refused.', 'From Kim again.', 'Together with'])
      expect(sams).not.toContain(said);
    expect(incoming(desk, into).at(-1)?.text).toBe('From Kim again.');
  });

  test('of another identity of the same person is shown with it, until an agent takes the two apart', async () => {
    const { desk, id, into, message, token } = await merged('kim@example.org');
    const [one, two] = [id, into].map((ticket) => desk.memory.tickets.get(ticket)?.customer.id ?? '');
    await desk.persons.link(one ?? '', two ?? '', desk.clock.now());

    const linked = (await get(desk, token)).body;
    await rate(desk, token, { message, score: 4 });
    await desk.persons.unlink(two ?? '');
    const apart = (await get(desk, token)).body;

    expect(linked).toContain('What the other wrote.');
    expect(linked).toContain('The password is refused.');
    expect(ratings(desk)).toMatchObject([{ ticketId: id, message }]);
    expect(apart).not.toContain('What the other wrote.');
  });
});

test('what the person wrote by another identity of theirs is on the page, and what somebody else wrote is not', async () => {
  const { desk, id, token } = await answered();
  const [asked] = incoming(desk, id);
  const own = desk.memory.tickets.get(id)?.customer.id ?? '';
  const known = async (email: string) => (await desk.customers.byAddress(email, {}, desk.clock.now(), email)).id;
  await desk.persons.link(own, await known('kim@example.org'), desk.clock.now());
  for (const email of ['kim@example.org', 'sam@example.com'])
    if (asked)
      desk.memory.messages.push({
        ...asked,
        id: email,
        author: `customer:${await known(email)}`,
        text: `By ${email}.`,
      });

  const page = (await get(desk, token)).body;

  expect(page).toContain('By kim@example.org.');
  expect(page).not.toContain('By sam@example.com.');
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
