import { describe, expect, test } from 'vitest';
import { DAY } from '../../domain/support/time.ts';
import { acts } from '../../functions/desk-api/acts.ts';
import { joiningActs } from '../../functions/desk-api/joining-acts.ts';
import { build as showTicket } from '../../functions/show-ticket/handler.ts';
import { act } from './acting.ts';
import { conversation, deliver, replyAddressOf } from './mail-in.ts';
import { aDesk, anOpenTicket, aRequest, type Desk } from './support.ts';

const stranger = { from: 'Ben <ben@example.com>', source: 'ben@example.com' };

/** A ticket that waits for its customer, and a note that a stranger's mail became. */
const aQuarantined = async (desk: Desk): Promise<{ id: string; message: string }> => {
  const id = await anOpenTicket(desk);
  await act(desk, acts.replies, id, { body: 'Which browser?', then: 'pending' });
  await deliver(desk, { ...stranger, subject: `Re: [${id}]`, text: 'Firefox.' });
  return { id, message: desk.memory.messages.at(-1)?.id ?? '' };
};

const latest = (desk: Desk, message: string) => desk.memory.messages.findLast(({ id }) => id === message);

test('accepted, a quarantined mail joins the conversation and wakes the ticket as if it had just come', async () => {
  const desk = aDesk();
  const { id, message } = await aQuarantined(desk);

  const answer = await act(desk, acts.quarantine, id, { message, accept: true });

  expect(answer.statusCode).toBe(200);
  expect(latest(desk, message)).toMatchObject({ direction: 'in', text: 'Firefox.', from: 'ben@example.com' });
  expect(latest(desk, message)).not.toHaveProperty('quarantined');
  expect(desk.memory.tickets.get(id)?.status).toBe('open');
  expect(desk.memory.events.slice(-3).map(({ type, by }) => [type, by.split(':')[0]])).toEqual([
    ['quarantine-accepted', 'agent'],
    ['customer-replied', 'customer'],
    ['resumed', 'customer'],
  ]);
});

test('declined, it stays a note, and the ticket as it is', async () => {
  const desk = aDesk();
  const { id, message } = await aQuarantined(desk);

  await act(desk, acts.quarantine, id, { message, accept: false });

  expect(latest(desk, message)).toMatchObject({ direction: 'note', quarantined: 'sender-is-no-participant' });
  expect(desk.memory.tickets.get(id)?.status).toBe('pending');
  expect(desk.memory.events.at(-1)).toMatchObject({ type: 'quarantine-declined', by: 'agent:ada' });
});

test('its sender becomes no participant by it, nor does anybody in To or Cc', async () => {
  const desk = aDesk();
  const { id, message } = await aQuarantined(desk);
  await act(desk, acts.quarantine, id, { message, accept: true });

  await deliver(desk, { subject: `[${id}]`, headers: ['Cc: ben@example.com'] });
  await deliver(desk, { ...stranger, subject: `Re: [${id}]`, text: 'And Chrome.' });

  expect(desk.memory.messages.at(-1)).toMatchObject({ direction: 'note', text: 'And Chrome.' });
});

test.each([
  [
    'accepted twice',
    async (desk: Desk, id: string, message: string) => {
      await act(desk, acts.quarantine, id, { message, accept: true });
      return message;
    },
  ],
  ['a message of the conversation', async (desk: Desk) => conversation(desk)[0]?.id ?? ''],
  ['a message that is not there', async () => '01JNOTHING'],
])('%s is a conflict', async (_, prepare) => {
  const desk = aDesk();
  const { id, message } = await aQuarantined(desk);
  const which = await prepare(desk, id, message);

  await expect(act(desk, acts.quarantine, id, { message: which, accept: true })).rejects.toMatchObject({ status: 409 });
  await expect(act(desk, acts.quarantine, id, { message: which, accept: false })).rejects.toMatchObject({
    status: 409,
  });
});

