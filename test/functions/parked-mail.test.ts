import { describe, expect, test } from 'vitest';
import { DAY } from '../../domain/support/time.ts';
import { parkedMails } from '../../functions/desk-api/parked.ts';
import { build as openParked } from '../../functions/open-parked/handler.ts';
import { build as acknowledge } from '../../functions/send-acknowledgement/handler.ts';
import { build as triage } from '../../functions/triage-ticket/handler.ts';
import { ada } from './acting.ts';
import { conversation, deliver, type Mail, parkedBecause } from './mail-in.ts';
import { aDesk, anOpenTicket, aRequest, type Desk, parsed } from './support.ts';

const claims = { username: 'ada', 'cognito:groups': '[agent]' };

const open = async (desk: Desk, store: Awaited<ReturnType<typeof deliver>>, body?: object) => {
  const [id = ''] = [...desk.memory.parked.keys()];
  return openParked({ ...desk, store })(aRequest({ path: { id }, claims, ...(body && { body }) }));
};

/** The acknowledgements owed after every ticket's intake. */
const acknowledged = async (desk: Desk): Promise<number> => {
  for (const ticketId of desk.memory.tickets.keys()) {
    await triage(desk)({ ticketId });
    await acknowledge(desk)({ ticketId });
  }
  return [...desk.memory.mails.keys()].filter((key) => key.startsWith('ack#')).length;
};

test('agents read what was parked, newest first, with its reason and without its key', async () => {
  const desk = aDesk();
  await deliver(desk, { subject: 'Away', headers: ['Auto-Submitted: auto-replied'] });
  desk.pass(1000);
  await deliver(desk, { subject: 'Offer', headers: ['List-Id: <news.example.com>'] });

  const answer = parsed(await parkedMails(aRequest({}), ada, desk));

  expect(answer).toEqual({
    parked: [
      expect.objectContaining({ why: 'list', subject: 'Offer', from: { email: 'kim@example.com', name: 'Kim' } }),
      expect.objectContaining({ why: 'automatic', subject: 'Away' }),
    ],
  });
  expect(JSON.stringify(answer)).not.toContain('in/ses');
});

test('of a parked mail no card number is kept, neither in its subject nor in the name of its sender', async () => {
  const desk = aDesk();

  await deliver(desk, {
    from: '"4111 1111 1111 1111" <kim@example.com>',
    subject: 'Card 4111 1111 1111 1111',
    headers: ['Auto-Submitted: auto-replied'],
  });

  expect([...desk.memory.parked.values()]).toMatchObject([
    { subject: 'Card **** **** **** 1111', from: { name: '**** **** **** 1111' } },
  ]);
});

test('a page of no list and one at no moment are refused', async () => {
  const desk = aDesk();
  const hash = 'a'.repeat(64);

  for (const next of ['x', `2026-99-99T99:99:99Z#${hash}`])
    await expect(parkedMails(aRequest({ query: { next } }), ada, desk)).rejects.toMatchObject({
      status: 422,
      errors: [{ path: 'next' }],
    });
});

test('a parked mail is parked once, however often it comes, and gone when its raw mail is', async () => {
  const desk = aDesk();
  const mail = { id: '<one@example.com>', headers: ['Auto-Submitted: auto-replied'] };
  await deliver(desk, mail);
  await deliver(desk, mail);

  const now = parsed(await parkedMails(aRequest({}), ada, desk));
  desk.pass(91 * DAY);
  const later = parsed(await parkedMails(aRequest({}), ada, desk));

  expect(now).toMatchObject({ parked: [{}] });
  expect(later).toEqual({ parked: [] });
});

test('what nothing proved is taken when it comes by a way that does', async () => {
  const desk = aDesk();
  const mail = { id: '<one@example.com>' };
  await deliver(desk, { ...mail, verdicts: { dmarc: 'FAIL' } });

  await deliver(desk, mail);
  await deliver(desk, { ...mail, verdicts: { dmarc: 'FAIL' } });

  expect(desk.memory.tickets.size).toBe(1);
});

