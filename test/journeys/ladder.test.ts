import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningDesk } from '../../local/client/running-desk.ts';
import { act, broken, linkIn, mailsTo, openTicket, seen, startDesk } from '../support/journey.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const LINA = 'lina@desk.example.com';
const outage = { impact: 'all', urgency: 'now' };

let desk: RunningDesk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());

const later = (instant: string, ms: number): string => new Date(Date.parse(instant) + ms).toISOString();
const wait = async (instant: string, ms: number): Promise<void> => {
  await desk.move({ to: later(instant, ms) });
};
const addressOf = async (agent: string): Promise<string> => {
  const { agents } = (await desk.as('lina', 'lead', 'GET', '/desk/team')).json;
  return agents.find(({ id }: { id: string }) => id === agent).email;
};
const noticesTo = async (address: string, id: string) =>
  (await mailsTo(desk, address)).filter(({ subject }) => subject.includes(id));
/** The rungs of a promise, with the minutes after the ticket was opened. */
const climbs = async (id: string, promise = 'firstReply') => {
  const { ticket, events } = await seen(desk, id);
  return events
    .filter((event) => (event.type === 'escalated' || event.type === 'warned') && event.promise === promise)
    .map(({ rung, at }) => [rung, (Date.parse(at) - Date.parse(ticket.createdAt)) / MINUTE]);
};

test('an urgent ticket that nobody acknowledges climbs early, rung by rung, and is told of once each', async () => {
  const id = await openTicket(desk, 'unheard@shop.example', outage);
  const { createdAt } = (await seen(desk, id)).ticket;

  await wait(createdAt, 3 * HOUR - MINUTE);

  expect(await climbs(id)).toEqual([
    ['warn-50', 30],
    ['warn-group-80', 48],
    ['move-100', 60],
    ['call-lead-30m', 75],
    ['move-1h', 90],
  ]);
  expect(await noticesTo(LINA, id)).toHaveLength(2);
  await act(desk, 'replies', id, { body: 'Sorry.', then: 'resolved' }, 'lina');
});

test('acknowledged by the link of the mail, the noise rests; the clock and the move of the ticket do not', async () => {
  const id = await openTicket(desk, 'heard@shop.example', outage);
  const { createdAt } = (await seen(desk, id)).ticket;
  await wait(createdAt, 61 * MINUTE);
  const owner = (await seen(desk, id)).ticket.assignee;
  const mail = (await noticesTo(await addressOf(owner), id)).at(-1);
  const path = linkIn(mail, 'a');

  for (const method of ['HEAD', 'OPTIONS']) await desk.request(method, path);
  const looked = await desk.request('GET', path, undefined, { accept: 'text/html' });
  const before = (await seen(desk, id)).events.filter(({ type }) => type === 'escalation-acknowledged');
  const pressed = await desk.request('POST', path, new URLSearchParams({ notice: 'seen' }), { accept: 'text/html' });
  await desk.settle();
  await wait(createdAt, 2 * HOUR - 1);
  const rested = await climbs(id);
  await wait(createdAt, 2 * HOUR);
  const moved = await seen(desk, id);

  expect([looked.status, pressed.status]).toEqual([200, 200]);
  expect(before).toEqual([]);
  expect(moved.events.filter(({ type }) => type === 'escalation-acknowledged')).toMatchObject([
    { agent: owner, by: `agent:${owner}`, rung: 'move-100', promise: 'firstReply' },
  ]);
  expect(rested.map(([rung]) => rung)).toEqual(['warn-50', 'warn-group-80', 'move-100']);
  expect((await climbs(id)).slice(3, 4)).toEqual([['move-1h', 120]]);
  expect(moved.ticket.clock.firstReply.state).toBe('breached');
  await act(desk, 'replies', id, { body: 'Sorry.', then: 'resolved' }, 'lina');
});

test('a ticket that a person placed after the warning stays there: the lead hears of it, and the moves are counted', async () => {
  const id = await openTicket(desk, 'placed@shop.example');
  const { createdAt } = (await seen(desk, id)).ticket;
  await wait(createdAt, 20 * HOUR);
  await act(desk, 'transfer', id, { to: 'dana' }, 'lina');

  await wait(createdAt, 24 * HOUR);

  const { ticket, events } = await seen(desk, id);
  expect(ticket).toMatchObject({ group: 'advanced', assignee: 'dana', moves: 1 });
  expect(events.findLast(({ type }) => type === 'escalated')).toMatchObject({
    rung: 'move-100',
    stays: 'placed-by-hand',
    told: ['dana', 'lina'],
  });
  expect(await noticesTo(LINA, id)).toHaveLength(1);
  await act(desk, 'replies', id, { body: 'Sorry.', then: 'resolved' }, 'dana');
});

test('a ticket that becomes less urgent after its warning is watched on: nobody is warned twice, and it moves when it is due', async () => {
  const id = await openTicket(desk, 'lowered@shop.example');
  const { createdAt, assignee } = (await seen(desk, id)).ticket;
  await wait(createdAt, 20 * HOUR);

  await act(desk, 'prioritise', id, { priority: 'P4' });
  await wait(createdAt, 24 * HOUR);

  expect(await climbs(id)).toEqual([
    ['warn-80', 19.2 * 60],
    ['move-100', 24 * 60],
  ]);
  expect(await noticesTo(await addressOf(assignee), id)).toHaveLength(1);
  expect(await broken(desk)).toEqual([]);
  await act(desk, 'replies', id, { body: 'Sorry.', then: 'resolved' }, 'lina');
});

test('an engineer is left alone in the night, and told at the second it is over if it still matters', async () => {
  const start = await desk.now();
  // Eleven o'clock in Berlin: four fifths of a day later it is twelve minutes past six.
  await desk.move({ to: `${later(start, 24 * HOUR).slice(0, 10)}T10:00:00.000Z` });
  const id = await openTicket(desk, 'night@shop.example');
  const answered = await openTicket(desk, 'answered@shop.example');
  for (const each of [id, answered]) await act(desk, 'transfer', each, { to: 'ivo' }, 'lina');
  const { createdAt } = (await seen(desk, id)).ticket;
  const morning = `${later(createdAt, 24 * HOUR).slice(0, 10)}T07:00:00.000Z`;
  await wait(createdAt, 20 * HOUR);
  await act(desk, 'replies', answered, { body: 'It works again.', then: 'resolved' }, 'lina');

  await desk.move({ to: later(morning, -1) });
  const asleep = await noticesTo('ivo@desk.example.com', id);
  await desk.move({ to: morning });

  const { events } = await seen(desk, id);
  expect(asleep).toEqual([]);
  expect(events.find(({ type }) => type === 'warned')).toMatchObject({
    told: [],
    held: [{ agent: 'ivo', until: morning }],
  });
  expect(events.find(({ type }) => type === 'notice-given')).toMatchObject({ at: morning, told: ['ivo'] });
  expect(await noticesTo('ivo@desk.example.com', id)).toHaveLength(1);
  expect(await noticesTo('ivo@desk.example.com', answered)).toEqual([]);
  expect(await broken(desk)).toEqual([]);
});
