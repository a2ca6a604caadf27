import { describe, expect, test } from 'vitest';
import { HOUR, MINUTE } from '../../domain/support/time.ts';
import { resolve } from '../../domain/ticket/acts/resolve.ts';
import { contextNow } from '../../functions/_shared/desk.ts';
import { build as call } from '../../functions/receive-call/handler.ts';
import { build as chat } from '../../functions/receive-chat/handler.ts';
import { build as mention } from '../../functions/receive-mention/handler.ts';
import { build as text } from '../../functions/receive-text/handler.ts';
import { build as triage } from '../../functions/triage-ticket/handler.ts';
import { aChannelDesk, aPost, type ChannelDesk } from '../support/channel-posts.ts';
import { granted } from '../support/decisions.ts';
import { statusOf } from './refused.ts';
import { parsed } from './support.ts';

type Build = (desk: ChannelDesk) => ReturnType<typeof chat>;

const turn = (author: string, said: string, minute = 0, name = author === 'agent' ? 'Ada Lind' : 'Kim') => ({
  at: `2026-11-23T07:${String(30 + minute).padStart(2, '0')}:00Z`,
  author,
  name,
  text: said,
});
const aChat = (desk: ChannelDesk, over: object = {}) => ({
  conversationId: 'c-1',
  customer: { email: 'kim@example.com', name: 'Kim' },
  transcript: [
    turn('bot', 'How can we help?', 0, 'Helper'),
    turn('customer', 'My payment fails.', 1),
    turn('agent', 'I will look.', 2, desk.agents[0]?.name),
    turn('customer', 'Thank you.', 3),
  ],
  ...over,
});
const aMention = {
  network: 'mastodon',
  handle: '@kim@social.example',
  url: 'https://social.example/@kim/1',
  text: 'The payment at @desk fails.',
  at: '2026-11-23T07:55:00Z',
};
const aText = { messageId: 'm-1', from: '+4930123456', text: 'The payment fails.', at: '2026-11-23T07:59:00Z' };
const aCall = (desk: ChannelDesk, over: object = {}) => ({
  callId: 'call-1',
  startedAt: '2026-11-23T07:40:00Z',
  seconds: 185,
  agent: desk.agents[0]?.id,
  customer: { phone: '+49 30 123456', name: 'Kim' },
  summary: 'The payment fails. We tried another card.',
  outcome: 'answered',
  ...over,
});

const post = async (desk: ChannelDesk, build: Build, body: unknown) => {
  const answer = await build(desk)(aPost(desk, body));
  return { status: answer.statusCode, ...Object(parsed(answer)) };
};

const ticketOf = (desk: ChannelDesk, id = 'T-000001') => desk.memory.tickets.get(id);
const typesOf = (desk: ChannelDesk) => desk.memory.events.map(({ type }) => type);
const resolved = async (desk: ChannelDesk, id = 'T-000001') => {
  await triage(desk)({ ticketId: id });
  const ledger = await desk.tickets.ledger(id);
  if (!ledger) throw new Error(id);
  await desk.tickets.record(granted(resolve(ledger, { agent: 'ada' }, contextNow(desk))));
};

