import { describe, expect, test } from 'vitest';
import { DAY, MINUTE } from '../../domain/support/time.ts';
import { build as confirm } from '../../functions/confirm-identity/handler.ts';
import { build as call } from '../../functions/receive-call/handler.ts';
import { build as chat } from '../../functions/receive-chat/handler.ts';
import { build as text } from '../../functions/receive-text/handler.ts';
import { build as show } from '../../functions/show-identity/handler.ts';
import { aChannelDesk, aPost, type ChannelDesk } from '../support/channel-posts.ts';
import { statusOf } from './refused.ts';
import { aRequest } from './support.ts';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

const aChat = (customer: object, conversationId = 'c-1') => ({
  conversationId,
  customer,
  transcript: [{ at: '2026-11-23T07:30:00Z', author: 'customer', name: 'Kim', text: 'My payment fails.' }],
});
const aCall = (desk: ChannelDesk, callId = 'call-1') => ({
  callId,
  startedAt: '2026-11-23T07:40:00Z',
  seconds: 185,
  agent: desk.agents[0]?.id,
  customer: { phone: '+4930123456', email: 'kim@example.com' },
  summary: 'The payment fails.',
  outcome: 'open',
});

const asking = (desk: ChannelDesk) =>
  [...desk.memory.mails.values()].filter(({ content }) => content.template === 'identity');
const tokenOf = (desk: ChannelDesk, nth = 0): string => {
  const content = asking(desk)[nth]?.content;
  if (content?.template !== 'identity') throw new Error('Nobody was asked.');
  return content.link.slice(content.link.lastIndexOf('/') + 1);
};
const open = (desk: ChannelDesk, token: string) => show(desk)(aRequest({ path: { token } }));
const press = (desk: ChannelDesk, token: string, raw = 'both=mine') =>
  confirm(desk)(aRequest({ path: { token }, raw, headers: FORM }));
const idOf = async (desk: ChannelDesk, word: string): Promise<string> => (await desk.customers.find(word))?.id ?? word;
const identities = async (desk: ChannelDesk, word: string): Promise<string[]> => {
  const person = await desk.persons.person(await idOf(desk, word));
  return (person?.members ?? []).map(({ email, phone, handle }) => email ?? phone ?? handle?.name ?? '').sort();
};

describe('somebody whom the chat knows names a mail address', () => {
  const named = async () => {
    const desk = aChannelDesk();
    await chat(desk)(aPost(desk, aChat({ id: 'Visitor-7', email: 'kim@example.com' })));
    return desk;
  };

  test('nothing is linked by that: whoever holds the address is asked, beside the ticket', async () => {
    const desk = await named();

    expect(asking(desk)).toMatchObject([
      { to: { email: 'kim@example.com' }, status: 'owed', content: { other: 'Visitor-7 (chat)' } },
    ]);
    expect(asking(desk)[0]?.to).not.toHaveProperty('name');
    expect(desk.memory.events.at(-1)).toMatchObject({ type: 'identity-asked', kind: 'email' });
    expect(await identities(desk, 'kim@example.com')).toEqual(['kim@example.com']);
    expect(desk.memory.tickets.get('T-000001')?.customer.id).toBe(await idOf(desk, 'chat:Visitor-7'));
  });

  test('opening the link changes nothing, as scanners open links too', async () => {
    const desk = await named();

    const page = await open(desk, tokenOf(desk));

    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('<form method="post"');
    expect(page.body).not.toContain('<script');
    expect(page.headers?.['content-security-policy']).toContain("default-src 'none'");
    expect(await identities(desk, 'kim@example.com')).toEqual(['kim@example.com']);
    expect((await desk.customers.find('kim@example.com'))?.provenAt).toBeUndefined();
  });

  test('pressing the button makes both one person, however often it is pressed', async () => {
    const desk = await named();

    await Promise.all([press(desk, tokenOf(desk)), press(desk, tokenOf(desk)), press(desk, tokenOf(desk))]);

    expect(await identities(desk, 'kim@example.com')).toEqual(['Visitor-7', 'kim@example.com']);
    expect(await identities(desk, 'chat:Visitor-7')).toEqual(['Visitor-7', 'kim@example.com']);
    expect(desk.memory.events.filter(({ type }) => type === 'identity-linked')).toHaveLength(1);
    expect((await desk.customers.find('kim@example.com'))?.provenAt).toBe(desk.clock.at);
  });

  test('the same pair is asked about once', async () => {
    const desk = await named();

    await chat(desk)(aPost(desk, aChat({ id: 'Visitor-7', email: 'kim@example.com' }, 'c-2')));

    const after = asking(desk).length;
    for (const id of ['Visitor-8', 'Visitor-9'])
      await chat(desk)(aPost(desk, aChat({ id, email: 'kim@example.com' }, id)));

    expect([desk.memory.tickets.size, after]).toEqual([4, 1]);
    // Naming it again took nothing from the day's budget.
    expect(asking(desk)).toHaveLength(3);
  });

  test('nobody is asked without end, whoever names their address', async () => {
    const desk = await named();

    for (let index = 0; index < 5; index += 1)
      await chat(desk)(aPost(desk, aChat({ id: `Mallory-${index}`, email: 'kim@example.com' }, `c-${index + 2}`)));

    expect([desk.memory.tickets.size, asking(desk).length]).toEqual([6, 3]);
  });

  test('whoever is one person already is not asked', async () => {
    const desk = await named();
    await press(desk, tokenOf(desk));
    desk.memory.mails.clear();

    await chat(desk)(aPost(desk, aChat({ id: 'Visitor-7', email: 'KIM@example.com' }, 'c-2')));

    expect(asking(desk)).toEqual([]);
  });

  test.each(['', 'both=theirs', 'mine=both'])('a form that says "%s" confirms nothing', async (raw) => {
    const desk = await named();

    const status = await statusOf(press(desk, tokenOf(desk), raw));

    expect([status, await identities(desk, 'kim@example.com')]).toEqual([422, ['kim@example.com']]);
  });

  test('a link with any character changed, of another purpose, or too old opens nothing', async () => {
    const desk = await named();
    const token = tokenOf(desk);
    const ticket = await desk.links.ticket({ id: 'T-000001', customer: { id: 'x' } }, desk.clock.at);
    const changed = `${token.slice(0, 40)}${token[40] === 'A' ? 'B' : 'A'}${token.slice(41)}`;

    const refused = [
      await statusOf(press(desk, changed)),
      await statusOf(press(desk, ticket.slice(ticket.lastIndexOf('/') + 1))),
    ];
    desk.pass(7 * DAY + MINUTE);

    expect([...refused, await statusOf(press(desk, token)), await statusOf(open(desk, token))]).toEqual([
      404, 404, 410, 410,
    ]);
    expect(await identities(desk, 'kim@example.com')).toEqual(['kim@example.com']);
  });
});