describe('on a ticket that holds a part of another customer', () => {
  const ofTwo = async () => {
    const desk = aDesk();
    const sam = await desk.customers.byAddress('sam@example.com', {}, desk.clock.now(), desk.ids.ulid());
    const [part, survivor] = [await anOpenTicket(desk), await anOpenTicket(desk, { customer: sam })];
    const kim = desk.memory.tickets.get(part)?.customer.id ?? '';
    return { desk, part, survivor, kim, sam: sam.id };
  };
  const merge = ({ desk, part, survivor }: Awaited<ReturnType<typeof ofTwo>>) =>
    act(desk, joiningActs.merge, part, { into: survivor, confirm: true });
  const pageOf = async (desk: Desk, id: string): Promise<string> => {
    const ticket = desk.memory.tickets.get(id) ?? expect.fail('no ticket');
    const token = (await desk.links.ticket(ticket, desk.clock.at)).split('/t/')[1] ?? '';
    const event = aRequest({ path: { token }, headers: { accept: 'text/html' } });
    return (await showTicket({ ...desk, agents: new Map() })(event)).body ?? '';
  };
  const sams = { from: 'Sam <sam@example.com>', source: 'sam@example.com' };

  test('a mail to the address of the part is its customer’s, and nobody else’s', async () => {
    const two = await ofTwo();
    const { desk, part, survivor, kim } = two;
    const to = await replyAddressOf(desk, part);
    await merge(two);

    await deliver(desk, { to, text: 'Kim again.' });
    await deliver(desk, { to, ...sams, text: 'Sam for Kim.' });

    expect(desk.memory.messages.slice(-2)).toMatchObject([
      { ticketId: survivor, direction: 'in', author: `customer:${kim}`, text: 'Kim again.' },
      { ticketId: part, direction: 'note', quarantined: 'sender-is-no-participant', text: 'Sam for Kim.' },
    ]);
  });

  test.each([
    ['for the part is its customer’s', 'part', stranger, 'kim'],
    ['for the ticket itself is its customer’s', 'survivor', stranger, 'sam'],
    ['from the address of the part’s customer is theirs', 'survivor', {}, 'kim'],
    ['from the address of the ticket’s customer is theirs', 'part', sams, 'sam'],
  ] as const)('an accepted mail %s', async (_, where, mail, whose) => {
    const two = await ofTwo();
    const { desk } = two;
    await merge(two);
    await deliver(desk, { subject: `Re: [${two[where]}]`, text: 'Firefox.', verdicts: { dmarc: 'GRAY' }, ...mail });
    const note = desk.memory.messages.at(-1);

    await act(desk, acts.quarantine, two.survivor, { message: note?.id ?? '', accept: true });

    expect(note).toMatchObject({ direction: 'note', text: 'Firefox.' });
    expect(latest(desk, note?.id ?? '')).toMatchObject({ direction: 'in', author: `customer:${two[whose]}` });
    expect(desk.memory.events.at(-1)).toMatchObject({ ticketId: two.survivor, by: `customer:${two[whose]}` });
    const readers = { kim: await pageOf(desk, two.part), sam: await pageOf(desk, two.survivor) };
    expect(Object.entries(readers).flatMap(([who, page]) => (page.includes('Firefox.') ? [who] : []))).toEqual([whose]);
  });

  test('one that was put aside before the two were merged can still be accepted', async () => {
    const two = await ofTwo();
    const { desk, part, survivor, kim } = two;
    await deliver(desk, { ...stranger, subject: `Re: [${part}]`, text: 'Firefox.' });
    const message = desk.memory.messages.at(-1)?.id ?? '';
    await merge(two);

    await act(desk, acts.quarantine, survivor, { message, accept: true });

    expect(latest(desk, message)).toMatchObject({ direction: 'in', ticketId: part, author: `customer:${kim}` });
  });

  test('a mail that comes too late for it is the sequel of the part', async () => {
    const two = await ofTwo();
    const { desk, part, survivor } = two;
    const to = await replyAddressOf(desk, part);
    await merge(two);
    await act(desk, acts.resolve, survivor, { cause: 'c', solution: 's', check: 'k' });
    desk.pass(60 * DAY);

    await deliver(desk, { to, text: 'Again.' });

    expect([...desk.memory.tickets.values()].at(-1)).toMatchObject({ followUpOf: part });
  });

  test('an answer of the desk refers to no mail of the other', async () => {
    const two = await ofTwo();
    const { desk, part, survivor } = two;
    await deliver(desk, { ...sams, id: '<sam-1@example.com>', subject: `[${survivor}]` });
    const to = await replyAddressOf(desk, part);
    await merge(two);
    await deliver(desk, { id: '<kim-1@example.com>', to });

    await act(desk, acts.replies, survivor, { body: 'Try again.' });

    expect([...desk.memory.mails.values()].at(-1)).toMatchObject({ inReplyTo: '<sam-1@example.com>' });
  });
});

describe('a ticket that its customer’s mails keep reopening', () => {
  const resolve = (desk: Desk, id: string) => act(desk, acts.resolve, id, { cause: 'c', solution: 's', check: 'k' });

  const reopenOften = async (desk: Desk): Promise<string> => {
    const id = await anOpenTicket(desk);
    for (let round = 0; round <= desk.policy.mailLimits.reopeningsADay; round += 1) {
      await resolve(desk, id);
      await deliver(desk, { subject: `Re: [${id}]` });
    }
    return id;
  };

  test('rests after so many in a day, with the mail as a note', async () => {
    const desk = aDesk();
    const id = await reopenOften(desk);

    expect(desk.memory.tickets.get(id)).toMatchObject({ status: 'resolved', cycle: 4 });
    expect(desk.memory.messages.at(-1)).toMatchObject({ direction: 'note', quarantined: 'reopened-too-often' });
  });

  test('and may be reopened on the next one', async () => {
    const desk = aDesk();
    const id = await reopenOften(desk);
    desk.pass(DAY + 1);

    await deliver(desk, { to: await replyAddressOf(desk, id) });

    expect(desk.memory.tickets.get(id)?.status).toBe('open');
  });
});