describe('the same thing of a channel makes one ticket', () => {
  test.each<[string, Build, (desk: ChannelDesk) => unknown]>([
    ['chat', chat, (desk) => aChat(desk)],
    ['mention', mention, () => aMention],
    ['call', call, (desk) => aCall(desk)],
    ['text', text, () => aText],
  ])(
    '%s: twenty posts at once, and one a while later with a new signature, are answered equally',
    async (_, build, body) => {
      const desk = aChannelDesk();

      const answers = await Promise.all(Array.from({ length: 20 }, () => post(desk, build, body(desk))));
      desk.pass(3 * HOUR);
      answers.push(await post(desk, build, body(desk)));

      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
      expect(answers[0]).toMatchObject({ status: 201, ticket: { id: expect.stringMatching(/^T-/) } });
      expect(desk.memory.tickets.size).toBe(1);
      expect(desk.memory.customers).toHaveLength(1);
      expect(new Set(desk.memory.messages.map((each) => each.text)).size).toBe(desk.memory.messages.length);
    },
  );

  test.each<[string, Build, (desk: ChannelDesk) => unknown, (desk: ChannelDesk) => unknown]>([
    ['call', call, (desk) => aCall(desk), (desk) => aCall(desk, { seconds: 186 })],
    ['text', text, () => aText, () => ({ ...aText, text: 'Something else.' })],
    ['mention of another writer', mention, () => aMention, () => ({ ...aMention, handle: '@lee', text: 'Mine.' })],
  ])('%s: other content under its id is refused', async (_, build, first, second) => {
    const desk = aChannelDesk();
    await post(desk, build, first(desk));

    const status = await statusOf(post(desk, build, second(desk)));

    expect([status, desk.memory.tickets.size, desk.memory.messages.length]).toEqual([409, 1, 1]);
  });

  test('one identity that opens tickets without end is stopped for the day', async () => {
    const desk = aChannelDesk();
    for (let index = 0; index < 100; index += 1) await post(desk, call, aCall(desk, { callId: `call-${index}` }));

    const refused = post(desk, call, aCall(desk, { callId: 'one-more' }));

    expect([await statusOf(refused), desk.memory.tickets.size]).toEqual([429, 100]);
  });
});

