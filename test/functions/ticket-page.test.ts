import { describe, expect, test } from 'vitest';
import { DAY, HOUR, plus } from '../../domain/support/time.ts';
import { acts } from '../../functions/desk-api/acts.ts';
import { joiningActs } from '../../functions/desk-api/joining-acts.ts';
import { act } from './acting.ts';
import {
  answered,
  aPageDesk,
  get,
  incoming,
  JSON_ONLY,
  rate,
  ratings,
  reopen,
  reply,
  send,
  tokenOf,
  write,
} from './on-ticket-page.ts';
import { problemIn } from './refused.ts';
import { aDesk, anOpenTicket, parsed } from './support.ts';

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
    expect((await problemIn(get(desk, token, { message: 'Q' }))).status).toBe(404);
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
      statuses.add((await problemIn(get(desk, forged.toString('base64url')))).status);
    }
    const [first = ''] = token;
    for (const other of [
      token.slice(0, -1),
      `${token}A`,
      `${token}=`,
      '',
      first === 'A' ? `B${token.slice(1)}` : `A${token.slice(1)}x`,
    ]) {
      statuses.add((await problemIn(get(desk, other))).status);
      statuses.add((await problemIn(send(desk, other, { body: 'Hello' }))).status);
      statuses.add((await problemIn(rate(desk, other, { message, score: 4 }))).status);
      statuses.add((await problemIn(reopen(desk, other))).status);
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

    expect(await Promise.all(tokens.map(async (token) => (await problemIn(get(desk, token))).status))).toEqual([
      404, 404,
    ]);
  });

  test('ends after a year, and says so', async () => {
    const { desk, token } = await answered();

    desk.pass(366 * DAY);

    expect((await problemIn(get(desk, token))).status).toBe(410);
    expect((await problemIn(send(desk, token, { body: 'Hello' }))).status).toBe(410);
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
