import { describe, expect, test } from 'vitest';
import { DAY } from '../../domain/support/time.ts';
import { acts } from '../../functions/desk-api/acts.ts';
import { act } from './acting.ts';
import { conversation, deliver, replyAddressOf } from './mail-in.ts';
import { aDesk, anOpenTicket, type Desk } from './support.ts';

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
