import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningDesk } from '../../local/client/running-desk.ts';
import { act, broken, mailsTo, openTicket, seen, startDesk, typesOf } from '../support/journey.ts';

let desk: RunningDesk;

beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());

const frontline = ['ada', 'ben', 'farah'];

const presence = async (agent: string, way: 'away' | 'back'): Promise<void> => {
  const answer = await desk.as('lina', 'lead', 'POST', `/desk/team/${agent}/${way}`);
  expect(answer.status).toBe(200);
  await desk.settle();
};

test('five grave tickets of one category at once are one outage: all P1, the lead told once, later ones join', async () => {
  const grave = {
    subject: 'Invoice',
    body: 'The invoice is wrong.',
    category: 'payment',
    impact: 'team',
    urgency: 'high',
  };

  const five = await Promise.all(
    Array.from({ length: 5 }, (_, index) => openTicket(desk, `grave${index}@customer.example`, grave)),
  );
  const later = await openTicket(desk, 'later@customer.example', { subject: 'A question', body: 'My card?' });

  const views = await Promise.all([...five, later].map((id) => seen(desk, id)));
  expect(views.map(({ ticket }) => ticket.priority)).toEqual(Array.from({ length: 6 }, () => 'P1'));
  expect(views.flatMap(typesOf).filter((type) => type === 'outage-detected')).toHaveLength(1);
  expect(views.flatMap(typesOf).filter((type) => type === 'outage-joined')).toHaveLength(5);
  const told = (await mailsTo(desk, 'lina@desk.example.com')).filter(({ subject }) => subject.includes('Outage'));
  expect(told).toHaveLength(1);
});

test('an agent has the last word on priority, category and mood', async () => {
  const id = await openTicket(desk, 'word@customer.example', {
    subject: 'Parcel',
    body: 'It is late. This is ridiculous, I am angry!',
  });

  await act(desk, 'prioritise', id, { priority: 'P4', reason: 'A gift card.' });
  await act(desk, 'categorise', id, { category: 'payment' });
  await act(desk, 'label', id, { sentiment: 'neutral' });

  const { ticket, messages } = await seen(desk, id);
  expect(ticket).toMatchObject({ priority: 'P4', category: 'payment', sentiment: 'neutral' });
  expect(messages[0]).toMatchObject({ sentiment: 'neutral' });
  expect((await desk.as('ada', 'agent', 'POST', `/desk/tickets/${id}/prioritise`, { priority: 'P9' })).status).toBe(
    422,
  );
  expect((await desk.as('ada', 'agent', 'POST', `/desk/tickets/${id}/categorise`, { category: 'x' })).status).toBe(422);
});

test('with everybody away a ticket waits, and whoever comes back first is given it', async () => {
  for (const agent of frontline) await presence(agent, 'away');

  const id = await openTicket(desk, 'waits@customer.example', { subject: 'My parcel', body: 'Where is it?' });
  const waiting = await seen(desk, id);
  await presence('ben', 'back');

  expect(waiting.ticket.assignee).toBeUndefined();
  expect(waiting.events).toContainEqual(
    expect.objectContaining({ type: 'nobody-available', group: 'frontline', why: 'away' }),
  );
  expect((await seen(desk, id)).ticket.assignee).toBe('ben');
});

test('who leaves hands over what nobody has answered, and keeps what they have', async () => {
  await presence('ada', 'back');
  const give = async (email: string): Promise<string> => {
    const id = await openTicket(desk, email, { subject: 'Menu', body: 'The menu is confusing.' });
    if ((await seen(desk, id)).ticket.assignee !== 'ada') await act(desk, 'assign', id, { to: 'ada' }, 'lina');
    return id;
  };
  const [answered, open] = [await give('answered@customer.example'), await give('open@customer.example')];
  await act(desk, 'replies', answered, { body: 'We look into it.' });

  await presence('ada', 'away');

  expect((await seen(desk, answered)).ticket.assignee).toBe('ada');
  expect((await seen(desk, open)).ticket.assignee).toBe('ben');
});

test('mail about a ticket is in the language it was written in, and nothing broke on the way', async () => {
  await openTicket(desk, 'parisa@customer.example', {
    subject: 'پرداخت',
    body: 'پرداخت من انجام نشد و پول از حسابم کم شد.',
  });

  const [acknowledgement] = await mailsTo(desk, 'parisa@customer.example');
  expect(acknowledgement?.html).toContain('lang="fa" dir="rtl"');
  expect(await broken(desk)).toEqual([]);
});