describe('chat', () => {
  test('the whole transcript is kept, with who said what and when', async () => {
    const desk = aChannelDesk();
    const agent = desk.agents[0]?.id;

    await post(desk, chat, aChat(desk));

    const customer = desk.memory.customers[0]?.id;
    expect(
      desk.memory.messages.map(({ direction, author, saidBy, text: said, at }) => [
        direction,
        author,
        saidBy?.as,
        said,
        at,
      ]),
    ).toEqual([
      ['out', 'rule:chat.bot@1', 'bot', 'How can we help?', '2026-11-23T07:30:00.000Z'],
      ['in', `customer:${customer}`, 'customer', 'My payment fails.', '2026-11-23T07:31:00.000Z'],
      ['out', `agent:${agent}`, 'agent', 'I will look.', '2026-11-23T07:32:00.000Z'],
      ['in', `customer:${customer}`, 'customer', 'Thank you.', '2026-11-23T07:33:00.000Z'],
    ]);
    expect(ticketOf(desk)).toMatchObject({
      channel: 'chat',
      subject: 'My payment fails.',
      customer: { email: 'kim@example.com' },
    });
    expect(typesOf(desk)).toEqual(['opened', 'customer-replied', 'transcribed', 'customer-thanked']);
  });

  test('an agent of the team who answered in the chat has kept the first promise, and is named for it', async () => {
    const desk = aChannelDesk();

    await post(desk, chat, aChat(desk));
    await triage(desk)({ ticketId: 'T-000001' });

    expect(ticketOf(desk)).toMatchObject({
      clock: { firstReply: { target: 'PT1H', state: 'met' } },
      firstRepliedAt: desk.clock.at,
      lastRepliedBy: desk.agents[0]?.id,
    });
  });

  test.each([
    ['a bot', turn('bot', 'We are on it.', 2, 'Helper')],
    ['somebody who is not of the team', turn('agent', 'We are on it.', 2, 'Nobody Known')],
  ])('what %s says answers nobody', async (_, said) => {
    const desk = aChannelDesk();

    await post(desk, chat, aChat(desk, { transcript: [turn('customer', 'Help'), said] }));

    expect(ticketOf(desk)).toMatchObject({ clock: { firstReply: { state: 'running' } } });
    expect(desk.memory.messages[1]).toMatchObject({ direction: 'out', saidBy: { name: said.name } });
  });

  test('a transcript that comes again and longer adds what is new, in its order, once', async () => {
    const desk = aChannelDesk();
    const whole = aChat(desk, {
      transcript: [...aChat(desk).transcript, turn('customer', 'Thank you.', 3), turn('customer', 'And?', 4)],
    });

    await post(desk, chat, aChat(desk));
    await Promise.all([post(desk, chat, whole), post(desk, chat, whole), post(desk, chat, aChat(desk))]);

    expect(desk.memory.messages.map((each) => each.text)).toEqual([
      'How can we help?',
      'My payment fails.',
      'I will look.',
      'Thank you.',
      'Thank you.',
      'And?',
    ]);
    expect(desk.memory.tickets.size).toBe(1);
  });

  test('only the last part of a transcript adds what is new as well', async () => {
    const desk = aChannelDesk();
    await post(desk, chat, aChat(desk));

    await post(
      desk,
      chat,
      aChat(desk, { transcript: [turn('customer', 'Thank you.', 3), turn('customer', 'And?', 4)] }),
    );

    expect(desk.memory.messages.map((each) => each.text).slice(3)).toEqual(['Thank you.', 'And?']);
  });

  test('a transcript longer than one transaction is kept whole', async () => {
    const desk = aChannelDesk();
    const transcript = Array.from({ length: 300 }, (_, index) =>
      turn(index % 2 ? 'bot' : 'customer', `${index}`, index % 30),
    );

    await post(desk, chat, aChat(desk, { transcript }));

    expect(desk.memory.messages.map((each) => each.text)).toEqual(transcript.map((each) => each.text));
    expect(desk.memory.tickets.size).toBe(1);
  });

  test.each([
    ['ten thousand turns', { transcript: Array.from({ length: 10_000 }, () => turn('bot', 'x')) }],
    ['a thousand turns and one', { transcript: Array.from({ length: 1001 }, () => turn('bot', 'x')) }],
    ['no turn', { transcript: [] }],
    ['an author that is none', { transcript: [turn('system', 'x')] }],
    ['a name of a kilometre', { transcript: [turn('customer', 'x', 0, 'x'.repeat(201))] }],
    ['a turn that has not come', { transcript: [{ ...turn('customer', 'x'), at: '2026-11-24T08:00:00Z' }] }],
    ['a customer with fields of others', { customer: { vip: true } }],
  ])('%s is refused', async (_, over) => {
    const desk = aChannelDesk();

    const status = await statusOf(post(desk, chat, aChat(desk, over)));

    expect([[413, 422].includes(status), desk.memory.tickets.size]).toEqual([true, 0]);
  });

  test('somebody who says nothing of themselves is known by the conversation', async () => {
    const desk = aChannelDesk();

    await post(desk, chat, aChat(desk, { customer: {} }));

    expect(ticketOf(desk)?.customer).toMatchObject({ handle: { network: 'chat', name: 'c-1' } });
    expect(ticketOf(desk)?.customer).not.toHaveProperty('email');
  });

  test('a chat that goes on reopens its ticket, and after the window becomes another one', async () => {
    const desk = aChannelDesk();
    const more = (...said: string[]) =>
      aChat(desk, {
        transcript: [...aChat(desk).transcript, ...said.map((each, index) => turn('customer', each, 5 + index))],
      });
    await post(desk, chat, aChat(desk));
    await resolved(desk);

    const inTime = await post(desk, chat, more('Broken again.'));
    const reopened = ticketOf(desk)?.status;
    await resolved(desk);
    desk.pass(15 * 24 * HOUR);
    const late = await post(desk, chat, more('Broken again.', 'And again.'));
    const later = await post(desk, chat, more('Broken again.', 'And again.', 'Hello?'));

    expect([inTime.ticket.id, reopened]).toEqual(['T-000001', 'open']);
    expect([late.ticket.id, later.ticket.id]).toEqual(['T-000002', 'T-000002']);
    expect(ticketOf(desk, 'T-000002')).toMatchObject({ followUpOf: 'T-000001', subject: 'And again.' });
    expect(desk.memory.messages.filter(({ ticketId }) => ticketId === 'T-000002').map((each) => each.text)).toEqual([
      'And again.',
      'Hello?',
    ]);
  });

  test('a bot that closes the chat reopens nothing', async () => {
    const desk = aChannelDesk();
    await post(desk, chat, aChat(desk));
    await resolved(desk);

    await post(desk, chat, aChat(desk, { transcript: [...aChat(desk).transcript, turn('bot', 'Bye.', 9, 'Helper')] }));

    expect(ticketOf(desk)).toMatchObject({ status: 'resolved', cycle: 1 });
    expect(desk.memory.messages).toHaveLength(5);
  });

  test('a customer who goes on answers the ticket that waits for them', async () => {
    const desk = aChannelDesk();
    await post(desk, chat, aChat(desk));
    await triage(desk)({ ticketId: 'T-000001' });
    const waiting = ticketOf(desk);
    if (waiting?.status !== 'open') throw new Error('It is not open.');
    desk.memory.tickets.set(waiting.id, { ...waiting, status: 'pending', pausedAt: desk.clock.at });

    await post(desk, chat, aChat(desk, { transcript: [...aChat(desk).transcript, turn('customer', 'Here.', 9)] }));

    expect(ticketOf(desk)?.status).toBe('open');
    expect(typesOf(desk).slice(-2)).toEqual(['customer-replied', 'resumed']);
  });
});

