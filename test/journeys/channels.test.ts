import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Answer, RunningDesk } from '../../local/client/running-desk.ts';
import { act, broken, countOf, mailsTo, openTicket, seen, startDesk, typesOf } from '../support/journey.ts';

let desk: RunningDesk;
let secrets: Map<string, string>;
/** A member of the team, as the desk names them. */
let ada: { id: string; name: string };

beforeAll(async () => {
  desk = await startDesk();
  const listed: Array<{ name: string; value: string }> = (await desk.control('GET', 'secrets')).secrets;
  secrets = new Map(listed.map(({ name, value }) => [name.replace(/^careline-local-channel-/, ''), value]));
  const team = await desk.as('lina', 'lead', 'GET', '/desk/team');
  ada = team.json.agents.find(({ id }: { id: string }) => id === 'ada');
}, 120_000);
afterAll(() => desk.stop());

const post = async (channel: string, body: unknown, over: { skew?: number; as?: string } = {}): Promise<Answer> => {
  const raw = JSON.stringify(body);
  const { now } = await desk.control('GET', 'clock');
  const time = String(Math.floor(Date.parse(now) / 1000) + (over.skew ?? 0));
  const mac = createHmac('sha256', secrets.get(over.as ?? channel) ?? '')
    .update(`${time}.${raw}`)
    .digest('hex');
  return desk.request('POST', `/channels/${channel}`, raw, {
    'x-careline-timestamp': time,
    'x-careline-signature': `v1=${mac}`,
  });
};

const textsTo = async (number: string): Promise<string[]> => {
  const { sms }: { sms: Array<{ to: string; text: string }> } = await desk.control('GET', 'sms');
  return sms.filter(({ to }) => to === number).map(({ text }) => text);
};

const at = '2026-11-23T07:30:00Z';
const aChat = (conversationId: string, more: object = {}) => ({
  conversationId,
  customer: { id: `visitor-${conversationId}`, email: `${conversationId}@shop.example` },
  transcript: [
    { at, author: 'bot', name: 'Helper', text: 'How can we help?' },
    { at, author: 'customer', name: 'Kim', text: 'My card is refused.' },
    { at, author: 'agent', name: ada.name, text: 'I will look.' },
  ],
  ...more,
});
const bodies: Record<string, (id: string) => unknown> = {
  chat: (id) => aChat(id),
  social: (id) => ({ network: 'mastodon', handle: `@${id}`, url: `https://social.example/${id}`, text: 'Help!', at }),
  phone: (id) => ({
    callId: id,
    startedAt: at,
    seconds: 60,
    agent: 'ada',
    customer: { phone: '+4930111111' },
    summary: 'Card refused.',
    outcome: 'open',
  }),
  sms: (id) => ({ messageId: id, from: '+4930222222', text: 'My card is refused.', at }),
};
const bodyOf = (channel: string, id: string): unknown => bodies[channel]?.(id);

describe.each(['chat', 'social', 'phone', 'sms'])('the channel %s', (channel) => {
  test('makes one ticket of one thing, sent twenty times at once and again later, each answered equally', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(channel, bodyOf(channel, 'twenty'))));
    answers.push(await post(channel, bodyOf(channel, 'twenty'), { skew: 7 }));

    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(201);
    const view = await seen(desk, answers[0]?.json.ticket.id);
    expect([view.ticket.channel, countOf(view, 'opened')]).toEqual([channel, 1]);
  });

  test('believes nobody else: another secret, a clock ten minutes off, no signature', async () => {
    const others = [...secrets.keys()].filter((name) => name !== channel);
    const answers = [
      ...(await Promise.all(others.map((as) => post(channel, bodyOf(channel, 'forged'), { as })))),
      await post(channel, bodyOf(channel, 'forged'), { skew: 600 }),
      await post(channel, bodyOf(channel, 'forged'), { skew: -600 }),
      await desk.request('POST', `/channels/${channel}`, bodyOf(channel, 'forged')),
    ];

    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(401);
    expect(answers[0]?.headers.get('content-type')).toBe('application/problem+json');
  });
});

test('a chat is kept with who said what, and an agent in it has kept the first promise', async () => {
  const { json } = await post('chat', aChat('kept'));
  await desk.settle();

  const view = await seen(desk, json.ticket.id);

  expect(view.messages.map(({ direction, text }) => [direction, text])).toEqual([
    ['out', 'How can we help?'],
    ['in', 'My card is refused.'],
    ['out', 'I will look.'],
  ]);
  expect(view.ticket.clock.firstReply).toMatchObject({ target: 'PT1H', state: 'met' });
});

test('a text is acknowledged and answered by text; STOP ends that, and the ticket says so', async () => {
  const from = '+4930333333';
  const { json } = await post('sms', { messageId: 'talk-1', from, text: 'My card is refused.', at });
  await desk.settle();
  await act(desk, 'replies', json.ticket.id, { body: 'Which card is it?' });
  const before = await textsTo(from);
  await post('sms', { messageId: 'talk-2', from, text: 'STOP', at });
  await act(desk, 'replies', json.ticket.id, { body: 'Are you there?' });

  const view = await seen(desk, json.ticket.id);

  expect(before).toHaveLength(2);
  expect(before[1]).toContain(`${json.ticket.id}: Which card is it?`);
  expect(await textsTo(from)).toEqual(before);
  expect(view.events.at(-1)).toMatchObject({ type: 'not-sent', what: 'reply', why: 'texts-refused' });
});

test('an address that a visitor names is theirs when its holder says so, and an agent can take that back', async () => {
  const address = 'both@shop.example';
  const mine = await openTicket(desk, address);
  const { json } = await post('chat', aChat('both'));
  await desk.settle();
  const ticketsOf = async (word: string): Promise<string[]> => {
    const answer = await desk.as('lina', 'lead', 'GET', `/desk/customers/${encodeURIComponent(word)}`);
    return answer.json.tickets.map(({ id }: { id: string }) => id).sort();
  };
  const alone = await ticketsOf(address);
  const mail = (await mailsTo(desk, address)).find(({ text }) => /\/i\//.test(text));
  const path = /https?:\/\/[^/\s]+(\/i\/[\w-]+)/.exec(mail?.text ?? '')?.[1] ?? '';
  const page = await desk.request('GET', path, undefined, { accept: 'text/html' });
  const looked = await ticketsOf(address);
  await desk.request('POST', path, new URLSearchParams({ both: 'mine' }));
  const together = await ticketsOf(address);
  await desk.as('lina', 'lead', 'POST', `/desk/customers/${encodeURIComponent(address)}/unlink`, {
    identity: 'chat:visitor-both',
  });

  expect([alone, looked]).toEqual([[mine], [mine]]);
  expect(page.text).toContain('<form method="post"');
  expect(together).toEqual([mine, json.ticket.id].sort());
  expect(await ticketsOf(address)).toEqual([mine]);
  expect(typesOf(await seen(desk, json.ticket.id))).toContain('identity-unlinked');
});

test('nothing was left broken', async () => {
  await desk.settle();

  expect(await broken(desk)).toEqual([]);
});
