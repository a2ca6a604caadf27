import { expect, test } from 'vitest';
import { clockOf, standing } from '../../../domain/clock/standing.ts';
import { HOUR, type Instant, plus } from '../../../domain/support/time.ts';
import type { Happening } from '../../../domain/ticket/event.ts';
import type { Priority } from '../../../domain/ticket/ticket.ts';
import { anEvent, aPolicy, mondayAt9, someEvents } from '../../support/builders.ts';

/** So many hours after the ticket was opened. */
const hours = (count: number): Instant => plus(mondayAt9, count * HOUR);

const opened: Happening = { type: 'opened', channel: 'mail', message: 'm1' };
const replied: Happening = { type: 'replied', agent: 'ada', message: 'm2' };
const wrote: Happening = { type: 'customer-replied', channel: 'mail', message: 'm3' };
const waits: Happening = { type: 'paused', waitingFor: 'customer', stopsClock: true };
const held: Happening = { type: 'paused', waitingFor: 'third-party', stopsClock: true };
const resumed: Happening = { type: 'resumed' };
const resolved: Happening = { type: 'resolved', agent: 'ada' };
const triaged = (priority: Priority): Happening => ({
  type: 'triaged',
  priority,
  category: 'payment',
  group: 'frontline',
  tier: 1,
  rules: [],
});

const at = (now: Instant, ...list: Array<[Happening, Instant]>) => standing(someEvents(...list), aPolicy(), now);

test('a first reply and a resolution are owed from opening, by the first row that matches', () => {
  const { promises } = at(hours(1), [opened, hours(0)], [triaged('P3'), hours(0)]);

  expect(promises.firstReply).toMatchObject({
    target: 'PT24H',
    calendar: 'always',
    row: 'rest',
    dueAt: hours(24),
    state: 'running',
    usedMs: HOUR,
  });
  expect(promises.resolution).toMatchObject({ dueAt: hours(72), state: 'running' });
  expect(promises.nextReply).toBeUndefined();
});

test('the channel chooses the row and its calendar: a chat is promised within office hours', () => {
  const friday = '2026-11-20T15:30:00.000Z';

  const { promises } = at(friday, [{ ...opened, channel: 'chat' }, friday], [triaged('P1'), friday]);

  expect(promises.firstReply).toMatchObject({ row: 'chat', dueAt: '2026-11-23T08:30:00.000Z' });
});

test('a row that leaves a promise out does not promise it', () => {
  const policy = aPolicy({ targets: [{ id: 'bare', calendar: 'always', firstReply: 'PT1H' }] });

  const { promises } = standing(someEvents([opened, hours(0)]), policy, hours(0));

  expect(Object.keys(promises)).toEqual(['firstReply']);
});

test('a reply at the due instant meets the promise, a millisecond later it is breached', () => {
  const inTime = at(hours(30), [opened, hours(0)], [triaged('P3'), hours(0)], [replied, hours(24)]);
  const late = at(hours(30), [opened, hours(0)], [triaged('P3'), hours(0)], [replied, plus(hours(24), 1)]);

  expect(inTime.promises.firstReply).toMatchObject({ state: 'met', endedAt: hours(24), endedBy: 'replied' });
  expect(late.promises.firstReply).toMatchObject({ state: 'breached', endedBy: 'replied' });
});

test('an unanswered promise is breached from the due instant on', () => {
  const events = [
    [opened, hours(0)],
    [triaged('P3'), hours(0)],
  ] as Array<[Happening, Instant]>;

  expect(at(plus(hours(24), -1), ...events).promises.firstReply?.state).toBe('running');
  expect(at(hours(24), ...events).promises.firstReply?.state).toBe('breached');
});

test('a phone call that was answered has its first reply', () => {
  const { promises } = at(hours(1), [{ ...opened, channel: 'phone', answered: true }, hours(0)]);

  expect(promises.firstReply).toMatchObject({ state: 'met', endedBy: 'opened' });
});

test('notes and other events start and stop nothing', () => {
  const { promises } = at(
    hours(2),
    [opened, hours(0)],
    [triaged('P3'), hours(0)],
    [{ type: 'noted', message: 'm9' }, hours(1)],
    [{ type: 'acknowledged', mail: 'ack#T-7K2M9Q' }, hours(1)],
  );

  expect(promises.firstReply?.state).toBe('running');
});

test('a customer who writes again before the first reply starts no second promise', () => {
  const { promises } = at(hours(2), [opened, hours(0)], [wrote, hours(1)]);

  expect(promises.nextReply).toBeUndefined();
});

test('the next reply is owed from the first message nobody has answered', () => {
  const { promises } = at(
    hours(5),
    [opened, hours(0)],
    [triaged('P3'), hours(0)],
    [replied, hours(1)],
    [wrote, hours(2)],
    [wrote, hours(4)],
  );

  expect(promises.nextReply).toMatchObject({ startedAt: hours(2), dueAt: hours(26), state: 'running' });
});