test('what a chat whose clock runs ahead tells is kept as said now', async () => {
  const desk = aChannelDesk();
  const ahead = { ...turn('customer', 'Help'), at: '2026-11-23T08:09:00Z' };

  await post(desk, chat, aChat(desk, { transcript: [ahead] }));

  expect(desk.memory.messages[0]?.at).toBe(desk.clock.at);
});

describe('social', () => {
  test('a mention keeps its address, and its handle is who wrote it', async () => {
    const desk = aChannelDesk();

    await post(desk, mention, aMention);

    expect(ticketOf(desk)).toMatchObject({
      channel: 'social',
      subject: 'The payment at @desk fails.',
      customer: { handle: { network: 'mastodon', name: 'kim@social.example' } },
      clock: { firstReply: { target: 'PT4H' } },
    });
    expect(desk.memory.messages[0]).toMatchObject({ url: aMention.url, text: aMention.text });
    expect(desk.memory.customers[0]).toMatchObject({ provenAt: desk.clock.at });
  });

  test('an edited mention adds what it says now, once', async () => {
    const desk = aChannelDesk();
    const edited = { ...aMention, text: 'It works now.' };
    await post(desk, mention, aMention);

    const answers = [
      await post(desk, mention, edited),
      await post(desk, mention, edited),
      await post(desk, mention, aMention),
    ];

    expect(answers.map(({ ticket }) => ticket.id)).toEqual(['T-000001', 'T-000001', 'T-000001']);
    expect(desk.memory.messages.map((each) => each.text)).toEqual([aMention.text, 'It works now.']);
  });

  test.each(['javascript:alert(1)', 'ftp://x.example', 'not a url', ''])('the address %s is refused', async (url) => {
    const desk = aChannelDesk();

    expect(await statusOf(post(desk, mention, { ...aMention, url }))).toBe(422);
  });
});

describe('phone', () => {
  test('a call that was answered is kept with its length and outcome, and its first promise is met by who took it', async () => {
    const desk = aChannelDesk();
    const agent = desk.agents[0];

    await post(desk, call, aCall(desk, { agent: agent?.name }));

    expect(ticketOf(desk)).toMatchObject({
      channel: 'phone',
      subject: 'The payment fails. We tried another card.',
      customer: { phone: '+4930123456', name: 'Kim' },
      clock: { firstReply: { state: 'met' } },
    });
    expect(desk.memory.messages[0]).toMatchObject({
      author: `agent:${agent?.id}`,
      call: { startedAt: '2026-11-23T07:40:00.000Z', seconds: 185, outcome: 'answered' },
    });
    expect(desk.memory.events[0]).toMatchObject({ by: `agent:${agent?.id}`, answered: true });
  });

  test('a call left open has its clock running', async () => {
    const desk = aChannelDesk();

    await post(desk, call, aCall(desk, { outcome: 'open' }));

    expect(ticketOf(desk)).toMatchObject({ clock: { firstReply: { target: 'PT4H', state: 'running' } } });
    expect(desk.memory.messages[0]?.author).toBe(`agent:${desk.agents[0]?.id}`);
  });

  test.each([
    ['somebody who is not of the team', { agent: 'mallory' }],
    ['a call that ends before it begins', { seconds: -1 }],
    ['a call of two days', { seconds: 172_800 }],
    ['half a second', { seconds: 0.5 }],
    ['an outcome that is none', { outcome: 'busy' }],
    ['no number', { customer: { email: 'kim@example.com' } }],
  ])('%s is refused', async (_, over) => {
    const desk = aChannelDesk();

    expect([await statusOf(post(desk, call, aCall(desk, over))), desk.memory.tickets.size]).toEqual([422, 0]);
  });
});

