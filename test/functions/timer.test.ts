import { expect, test } from 'vitest';
import { DAY, HOUR, MINUTE, plus } from '../../domain/support/time.ts';
import { build as climb } from '../../functions/climb-the-ladder/handler.ts';
import { aDesk, anOpenTicket } from './support.ts';

/** A ticket whose next rung is due at `at`. */
const due = async () => {
  const desk = aDesk();
  const ticketId = await anOpenTicket(desk);
  const at = desk.memory.tickets.get(ticketId)?.lookAgainAt ?? expect.fail('nothing is owed');
  const climbed = () => desk.memory.events.filter(({ type }) => type === 'warned').map((event) => event.at);
  return { desk, ticketId, at, climbed };
};

test('a clock that runs behind climbs nothing before its time, and says so', async () => {
  const { desk, ticketId, at, climbed } = await due();
  desk.clock.at = plus(at, -10 * MINUTE);

  await expect(climb(desk)({ ticketId, cycle: 1, at })).rejects.toMatchObject({ name: 'ClockBehind' });
  expect(climbed()).toEqual([]);
});

test('a clock that runs ahead climbs nothing before its time by the clock that woke it', async () => {
  const { desk, ticketId, at, climbed } = await due();
  desk.clock.at = plus(at, 9 * MINUTE);

  const early = await climb(desk)({ ticketId, cycle: 1, at: plus(at, -MINUTE) });
  const before = climbed();
  await climb(desk)({ ticketId, cycle: 1, at });

  expect([early.outcome, early.lookAgainAt, before]).toEqual(['waited', at, []]);
  expect(climbed()).toEqual([at]);
});

test('a call that is hours late is as late as it is', async () => {
  const { desk, ticketId, at, climbed } = await due();
  desk.clock.at = plus(at, 3 * HOUR);

  await climb(desk)({ ticketId, cycle: 1, at });

  expect(climbed()).toEqual([plus(at, 3 * HOUR)]);
});

test('an execution of a definition that does not say when it woke is told by this clock', async () => {
  const { desk, ticketId, at, climbed } = await due();
  desk.clock.at = at;

  await climb(desk)({ ticketId, cycle: 1 });

  expect(climbed()).toEqual([at]);
});

test('a timer never acts at an instant before the last change of its ticket', async () => {
  const { desk, ticketId, at, climbed } = await due();
  const ticket = desk.memory.tickets.get(ticketId) ?? expect.fail('no ticket');
  desk.memory.tickets.set(ticketId, { ...ticket, updatedAt: plus(at, 2 * MINUTE) });
  desk.clock.at = plus(at, 5 * MINUTE);

  await climb(desk)({ ticketId, cycle: 1, at });

  expect(climbed()).toEqual([plus(at, 2 * MINUTE)]);
});

test('a timer that fires twice, or long after the answer, does nothing more', async () => {
  const { desk, ticketId, at, climbed } = await due();
  desk.clock.at = at;

  await climb(desk)({ ticketId, cycle: 1, at });
  const again = await climb(desk)({ ticketId, cycle: 1, at });
  desk.clock.at = plus(at, DAY);
  const ofOldCycle = await climb(desk)({ ticketId, cycle: 0, at: desk.clock.at });

  expect(again.outcome).toBe('waited');
  expect(ofOldCycle).toMatchObject({ outcome: 'nothing-owed', owed: 'nothing' });
  expect(climbed()).toEqual([at]);
});
