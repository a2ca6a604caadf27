import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningDesk } from '../../local/client/running-desk.ts';
import {
  act,
  broken,
  countOf,
  linkIn,
  mailsTo,
  openTicket,
  rate,
  seen,
  startDesk,
  surveyMailTo,
  typesOf,
} from '../support/journey.ts';

const HOUR = 3_600_000;

let desk: RunningDesk;
/** Where the customer of the quickly solved ticket was asked for a rating, which nobody ever gives. */
let oldSurvey: string;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());

const plus = (instant: string, ms: number): string => new Date(Date.parse(instant) + ms).toISOString();

/** Where the execution that watches this cycle of the ticket stands. */
const stateOf = async (id: string, cycle = 1): Promise<string | undefined> =>
  (await desk.executions('escalation')).findLast(({ name }) => name.startsWith(`${id}-${cycle}-escalation`))?.state;

const promise = async (id: string, kind: 'firstReply' | 'nextReply' | 'resolution') =>
  (await seen(desk, id)).ticket.clock?.[kind];

const writeBack = async (email: string, text: string): Promise<void> => {
  const mail = (await mailsTo(desk, email)).at(-1);
  await desk.write({ from: email, to: mail?.headers['reply-to'] ?? '', subject: `Re: ${mail?.subject}`, text });
  await desk.settle();
};

const DEADLINES: Array<[string, string, Record<string, unknown>, number, number]> = [
  ['an ordinary ticket', 'plain@shop.example', {}, 24 * HOUR, 1],
  ['an urgent ticket', 'urgent@shop.example', { impact: 'all', urgency: 'now' }, HOUR, 2],
];

describe('a first reply that is owed', () => {
  test.each(DEADLINES)(
    '%s moves to the next tier at the due instant and not one millisecond before',
    async (_, email, more, target, warnings) => {
      const id = await openTicket(desk, email, more);
      const opened = await seen(desk, id);
      const due = plus(opened.ticket.createdAt, target);
      await desk.move({ to: plus(due, -1) });
      const before = await seen(desk, id);

      await desk.move({ to: due });

      const now = await seen(desk, id);
      const escalated = now.events.find(({ type }) => type === 'escalated');
      expect(opened.ticket.clock.firstReply).toMatchObject({ dueAt: due, state: 'running' });
      expect(countOf(before, 'warned')).toBe(warnings);
      expect(countOf(before, 'escalated')).toBe(0);
      expect(before.ticket.tier).toBe(opened.ticket.tier);
      expect(escalated).toMatchObject({ at: due, promise: 'firstReply', dueAt: due });
      expect(now.ticket.tier).toBe(Math.min(3, opened.ticket.tier + 1));
      expect(now.ticket.clock.firstReply.state).toBe('breached');
      expect(await stateOf(id)).toBe('Await First Reply');
      await act(desk, 'replies', id, { body: 'Sorry.', then: 'resolved' }, 'lina');
    },
  );

  test('answered before it is due, nothing ever climbs', async () => {
    const id = await openTicket(desk, 'quick@shop.example');

    await act(desk, 'replies', id, { body: 'Solved.', then: 'resolved' });
    await desk.move({ advance: 'PT1H' });
    oldSurvey = linkIn(await surveyMailTo(desk, 'quick@shop.example'), 's');
    const page = await desk.request('GET', oldSurvey);
    await desk.move({ advance: 'P3D' });

    const view = await seen(desk, id);
    expect(page.status).toBe(200);
    expect(typesOf(view)).not.toContain('warned');
    expect(typesOf(view)).not.toContain('escalated');
    expect(view.ticket.clock.firstReply.state).toBe('met');
  });
});

describe('a ticket that everybody forgets', () => {
  test('climbs every rung once and then costs nothing while nothing happens', async () => {
    await desk.control('DELETE', 'meter');
    const id = await openTicket(desk, 'forgotten@shop.example');
    await desk.move({ advance: 'P4D' });
    const { transitions: climbing } = await desk.control('GET', 'meter');
    const top = await seen(desk, id);

    await desk.move({ advance: 'P14D' });

    const view = await seen(desk, id);
    const { transitions } = await desk.control('GET', 'meter');
    expect(view.events).toEqual(top.events);
    expect(countOf(view, 'escalated')).toBe(8);
    expect(view.ticket.lookAgainAt).toBeUndefined();
    expect(transitions['careline-local-escalation']).toBe(climbing['careline-local-escalation']);
    await act(desk, 'replies', id, { body: 'Sorry.', then: 'resolved' }, 'lina');
  });
});