describe('text messages', () => {
  test('a text joins the ticket its number is talking on, and opens another when that is resolved', async () => {
    const desk = aChannelDesk();

    const first = await post(desk, text, aText);
    const second = await post(desk, text, { ...aText, messageId: 'm-2', text: 'Hello?' });
    await resolved(desk);
    const third = await post(desk, text, { ...aText, messageId: 'm-3', text: 'Something else.' });
    const fourth = await post(desk, text, { ...aText, messageId: 'm-4', text: 'Of this kind.' });

    expect([first, second, third, fourth].map(({ ticket }) => ticket.id)).toEqual([
      'T-000001',
      'T-000001',
      'T-000002',
      'T-000002',
    ]);
    expect(desk.memory.messages.map(({ ticketId, text: said }) => [ticketId, said])).toEqual([
      ['T-000001', 'The payment fails.'],
      ['T-000001', 'Hello?'],
      ['T-000002', 'Something else.'],
      ['T-000002', 'Of this kind.'],
    ]);
  });

  test('many texts of one number at once make one ticket', async () => {
    const desk = aChannelDesk();

    await Promise.all(
      Array.from({ length: 6 }, (_, index) =>
        post(desk, text, { ...aText, messageId: `m-${index}`, text: `${index}` }),
      ),
    );

    expect([desk.memory.tickets.size, desk.memory.messages.length]).toEqual([1, 6]);
  });

  test('a text that names a ticket of its sender joins that ticket, by whichever way it came', async () => {
    const desk = aChannelDesk();
    await post(desk, call, aCall(desk));
    await post(desk, text, aText);

    const named = await post(desk, text, { ...aText, messageId: 'm-2', text: 'About t-000001: it works.' });

    expect(named.ticket.id).toBe('T-000001');
    expect(desk.memory.messages.at(-1)).toMatchObject({ ticketId: 'T-000001', channel: 'sms' });
  });

  test("a text that names somebody else's ticket does not", async () => {
    const desk = aChannelDesk();
    await post(desk, mention, aMention);

    const named = await post(desk, text, { ...aText, text: 'Please send the answer of T-000001 here.' });

    expect(named.ticket.id).toBe('T-000002');
    expect(desk.memory.messages.filter(({ ticketId }) => ticketId === 'T-000001')).toHaveLength(1);
  });

  test('once both are shown to be one person, it does', async () => {
    const desk = aChannelDesk();
    await post(desk, mention, aMention);
    await post(desk, text, aText);
    const [one, other] = desk.memory.customers;
    await desk.persons.link(one?.id ?? '', other?.id ?? '', desk.clock.at);

    const named = await post(desk, text, { ...aText, messageId: 'm-2', text: 'T-000001 works.' });

    expect(named.ticket.id).toBe('T-000001');
  });

  test.each([
    ['STOP', 'stopped', true],
    [' stop. ', 'stopped', true],
    ['لغو', 'stopped', true],
    ['UNSTOP', 'started', false],
  ])('%s is a wish, and no ticket', async (word, texts, has) => {
    const desk = aChannelDesk();

    const answer = await post(desk, text, { ...aText, text: word });

    expect(answer).toEqual({ status: 200, texts });
    expect(await desk.textOptOuts.has('+4930123456')).toBe(has);
    expect([desk.memory.tickets.size, desk.memory.customers.length]).toEqual([0, 0]);
  });

  test('a sentence with such a word in it is a message', async () => {
    const desk = aChannelDesk();

    const answer = await post(desk, text, { ...aText, text: 'Please stop the payment' });

    expect(answer.status).toBe(201);
    expect(await desk.textOptOuts.has('+4930123456')).toBe(false);
  });

  test('a STOP that is delivered again after START changes nothing', async () => {
    const desk = aChannelDesk();
    const stop = { ...aText, text: 'STOP', at: '2026-11-23T07:50:00Z' };
    await post(desk, text, stop);
    await post(desk, text, { ...aText, messageId: 'm-2', text: 'START', at: '2026-11-23T07:55:00Z' });
    desk.pass(MINUTE);

    await post(desk, text, stop);

    expect(await desk.textOptOuts.has('+4930123456')).toBe(false);
  });
});
