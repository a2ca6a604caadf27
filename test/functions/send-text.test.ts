import { expect, test } from 'vitest';
import { NoTextSent, TextRefused, type TextService } from '../../adapters/sns/text-service.ts';
import { MINUTE } from '../../domain/support/time.ts';
import { lengthOf } from '../../domain/texts/segments.ts';
import { reply } from '../../domain/ticket/acts/reply.ts';
import { contextNow } from '../../functions/_shared/desk.ts';
import { build as call } from '../../functions/receive-call/handler.ts';
import { build as text } from '../../functions/receive-text/handler.ts';
import { build as acknowledge } from '../../functions/send-acknowledgement/handler.ts';
import { build } from '../../functions/send-text/handler.ts';
import { build as triage } from '../../functions/triage-ticket/handler.ts';
import { aChannelDesk, aPost, type ChannelDesk } from '../support/channel-posts.ts';
import { granted } from '../support/decisions.ts';
import { orders } from '../support/orders.ts';

const done = { batchItemFailures: [] };
const put = { batchItemFailures: [{ itemIdentifier: 'm0' }] };

/** A desk with a text message owed, and an SNS that can be told to fail. */
const aTextingDesk = async (from = '+4930123456') => {
  const desk = aChannelDesk();
  const out: Array<{ to: string; words: string }> = [];
  const trouble: Error[] = [];
  const service: TextService = {
    send: async (sent) => {
      const error = trouble.shift();
      if (error) throw error;
      out.push(sent);
      return `sns-${out.length}`;
    },
  };
  const texting = { ...desk, service, out, trouble };
  const at = '2026-11-23T07:59:00Z';
  await text(texting)(aPost(texting, { messageId: 'm-1', from, text: 'The payment fails.', at }));
  await triage(texting)({ ticketId: 'T-000001' });
  await acknowledge(texting)({ ticketId: 'T-000001' });
  return { texting, key: 'ack#T-000001' };
};

const answered = async (desk: ChannelDesk, body: string): Promise<string> => {
  const ledger = await desk.tickets.ledger('T-000001');
  if (!ledger) throw new Error('There is no ticket.');
  const letterhead = await desk.links.letterhead(ledger.ticket, desk.clock.at);
  const change = granted(reply(ledger, { ...letterhead, agent: 'ada', agentName: 'Ada', body }, contextNow(desk)));
  await desk.tickets.record(change);
  return change.mails?.[0]?.key ?? '';
};

const notSent = (desk: ChannelDesk) => desk.memory.events.filter(({ type }) => type === 'not-sent');

test('nobody reads that a reply is late after the reply, by text either', async () => {
  const { texting, key } = await aTextingDesk();
  const owed = texting.memory.mails.get(key) ?? expect.fail('nothing is owed');
  const times = { dueAt: texting.clock.at, until: texting.clock.at };
  const content = { template: 'late' as const, subject: 'Payment', link: 'https://desk.example.com/t/x', ...times };
  for (const late of ['late#1', 'late#2']) texting.memory.mails.set(late, { ...owed, key: late, content });

  await build(texting)(orders('late#1'));
  await answered(texting, 'It works again.');
  await build(texting)(orders('late#2'));

  expect(texting.out).toHaveLength(1);
  expect(texting.memory.mails.get('late#2')?.status).toBe('suppressed');
  expect(notSent(texting)).toEqual([]);
});

test('a text is acknowledged by a text with the ticket and its link, once, however often its order comes', async () => {
  const { texting, key } = await aTextingDesk();

  const first = await build(texting)(orders(key));
  const second = await build(texting)(orders(key, key));

  expect([first, second]).toEqual([done, done]);
  expect(texting.out).toHaveLength(1);
  expect(texting.out[0]?.to).toBe('+4930123456');
  expect(texting.out[0]?.words).toMatch(/T-000001: [\s\S]*\nhttps:\/\/desk\.example\.com\/t\/[\w-]+$/);
  expect(texting.out[0]?.words).not.toMatch(/reply to this email|Hello/);
  expect(texting.memory.mails.get(key)).toMatchObject({
    status: 'sent',
    messageId: 'sns-1',
    to: { phone: '+4930123456' },
  });
  expect(texting.memory.events.filter(({ type }) => type === 'acknowledged')).toHaveLength(1);
});

test('an agent answers by text, in their own words; a long answer is read behind its link', async () => {
  const { texting } = await aTextingDesk();
  const short = await answered(texting, 'Please try again now.');
  const long = await answered(texting, `Please read this. ${'It goes on. '.repeat(400)}`);

  await build(texting)(orders(short, long));

  const words = texting.out.map((sent) => sent.words);
  expect(words[0]).toContain('T-000001: Please try again now.\nAda, Example Support\nhttps://');
  expect(words[1]).toMatch(/Please read this\.[\s\S]*\.\.\.\nhttps:\/\/desk\.example\.com\/t\/[\w-]+$/);
  expect(lengthOf(words[1] ?? '').segments).toBeLessThanOrEqual(6);
});

