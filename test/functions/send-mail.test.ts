import PostalMime from 'postal-mime';
import { expect, test } from 'vitest';
import type { OwedMail } from '../../domain/mail/owed.ts';
import { MINUTE } from '../../domain/support/time.ts';
import { reply } from '../../domain/ticket/acts/reply.ts';
import { build as acknowledge } from '../../functions/send-acknowledgement/handler.ts';
import { build } from '../../functions/send-mail/handler.ts';
import { granted } from '../support/decisions.ts';
import { orders } from '../support/orders.ts';
import { aDesk, anOpenTicket, type Desk, refuse } from './support.ts';

const anOwedMail = async (desk: Desk): Promise<string> => {
  const ticketId = await anOpenTicket(desk);
  await acknowledge(desk)({ ticketId });
  return `ack#${ticketId}`;
};

const done = { batchItemFailures: [] };

test('an owed mail is sent once, however often its order comes', async () => {
  const desk = aDesk();
  const key = await anOwedMail(desk);

  const first = await build(desk)(orders(key));
  const second = await build(desk)(orders(key, key));

  expect([first, second]).toEqual([done, done]);
  expect(desk.sent.map(({ to, key: tagged }) => [to, tagged])).toEqual([['kim@example.com', key]]);
  expect(desk.memory.mails.get(key)).toMatchObject({ status: 'sent', messageId: 'ses-1', attempts: 1 });
});

test('what goes out is a mail of the thread that can be answered', async () => {
  const desk = aDesk();
  const key = await anOwedMail(desk);

  await build(desk)(orders(key));

  const mail = await PostalMime.parse(desk.sent[0]?.raw ?? '');
  const header = (name: string) => mail.headers.find(({ key: each }) => each === name)?.value;
  expect(mail.subject).toContain('[T-000001]');
  expect(mail.to).toEqual([{ address: 'kim@example.com', name: 'Kim' }]);
  expect(mail.from?.address).toBe('support@desk.example.com');
  expect(mail.text).toContain('T-000001');
  expect(mail.html).toContain('T-000001');
  expect(header('references')).toBe('<ticket.T-000001@desk.example.com>');
  expect(header('auto-submitted')).toBe('auto-replied');
  expect(header('reply-to')).toMatch(/^support\+t-000001\.[0-9a-z]{26}@desk\.example\.com$/);
});

test("a line break in somebody's name ends no header, encoded or not", async () => {
  const desk = aDesk();
  const key = await anOwedMail(desk);
  const owed = desk.memory.mails.get(key);
  if (owed && 'email' in owed.to) owed.to = { ...owed.to, name: 'Kim\r\nBcc: x@y.example' };

  await build(desk)(orders(key));

  const mail = await PostalMime.parse(desk.sent[0]?.raw ?? '');
  expect(mail.to).toEqual([{ address: 'kim@example.com', name: 'Kim Bcc: x@y.example' }]);
});

test('a mail without a reply address of its own gets that of its ticket', async () => {
  const desk = aDesk();
  const key = await anOwedMail(desk);
  const { replyTo, ...mail } = desk.memory.mails.get(key) ?? expect.fail('nothing is owed');
  desk.memory.mails.set(key, mail);

  await build(desk)(orders(key));

  expect(Buffer.from(desk.sent[0]?.raw ?? '').toString()).toContain(`Reply-To: ${replyTo}`);
});

/** `late` owes the customer the word that the reply is late, `answer` gives them the reply. */
const aLateDesk = async () => {
  const desk = aDesk();
  const ticketId = await anOpenTicket(desk);
  const owed = desk.memory.mails.get(await anOwedMail(desk)) ?? expect.fail('nothing is owed');
  const { links, policy, ids, clock } = desk;
  const late = (key: string, over: Partial<OwedMail> = {}) => {
    const times = { dueAt: clock.at, until: clock.at };
    desk.memory.mails.set(key, {
      ...owed,
      key,
      ticketId,
      content: { template: 'late', subject: 'Log in', link: 'https://desk.example.com/t/x', ...times },
      ...over,
    });
    return key;
  };
  const answer = async () => {
    const ledger = (await desk.tickets.ledger(ticketId)) ?? expect.fail('there is no ticket');
    const letterhead = await links.letterhead(ledger.ticket, clock.at);
    const said = { ...letterhead, agent: 'ada', agentName: 'Ada', body: 'It works again.' };
    await desk.tickets.record(granted(reply(ledger, said, { policy, ids, now: clock.at })));
  };
  return { desk, late, answer };
};