describe('neither side was shown by the channel', () => {
  test('a call with a typed address asks the address first, then the number, and links when both have said so', async () => {
    const desk = aChannelDesk();
    await call(desk)(aPost(desk, aCall(desk)));

    const half = await press(desk, tokenOf(desk));
    const between = await identities(desk, 'kim@example.com');
    await press(desk, tokenOf(desk));
    const asked = asking(desk).map(({ to }) => to);
    await press(desk, tokenOf(desk, 1));

    expect(half.body).toContain('+49 *** 3456');
    expect(between).toEqual(['kim@example.com']);
    expect(asked).toEqual([{ email: 'kim@example.com' }, { phone: '+4930123456' }]);
    expect(await identities(desk, '+4930123456')).toEqual(['+4930123456', 'kim@example.com']);
  });

  test('the holder of one side cannot answer for the other', async () => {
    const desk = aChannelDesk();
    await call(desk)(aPost(desk, aCall(desk)));

    for (let index = 0; index < 3; index += 1) await press(desk, tokenOf(desk));

    expect(await identities(desk, '+4930123456')).toEqual(['+4930123456']);
  });

  test('a chat with a typed address and a typed number belongs to the address, and nothing is linked', async () => {
    const desk = aChannelDesk();
    await chat(desk)(aPost(desk, aChat({ email: 'kim@example.com', phone: '+49 30 123456' })));

    await press(desk, tokenOf(desk));

    expect(asking(desk).map(({ to }) => to)).toEqual([{ phone: '+4930123456' }, { email: 'kim@example.com' }]);
    expect(await identities(desk, 'kim@example.com')).toEqual(['kim@example.com']);
  });
});

test('a typed name links nobody', async () => {
  const desk = aChannelDesk();
  await chat(desk)(aPost(desk, aChat({ email: 'kim@example.com', name: 'Kim' })));
  await chat(desk)(aPost(desk, aChat({ id: 'Visitor-7', name: 'Kim' }, 'c-2')));
  await text(desk)(aPost(desk, { messageId: 'm', from: '+4930123456', text: 'Kim here', at: '2026-11-23T07:59:00Z' }));

  expect(desk.memory.customers.filter(({ linkedTo, links }) => linkedTo ?? links)).toEqual([]);
  expect(asking(desk)).toEqual([]);
});

test('the page speaks the languages of the desk, with what may be strange kept apart', async () => {
  const desk = aChannelDesk();
  await chat(desk)(aPost(desk, aChat({ id: '<b>7</b>', email: 'kim@example.com' })));
  const read = async (language: string) =>
    (await show(desk)(aRequest({ path: { token: tokenOf(desk) }, headers: { 'accept-language': language } }))).body ??
    '';

  const [english, german, persian] = await Promise.all([read('en'), read('de'), read('fa')]);

  expect(english).toMatch(/<html lang="en" dir="ltr">/);
  expect(german).toMatch(/<html lang="de" dir="ltr">/);
  expect(persian).toMatch(/<html lang="fa" dir="rtl">/);
  expect(english).toContain('<bdi>&lt;b&gt;7&lt;/b&gt; (chat)</bdi>');
});