describe('an agent makes a ticket of a parked mail after all', () => {
  test('which is not acknowledged, and is one ticket when asked for twice', async () => {
    const desk = aDesk();
    const store = await deliver(desk, { verdicts: { dmarc: 'FAIL' } });

    const [first, second] = [await open(desk, store), await open(desk, store)];

    expect([first.statusCode, second.statusCode]).toEqual([201, 200]);
    expect(parsed(second)).toMatchObject({ ticket: { id: [...desk.memory.tickets.keys()][0] } });
    expect(desk.memory.tickets.size).toBe(1);
    expect(await acknowledged(desk)).toBe(0);
  });

  test('also after a crash between the ticket and the note that it was made', async () => {
    const desk = aDesk();
    const store = await deliver(desk, { verdicts: { dmarc: 'FAIL' } });
    const parked = { ...desk.parked, opened: () => Promise.reject(new Error('crash')) };

    await expect(open({ ...desk, parked }, store)).rejects.toThrow('crash');
    const again = await open(desk, store);

    expect(again.statusCode).toBe(201);
    expect(desk.memory.tickets.size).toBe(1);
  });

  test('on the ticket that it names', async () => {
    const desk = aDesk();
    const id = await anOpenTicket(desk);
    const store = await deliver(desk, {
      subject: `Automatic reply: [${id}]`,
      headers: ['Auto-Submitted: auto-replied'],
    });

    const answer = await open(desk, store);

    expect(parsed(answer)).toMatchObject({ ticket: { id } });
    expect(conversation(desk)).toHaveLength(2);
  });

  test('under the sender that the agent names, where the mail names none', async () => {
    const desk = aDesk();
    const store = await deliver(desk, { from: 'undisclosed' });

    await expect(open(desk, store)).rejects.toMatchObject({ status: 422, errors: [{ path: 'email' }] });
    await expect(open(desk, store, { email: 'not an address' })).rejects.toMatchObject({ status: 422 });
    await open(desk, store, { email: 'kim@example.com' });

    expect([...desk.memory.tickets.values()]).toMatchObject([{ customer: { email: 'kim@example.com' } }]);
    expect(await desk.customers.find('kim@example.com')).not.toHaveProperty('provenAt');
  });

  test('but not of a virus, nor of a mail that is gone or was never parked', async () => {
    const desk = aDesk();
    const store = await deliver(desk, { verdicts: { virus: 'FAIL' } });
    const other = aDesk();
    const emptied = await deliver(other, { verdicts: { spam: 'FAIL' } });
    emptied.objects.clear();

    await expect(open(desk, store)).rejects.toMatchObject({ status: 409 });
    await expect(open(other, emptied)).rejects.toMatchObject({ status: 410 });
    await expect(open(aDesk(), store)).rejects.toMatchObject({ status: 404 });
  });

  test('and nobody but the team', async () => {
    const desk = aDesk();
    const store = await deliver(desk, { verdicts: { dmarc: 'FAIL' } });
    const [id = ''] = [...desk.memory.parked.keys()];

    const asked = openParked({ ...desk, store })(aRequest({ path: { id }, claims: { username: 'kim' } }));

    await expect(asked).rejects.toMatchObject({ status: 403 });
  });
});

test('a mail that no parser reads is parked with what its first lines tell, and becomes a file of a ticket', async () => {
  const desk = aDesk();
  const nested = Array.from(
    { length: 150 },
    (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n`,
  );
  const store = await deliver(desk, { raw: `From: kim@example.com\r\nSubject: Deep\r\n${nested.join('')}` });

  expect([...desk.memory.parked.values()]).toMatchObject([
    { why: 'unreadable', from: { email: 'kim@example.com' }, subject: 'Deep' },
  ]);
  await open(desk, store);
  expect(desk.memory.messages).toMatchObject([{ text: '(no text)', attachments: [{ name: 'message.eml' }] }]);
});

describe('one sender', () => {
  const mails = (desk: Desk, count: number, over: Mail = {}) =>
    Array.from({ length: count }, (_, n) => n).reduce<Promise<unknown>>(
      (before, n) => before.then(() => deliver(desk, { ...over, subject: `Round ${n}` })),
      Promise.resolve(),
    );

  test('that answers every acknowledgement gets no more of them than the policy says', async () => {
    const desk = aDesk();

    for (let round = 0; round < 50; round += 1) {
      await deliver(desk, { subject: `Round ${round}` });
      desk.pass(1000);
    }

    expect(desk.memory.tickets.size).toBe(50);
    expect(await acknowledged(desk)).toBe(desk.policy.mailLimits.acknowledgementsAnHour);
  });

  test('is heard again in the next hour, up to what a day allows', async () => {
    const desk = aDesk();
    const { acknowledgementsAnHour, acknowledgementsADay } = desk.policy.mailLimits;

    for (let hour = 0; hour < 10; hour += 1) {
      await mails(desk, acknowledgementsAnHour);
      desk.pass(3_600_000);
    }

    expect(await acknowledged(desk)).toBe(acknowledgementsADay);
  });

  test('opens so many tickets an hour; what is beyond is parked, and nobody else is', async () => {
    const desk = aDesk();
    const { newTicketsAnHour } = desk.policy.mailLimits;

    await mails(desk, newTicketsAnHour + 3);
    await deliver(desk, { from: 'ben@example.com' });

    expect(desk.memory.tickets.size).toBe(newTicketsAnHour + 1);
    expect(parkedBecause(desk)).toEqual(['too-many', 'too-many', 'too-many']);
  });

  test('whose mail comes again when they have written too many since has it on its ticket alone', async () => {
    const desk = aDesk();
    const { newTicketsAnHour } = desk.policy.mailLimits;
    await deliver(desk, { id: '<one@example.com>' });
    desk.pass(3_600_000);
    await mails(desk, newTicketsAnHour);

    await deliver(desk, { id: '<one@example.com>' });

    expect([desk.memory.tickets.size, desk.memory.parked.size]).toEqual([newTicketsAnHour + 1, 0]);
  });

  test('who asks for no automatic answer gets a ticket, and no acknowledgement', async () => {
    const desk = aDesk();

    await deliver(desk, { headers: ['X-Auto-Response-Suppress: All'] });

    expect(desk.memory.tickets.size).toBe(1);
    expect(await acknowledged(desk)).toBe(0);
  });
});