test('a number that asked for no text messages gets none, and the ticket says so, once', async () => {
  const { texting, key } = await aTextingDesk();
  await texting.textOptOuts.say('+4930123456', 'stop', texting.clock.at);
  const answer = await answered(texting, 'Please try again now.');

  await build(texting)(orders(key, answer));
  await build(texting)(orders(key, answer));

  expect(texting.out).toEqual([]);
  expect(texting.memory.mails.get(key)).toMatchObject({ status: 'suppressed' });
  expect(notSent(texting)).toMatchObject([
    { what: 'acknowledgement', why: 'texts-refused', mail: key },
    { what: 'reply', why: 'texts-refused', mail: answer },
  ]);
});

test('a sender that dies between telling the ticket and settling the text tells it once', async () => {
  const { texting, key } = await aTextingDesk();
  await texting.textOptOuts.say('+4930123456', 'stop', texting.clock.at);
  const dying = { ...texting.outbox, settle: () => Promise.reject(new Error('killed')) };

  const first = await build({ ...texting, outbox: dying })(orders(key));
  const second = await build(texting)(orders(key));

  expect([first, second]).toEqual([put, done]);
  expect(notSent(texting)).toHaveLength(1);
});

test('what SNS did not take now goes with the next attempt', async () => {
  const { texting, key } = await aTextingDesk();
  texting.trouble.push(new NoTextSent({ cause: new Error('Throttled') }));

  const first = await build(texting)(orders(key));
  const second = await build(texting)(orders(key));

  expect([first, second, texting.out.length]).toEqual([put, done, 1]);
});

test('what SNS refuses for good is settled, and the ticket says so', async () => {
  const { texting, key } = await aTextingDesk();
  texting.trouble.push(new TextRefused({ cause: new Error('InvalidParameter') }));

  const result = await build(texting)(orders(key));

  expect([result, texting.memory.mails.get(key)?.status]).toEqual([done, 'failed']);
  expect(notSent(texting)).toMatchObject([{ why: 'not-taken', mail: key }]);
});

test('an attempt of unknown end holds the text back for ten minutes, and after three of them it counts as not sent', async () => {
  const { texting, key } = await aTextingDesk();
  texting.trouble.push(new Error('socket hang up'), new Error('socket hang up'), new Error('socket hang up'));
  const attempts = [];
  for (let index = 0; index < 3; index += 1) {
    attempts.push(await build(texting)(orders(key)), await build(texting)(orders(key)));
    texting.pass(11 * MINUTE);
  }

  const last = await build(texting)(orders(key));

  expect(attempts.slice(0, 5)).toEqual([put, put, put, put, put]);
  expect([last, texting.out.length, texting.memory.mails.get(key)?.status]).toEqual([done, 0, 'failed']);
  expect(notSent(texting)).toHaveLength(1);
});

test('two senders at once send one', async () => {
  const { texting, key } = await aTextingDesk();

  await Promise.all([build(texting)(orders(key)), build(texting)(orders(key))]);

  expect(texting.out).toHaveLength(1);
});

test('a number gets so many automatic texts a day, and every answer of a person', async () => {
  const { texting, key } = await aTextingDesk();
  const ledger = await texting.tickets.ledger('T-000001');
  for (let index = 0; index < 10; index += 1)
    await texting.budgets.take(ledger?.ticket.customer.id ?? '', 'text', 10, texting.clock.at);
  const answer = await answered(texting, 'Please try again now.');

  await build(texting)(orders(key, answer));

  expect(texting.out.map((sent) => sent.words)).toEqual([expect.stringContaining('Please try again now.')]);
  expect(notSent(texting)).toMatchObject([{ what: 'acknowledgement', why: 'texts-refused' }]);
});

test('a call that was left open is acknowledged by text, one that was answered is not', async () => {
  const desk = aChannelDesk();
  const aCall = (callId: string, outcome: string) => ({
    callId,
    startedAt: '2026-11-23T07:40:00Z',
    seconds: 30,
    agent: desk.agents[0]?.id,
    customer: { phone: '+4930123456' },
    summary: 'The payment fails.',
    outcome,
  });
  await call(desk)(aPost(desk, aCall('1', 'open')));
  await call(desk)(aPost(desk, aCall('2', 'answered')));
  const outcomes = [];
  for (const ticketId of ['T-000001', 'T-000002']) {
    await triage(desk)({ ticketId });
    outcomes.push((await acknowledge(desk)({ ticketId })).outcome);
  }

  expect(outcomes).toEqual(['owed', 'not-wanted']);
  expect([...desk.memory.mails.values()].map(({ to }) => to)).toEqual([{ phone: '+4930123456' }]);
});