test('a message that passed for thanks moves the next reply back to itself, and is what it counts from', () => {
  const events = someEvents(
    [opened, hours(0)],
    [triaged('P3'), hours(0)],
    [replied, hours(1)],
    [{ type: 'customer-thanked', channel: 'mail', message: 'm4' }, hours(2)],
    [wrote, hours(4)],
    [{ type: 'not-thanked', channel: 'mail', message: 'm4', since: hours(2) }, hours(5)],
  );

  const { nextReply } = standing(events, aPolicy(), hours(5)).promises;

  expect(nextReply).toMatchObject({ startedAt: hours(2), startedByEvent: events.at(-1)?.id });
});

test('the next reply is met by a reply, and the next message starts another', () => {
  const list: Array<[Happening, Instant]> = [
    [opened, hours(0)],
    [triaged('P3'), hours(0)],
    [replied, hours(1)],
    [wrote, hours(2)],
    [replied, hours(3)],
  ];

  expect(at(hours(3), ...list).promises.nextReply?.state).toBe('met');
  expect(at(hours(6), ...list, [wrote, hours(5)]).promises.nextReply).toMatchObject({
    startedAt: hours(5),
    state: 'running',
  });
});

test('a pause moves due by the working time it took', () => {
  const { promises } = at(
    hours(20),
    [opened, hours(0)],
    [triaged('P3'), hours(0)],
    [held, hours(2)],
    [resumed, hours(12)],
  );

  expect(promises.firstReply).toMatchObject({
    dueAt: hours(34),
    state: 'running',
    usedMs: 10 * HOUR,
    pausedSpans: [{ from: hours(2), to: hours(12) }],
  });
});

test('a pause outside the hours of the calendar moves nothing', () => {
  const saturday = '2026-11-21T10:00:00.000Z';
  const friday = '2026-11-20T15:30:00.000Z';
  const chat: Happening = { ...opened, channel: 'chat' };

  const { promises } = at(saturday, [chat, friday], [held, '2026-11-20T20:00:00.000Z'], [resumed, saturday]);

  expect(promises.firstReply?.dueAt).toBe('2026-11-23T08:30:00.000Z');
});

test('while it is paused a promise stands still and is not breached, however long that lasts', () => {
  const { promises, due } = at(hours(1000), [opened, hours(0)], [triaged('P3'), hours(0)], [held, hours(2)]);

  expect(promises.firstReply).toMatchObject({ state: 'paused', dueAt: hours(24), usedMs: 2 * HOUR });
  expect(due).toEqual([]);
});

test('what was breached before the pause stays breached in it', () => {
  const { promises } = at(hours(40), [opened, hours(0)], [triaged('P3'), hours(0)], [held, hours(30)]);

  expect(promises.firstReply?.state).toBe('breached');
});

test('a pause that the policy does not count leaves the clock running', () => {
  const { promises } = at(
    hours(20),
    [opened, hours(0)],
    [triaged('P3'), hours(0)],
    [{ ...held, stopsClock: false }, hours(2)],
  );

  expect(promises.firstReply).toMatchObject({ state: 'running', dueAt: hours(24), pausedSpans: [] });
});

test('from one pause into the other the clock stays still without a gap', () => {
  const { promises } = at(
    hours(20),
    [opened, hours(0)],
    [triaged('P3'), hours(0)],
    [waits, hours(2)],
    [held, hours(5)],
    [resumed, hours(9)],
  );

  expect(promises.firstReply).toMatchObject({ dueAt: hours(31), usedMs: 13 * HOUR });
});

test('a pause after the promise was met does not move it', () => {
  const { promises } = at(
    hours(50),
    [opened, hours(0)],
    [triaged('P3'), hours(0)],
    [replied, hours(1)],
    [waits, hours(1)],
    [resumed, hours(40)],
  );

  expect(promises.firstReply).toMatchObject({ dueAt: hours(24), pausedSpans: [], usedMs: HOUR });
  expect(promises.resolution?.dueAt).toBe(hours(72 + 39));
});

test('another priority gives a new target from the same start and keeps the pauses', () => {
  const { promises } = at(
    hours(6),
    [opened, hours(0)],
    [triaged('P3'), hours(0)],
    [held, hours(0.25)],
    [resumed, hours(5)],
    [triaged('P1'), hours(5)],
  );

  expect(promises.firstReply).toMatchObject({ row: 'urgent', startedAt: hours(0), dueAt: hours(5.75) });
});