describe('a ticket that waits for somebody else', () => {
  test('does not breach while it waits for the customer, and owes the rest of the time afterwards', async () => {
    const email = 'patient@shop.example';
    const id = await openTicket(desk, email);
    await act(desk, 'replies', id, { body: 'Which browser is it?', then: 'pending' });
    const { dueAt } = await promise(id, 'resolution');
    const paused = await desk.now();
    const waiting = await stateOf(id);
    await desk.move({ to: plus(paused, 60 * HOUR) });
    const meanwhile = await seen(desk, id);

    await writeBack(email, 'Firefox.');

    const view = await seen(desk, id);
    const resumedAt = view.events.findLast(({ type }) => type === 'resumed')?.at ?? '';
    expect(waiting).toBe('Await Customer');
    expect(meanwhile.ticket).toMatchObject({ status: 'pending', tier: 1, clock: { resolution: { state: 'paused' } } });
    expect(typesOf(view)).not.toContain('escalated');
    expect(view.ticket.status).toBe('open');
    expect(view.ticket.clock.resolution).toMatchObject({
      state: 'running',
      dueAt: plus(dueAt, Date.parse(resumedAt) - Date.parse(paused)),
    });
    expect(await stateOf(id)).toBe('Await Resolution');
    await act(desk, 'resolve', id);
  });

  test('on hold it stands still until an agent takes it up again, and then the rest of its time runs', async () => {
    const id = await openTicket(desk, 'held@shop.example');
    const { dueAt } = await promise(id, 'firstReply');
    await act(desk, 'hold', id, { reason: 'The bank has to answer.' });
    const held = await desk.now();
    await desk.move({ to: plus(held, 48 * HOUR) });
    const meanwhile = await seen(desk, id);
    const waiting = await stateOf(id);

    await act(desk, 'resume', id);
    const due = plus(dueAt, 48 * HOUR);
    await desk.move({ to: plus(due, -1) });
    const before = await seen(desk, id);
    await desk.move({ to: due });

    expect(meanwhile.ticket).toMatchObject({ status: 'on-hold', tier: 1, clock: { firstReply: { state: 'paused' } } });
    expect(waiting).toBe('Await Third Party');
    expect(before.ticket).toMatchObject({ status: 'open', tier: 1, clock: { firstReply: { dueAt: due } } });
    expect((await seen(desk, id)).ticket.tier).toBe(2);
    await act(desk, 'replies', id, { body: 'Sorry.', then: 'resolved' }, 'lina');
  });
});

describe('a customer who writes again', () => {
  test('within the window reopens the ticket, and cycle 2 has a clock and an execution of its own', async () => {
    const email = 'back@shop.example';
    const id = await openTicket(desk, email);
    await act(desk, 'replies', id, { body: 'Solved.', then: 'resolved' });
    await desk.move({ advance: 'P13D' });

    await writeBack(email, 'It is broken again.');
    const reopened = await seen(desk, id);
    const due = plus(await desk.now(), 24 * HOUR);
    const state = await stateOf(id, 2);
    await desk.move({ to: due });

    const late = await seen(desk, id);
    expect(reopened.ticket).toMatchObject({ status: 'open', cycle: 2, tier: 1, clock: { firstReply: { dueAt: due } } });
    expect(state).toBe('Await First Reply');
    expect(late.ticket.tier).toBe(2);
    expect(late.events.filter(({ type }) => type === 'escalated').map(({ cycle }) => cycle)).toEqual([2]);
    await act(desk, 'replies', id, { body: 'Solved for good.', then: 'resolved' }, 'lina');
  });

  test('after the window gets a new ticket that is linked to the old one', async () => {
    const email = 'much-later@shop.example';
    const id = await openTicket(desk, email);
    await act(desk, 'replies', id, { body: 'Solved.', then: 'resolved' });
    await desk.move({ advance: 'P14DT1S' });

    await writeBack(email, 'Do you remember me?');

    const list = await desk.as('lina', 'lead', 'GET', `/desk/tickets?customer=${encodeURIComponent(email)}`);
    const [followUp] = list.json.tickets;
    expect(list.json.tickets).toHaveLength(2);
    expect(followUp).toMatchObject({ status: 'open', cycle: 1, followUpOf: id });
    expect((await seen(desk, id)).ticket).toMatchObject({ cycle: 1 });
    expect((await seen(desk, followUp.id)).messages[0]).toMatchObject({ text: 'Do you remember me?' });
  });

  test('by a survey link whose time is over is told so: on a page, or as a problem for a program', async () => {
    const program = await desk.request('GET', oldSurvey);
    const person = await desk.request('GET', oldSurvey, undefined, { accept: 'text/html' });
    const posted = await rate(desk, oldSurvey, { satisfaction: '1' });

    expect([program.status, person.status, posted.status]).toEqual([410, 410, 410]);
    expect(program.headers.get('content-type')).toContain('application/problem+json');
    expect(person.headers.get('content-type')).toContain('text/html');
  });

  test('and no execution has failed on the way', async () => {
    const red = await broken(desk);

    expect(red).toEqual([]);
  });
});