test('nobody reads that a reply is late after the reply: what queues held back is not sent then', async () => {
  const { desk, late, answer } = await aLateDesk();

  await build(desk)(orders(late('late#1')));
  await answer();
  const settled = await build(desk)(orders(late('late#2')));

  expect(settled).toEqual(done);
  expect(desk.sent.map(({ key }) => key)).toEqual(['late#1']);
  expect(desk.memory.mails.get('late#2')?.status).toBe('suppressed');
});

test('a word of lateness that a sender had claimed is not called unsent after the reply: it may have gone out', async () => {
  const { desk, late, answer } = await aLateDesk();
  const key = late('late#1', { status: 'sending', claimedAt: desk.clock.at });
  await answer();
  desk.pass(11 * MINUTE);

  await build(desk)(orders(key));

  expect(desk.memory.mails.get(key)?.status).toBe('sent');
});

test('a suppressed address is not written to, and its ticket says what was not sent, once', async () => {
  const desk = aDesk();
  const key = await anOwedMail(desk);
  await desk.suppressions.add('kim@example.com', 'bounce', desk.clock.at);

  const dies = { ...desk.outbox, settle: () => Promise.reject(new Error('The function died.')) };
  await build({ ...desk, outbox: dies })(orders(key));
  const answer = await build(desk)(orders(key));

  expect(answer).toEqual(done);
  expect(desk.sent).toEqual([]);
  expect(desk.memory.mails.get(key)?.status).toBe('suppressed');
  expect(desk.memory.events.filter(({ type }) => type === 'not-sent')).toMatchObject([
    { what: 'acknowledgement', why: 'address-suppressed', mail: key, by: 'rule:mail.suppressed@1' },
  ]);
});

test('what a colleague was not told, whose address is suppressed, is no matter of the ticket', async () => {
  const desk = aDesk();
  const key = await anOwedMail(desk);
  const owed = desk.memory.mails.get(key) ?? expect.fail('nothing is owed');
  owed.content = { template: 'call-customer', subject: 'Card refused', why: 'no-address', score: '1' };
  await desk.suppressions.add('kim@example.com', 'bounce', desk.clock.at);

  await build(desk)(orders(key));

  expect(desk.memory.mails.get(key)?.status).toBe('suppressed');
  expect(desk.memory.events.map(({ type }) => type)).not.toContain('not-sent');
});

test('a mail that may be under way comes back, until its claim has died', async () => {
  const desk = aDesk();
  const key = await anOwedMail(desk);
  const lost = { ...desk, office: { send: () => Promise.reject(new Error('socket hang up')) } };
  await build(lost)(orders(key));

  desk.pass(10 * MINUTE);
  const living = await build(desk)(orders(key));
  desk.pass(1);
  const dead = await build(desk)(orders(key));

  expect(living).toEqual({ batchItemFailures: [{ itemIdentifier: 'm0' }] });
  expect(dead).toEqual(done);
  expect(desk.sent).toHaveLength(1);
});

test('a claim left by a crash after sending is settled by the Send event, and nothing is sent again', async () => {
  const desk = aDesk();
  const key = await anOwedMail(desk);
  const crashing = { ...desk.outbox, settle: () => Promise.reject(new Error('killed')) };
  await build({ ...desk, outbox: crashing })(orders(key));
  await desk.outbox.settle(key, { status: 'sent', messageId: 'ses-1', at: desk.clock.at });
  desk.pass(60 * MINUTE);

  const answer = await build(desk)(orders(key));

  expect(answer).toEqual(done);
  expect(desk.sent).toHaveLength(1);
});

test('a mail that SES did not take is free again at once', async () => {
  const desk = aDesk();
  const key = await anOwedMail(desk);
  const refusing = { ...desk, office: { send: () => Promise.reject(refuse) } };

  const refused = await build(refusing)(orders(key));
  const taken = await build(desk)(orders(key));

  expect(refused.batchItemFailures).toHaveLength(1);
  expect(taken).toEqual(done);
  expect(desk.sent).toHaveLength(1);
});

test('one that fails does not hold up its batch', async () => {
  const desk = aDesk();
  const [one, two] = [await anOwedMail(desk), await anOwedMail(desk)];
  const broken = desk.memory.mails.get(one) ?? expect.fail('nothing is owed');
  desk.memory.mails.set(one, { ...broken, anchor: 'broken' });

  const answer = await build(desk)(orders(one, two));

  expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'm0' }] });
  expect(desk.sent.map(({ key }) => key)).toEqual([two]);
  expect(desk.memory.mails.get(one)?.status).toBe('owed');
});

test('an order for a mail that is no more is done', async () => {
  const desk = aDesk();

  expect(await build(desk)(orders('ack#T-NOBODY'))).toEqual(done);
});