test('another priority changes neither what was met nor what was breached', () => {
  const met = at(
    hours(3),
    [opened, hours(0)],
    [triaged('P3'), hours(0)],
    [replied, hours(2)],
    [triaged('P1'), hours(3)],
  );
  const breached = at(hours(3), [opened, hours(0)], [triaged('P1'), hours(0)], [triaged('P3'), hours(2)]);

  expect(met.promises.firstReply).toMatchObject({ row: 'rest', state: 'met' });
  expect(breached.promises.firstReply).toMatchObject({ row: 'urgent', dueAt: hours(1), state: 'breached' });
});

test('a message to a resolved ticket that does not reopen it starts no promise', () => {
  const { promises } = at(
    hours(6),
    [opened, hours(0)],
    [triaged('P3'), hours(0)],
    [replied, hours(1)],
    [resolved, hours(1)],
    [wrote, hours(5)],
  );

  expect(promises.nextReply).toBeUndefined();
});

test('what was met stays met by what met it', () => {
  const { promises } = at(
    hours(90),
    [opened, hours(0)],
    [triaged('P3'), hours(0)],
    [replied, hours(1)],
    [replied, hours(30)],
    [resolved, hours(80)],
  );

  expect(promises.firstReply).toMatchObject({ state: 'met', endedAt: hours(1), endedBy: 'replied' });
  expect(promises.resolution).toMatchObject({ state: 'breached', endedBy: 'resolved' });
});

test('a reply in a pause that goes on is in time, however late it is by the wall', () => {
  const { promises } = at(
    hours(60),
    [opened, hours(0)],
    [triaged('P3'), hours(0)],
    [held, hours(2)],
    [replied, hours(50)],
  );

  expect(promises.firstReply).toMatchObject({ state: 'met', usedMs: 2 * HOUR });
});

test('a pause that begins at the due instant comes too late for the promise', () => {
  const { promises } = at(hours(40), [opened, hours(0)], [triaged('P3'), hours(0)], [held, hours(24)]);

  expect(promises.firstReply).toMatchObject({ dueAt: hours(24), state: 'breached' });
});

test('resolving ends every promise, also one that nobody replied to', () => {
  const { promises, lookAgainAt } = at(hours(90), [opened, hours(0)], [triaged('P3'), hours(0)], [resolved, hours(5)]);

  expect(promises.firstReply).toMatchObject({ state: 'met', endedBy: 'resolved' });
  expect(promises.resolution).toMatchObject({ state: 'met', endedBy: 'resolved', endedAt: hours(5) });
  expect(lookAgainAt).toBeUndefined();
});

test('closing a ticket that waits for its customer keeps the promise that stood still', () => {
  const { promises } = at(
    hours(400),
    [opened, hours(0)],
    [triaged('P3'), hours(0)],
    [waits, hours(2)],
    [{ type: 'closed', how: 'customer-silent' }, hours(300)],
  );

  expect(promises.resolution).toMatchObject({ state: 'met', endedBy: 'closed', usedMs: 2 * HOUR });
});

test('reopening owes a first reply and a resolution anew, and forgets the last cycle', () => {
  const { promises } = at(
    hours(101),
    [opened, hours(0)],
    [triaged('P3'), hours(0)],
    [replied, hours(80)],
    [resolved, hours(81)],
    [{ type: 'reopened', cause: 'customer', cycle: 2 }, hours(100)],
    [wrote, hours(100)],
  );

  expect(promises.firstReply).toMatchObject({ startedAt: hours(100), dueAt: hours(124), state: 'running' });
  expect(promises.resolution).toMatchObject({ startedAt: hours(100), state: 'running' });
  expect(promises.nextReply).toBeUndefined();
});

test('events count in the order of ticket versions, and a clock that runs behind does not turn time back', () => {
  const events = [
    anEvent(replied, hours(-1), { version: 3 }),
    anEvent(triaged('P3'), hours(0), { version: 2 }),
    anEvent(opened, hours(0), { version: 1 }),
  ];

  const { promises } = standing(events, aPolicy(), hours(1));

  expect(promises.firstReply).toMatchObject({ state: 'met', endedAt: hours(0), usedMs: 0 });
});

test('a calendar that the policy does not define is an error by name', () => {
  const policy = aPolicy({ targets: [{ id: 'x', calendar: 'offise', firstReply: 'PT1H' }] });

  expect(() => standing(someEvents([opened, hours(0)]), policy, hours(0))).toThrow(/offise/);
});

test('the reason names promise, target, calendar, row and start', () => {
  const { promises } = at(hours(0), [opened, hours(0)]);

  expect(promises.firstReply?.why).toBe(
    'A first reply within PT24H around the clock (targets row "rest" of version 1), counted from "opened": running.',
  );
});

test('a ticket carries target, calendar, due and state of each promise', () => {
  expect(clockOf(at(hours(0), [opened, hours(0)]))).toEqual({
    firstReply: { target: 'PT24H', calendar: 'always', dueAt: hours(24), state: 'running' },
    resolution: { target: 'PT72H', calendar: 'always', dueAt: hours(72), state: 'running' },
  });
});
