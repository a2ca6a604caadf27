import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningDesk } from '../../local/client/running-desk.ts';
import { act, broken, countOf, openTicket, seen, startDesk } from '../support/journey.ts';

let desk: RunningDesk;
beforeAll(async () => {
  desk = await startDesk();
  await desk.control('POST', 'faults', [{ service: 'streams', twice: true }]);
}, 120_000);
afterAll(() => desk.stop());

const escalationsOf = async (id: string) =>
  (await desk.executions('escalation')).filter(({ name }) => name.startsWith(`${id}-`));

test('a ticket that is paused again and again is watched by one execution after the other, and its rung climbed once', async () => {
  const id = await openTicket(desk, 'patient@shop.example');
  for (let n = 0; n < 5; n += 1) {
    await desk.move({ advance: 'PT1H' });
    await act(desk, 'hold', id, { waitingFor: n % 2 === 0 ? 'customer' : 'third-party' });
    await desk.move({ advance: 'PT1H' });
    await act(desk, 'resume', id);
  }
  const { dueAt } = (await seen(desk, id)).ticket.clock.firstReply;

  await desk.move({ to: dueAt });

  const view = await seen(desk, id);
  const moves = view.events.filter(({ type }) => type === 'escalated');
  const executions = await escalationsOf(id);
  const histories = await Promise.all(
    executions.map(async ({ name }) => (await desk.control('GET', `executions/${name}`)).history.length),
  );
  expect(moves.map(({ at }) => at)).toEqual([dueAt]);
  expect(countOf(view, 'paused')).toBe(5);
  expect(executions.length).toBeGreaterThan(2);
  expect(executions.map(({ name }) => name)).toEqual(
    executions.map((_, index) => `${id}-1-escalation${index === 0 ? '' : `-${index + 1}`}`),
  );
  expect(executions.map(({ status }) => status)).toEqual(
    executions.map((_, index) => (index === executions.length - 1 ? 'RUNNING' : 'SUCCEEDED')),
  );
  expect(Math.max(...histories)).toBeLessThanOrEqual(40);
  expect(await broken(desk)).toEqual([]);
}, 120_000);

test('the clock does not go back: an earlier instant is refused and nothing happens', async () => {
  const before = await desk.now();
  const calls = async () => (await desk.control('GET', 'meter')).transitions;
  const counted = await calls();

  const answer = await desk.request('POST', '/_local/clock', { to: '2026-01-01T00:00:00Z' });

  expect(answer.status).toBe(422);
  expect(await desk.now()).toBe(before);
  expect(await calls()).toEqual(counted);
});
