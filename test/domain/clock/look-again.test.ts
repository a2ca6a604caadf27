import { describe, expect, test } from 'vitest';
import { standing } from '../../../domain/clock/standing.ts';
import { rulesNow } from '../../../domain/clock/versions.ts';
import type { Policy } from '../../../domain/policy.ts';
import { DAY, HOUR, type Instant, plus } from '../../../domain/support/time.ts';
import type { Happening } from '../../../domain/ticket/event.ts';
import { aPolicy, mondayAt9, someEvents } from '../../support/builders.ts';

const hours = (count: number): Instant => plus(mondayAt9, Math.round(count * HOUR));

const opened: Happening = { type: 'opened', channel: 'mail', message: 'm1' };
const replied: Happening = { type: 'replied', agent: 'ada', message: 'm2' };
const triaged: Happening = {
  type: 'triaged',
  priority: 'P3',
  category: 'payment',
  group: 'frontline',
  tier: 1,
  rules: [],
};
const escalated = (rung: string): Happening => ({
  type: 'escalated',
  promise: 'firstReply',
  rung,
  dueAt: hours(24),
  told: [],
});
const waits: Happening = { type: 'paused', waitingFor: 'customer', stopsClock: true };
const held: Happening = { type: 'paused', waitingFor: 'third-party', stopsClock: true };
const reminded: Happening = { type: 'reminded', mail: 'reminder#T-7K2M9Q' };

const at = (now: Instant, list: Array<[Happening, Instant]>, policy: Policy = aPolicy()) =>
  standing(someEvents([opened, hours(0)], [triaged, hours(0)], ...list), policy, now);

test('the next look is the earliest rung: four fifths of the first reply', () => {
  expect(at(hours(1), []).lookAgainAt).toBe(hours(0.8 * 24));
});

test('a rung is due at its instant, not before, and comes before those of a later due', () => {
  expect(at(plus(hours(19.2), -1), []).due).toEqual([]);
  expect(at(hours(28), []).due.map(({ rung, at: when }) => [rung.id, when])).toEqual([
    ['warn', hours(19.2)],
    ['move', hours(24)],
    ['call', hours(28)],
  ]);
});

test('rungs of all promises come in the order in which they were due', () => {
  const wrote: Happening = { type: 'customer-replied', channel: 'mail', message: 'm3' };

  const { due } = at(hours(58), [
    [replied, hours(1)],
    [wrote, hours(2)],
  ]);

  expect(due.map(({ promise, rung }) => `${promise} ${rung.id}`)).toEqual([
    'nextReply warn',
    'nextReply move',
    'nextReply call',
    'resolution warn',
  ]);
});

test('a rung that was climbed is not climbed again', () => {
  const { due, lookAgainAt } = at(hours(24), [
    [escalated('warn'), hours(19.2)],
    [escalated('move'), hours(24)],
  ]);

  expect(due).toEqual([]);
  expect(lookAgainAt).toBe(hours(28));
});

test('a pause moves the rungs ahead and does not arm one that was climbed', () => {
  const { due, lookAgainAt } = at(hours(22), [
    [escalated('warn'), hours(19.2)],
    [held, hours(20)],
    [{ type: 'resumed' }, hours(22)],
  ]);

  expect(due).toEqual([]);
  expect(lookAgainAt).toBe(hours(26));
});

test('a new target starts the ladder anew', () => {
  const events = someEvents(
    [opened, hours(0)],
    [triaged, hours(0)],
    [escalated('warn'), hours(0.2)],
    [{ ...triaged, priority: 'P1' }, hours(0.5)],
  );

  const { due } = standing(events, aPolicy(), hours(0.9));

  expect(due.map(({ rung }) => rung.id)).toEqual(['warn']);
});

describe('rows that differ in the resolution alone', () => {
  const row = { calendar: 'always', firstReply: 'PT24H', nextReply: 'PT24H' };
  const policy = aPolicy({
    targets: [
      { ...row, id: 'urgent', priorities: ['P1'], firstReply: 'PT48H', resolution: 'PT48H' },
      { ...row, id: 'written-p3', priorities: ['P3'], resolution: 'PT72H' },
      { ...row, id: 'written-p4', resolution: 'PT168H' },
    ],
  });
  const reprioritised = (priority: 'P1' | 'P3' | 'P4'): Happening => ({ type: 'reprioritised', priority, from: 'P3' });

  test.each([
    ['from one to the other', [[reprioritised('P4'), hours(20)]]],
    [
      'there by a third',
      [
        [reprioritised('P1'), hours(20)],
        [reprioritised('P4'), hours(20.5)],
      ],
    ],
  ] as Array<[string, Array<[Happening, Instant]>]>)(
    'have one ladder for the first reply: nothing is climbed twice %s',
    (_, changes) => {
      const { due, ahead, promises } = at(hours(21), [[escalated('warn'), hours(19.2)], ...changes], policy);

      expect(promises.firstReply).toMatchObject({ row: 'written-p4', dueAt: hours(24) });
      expect(due).toEqual([]);
      expect(ahead[0]).toMatchObject({ promise: 'firstReply', at: hours(24), rung: { id: 'move' } });
    },
  );
});

test('to be triaged again with the same target climbs nothing twice', () => {
  const { due } = at(hours(20), [
    [escalated('warn'), hours(19.2)],
    [{ ...triaged, category: 'technical' }, hours(19.5)],
  ]);

  expect(due).toEqual([]);
});

test('a rung for some priorities is none for the others', () => {
  const policy = aPolicy({
    ladder: [{ id: 'warn', at: { share: 0.5 }, priorities: ['P1'], act: { kind: 'warn', who: 'group' } }],
  });

  expect(at(hours(23), [], policy).due).toEqual([]);
});

test('a promise that was kept has no rungs left', () => {
  const { lookAgainAt } = at(hours(30), [[replied, hours(1)]]);

  expect(lookAgainAt).toBe(hours(0.8 * 72));
});

test('time after a due is working time too: two hours late on a Friday is Monday', () => {
  const friday = '2026-11-20T15:00:00.000Z';
  const policy = aPolicy({ ladder: [{ id: 'call', at: { after: 'PT2H' }, act: { kind: 'call', who: 'lead' } }] });
  const chat: Happening = { ...opened, channel: 'chat' };

  const { promises, ahead } = standing(someEvents([chat, friday], [triaged, friday]), policy, friday);

  expect(promises.firstReply?.dueAt).toBe('2026-11-20T16:00:00.000Z');
  expect(ahead[0]?.at).toBe('2026-11-23T10:00:00.000Z');
});

test('with nothing due for long, somebody looks after the longest time the policy allows', () => {
  const policy = aPolicy({ lookAgainAtLeast: 'PT10H' });

  expect(at(hours(1), [], policy).lookAgainAt).toBe(hours(11));
});

test('while the customer is awaited the next look is the reminder, then the closing, and no rung is due', () => {
  const paused = at(hours(500), [[waits, hours(2)]]);
  const afterReminder = at(hours(500), [
    [waits, hours(2)],
    [reminded, hours(80)],
  ]);

  expect(paused).toMatchObject({ lookAgainAt: plus(hours(2), 3 * DAY), due: [] });
  expect(afterReminder.lookAgainAt).toBe(plus(hours(80), 4 * DAY));
});

test('another priority does not end a wait', () => {
  const { lookAgainAt } = at(hours(3), [
    [waits, hours(2)],
    [{ ...triaged, priority: 'P1' }, hours(3)],
  ]);

  expect(lookAgainAt).toBe(plus(hours(2), 3 * DAY));
});

test('pauses of an earlier cycle do not touch the rungs of this one', () => {
  const { lookAgainAt } = at(hours(100), [
    [held, hours(1)],
    [{ type: 'resolved' }, hours(5)],
    [{ type: 'reopened', cause: 'customer', cycle: 2 }, hours(100)],
  ]);

  expect(lookAgainAt).toBe(hours(119.2));
});

test('on hold, rungs are due and a late reply is told as long as the clock runs on, and neither while it stands still', () => {
  const policy = aPolicy({ tellCustomerWhenLate: true });
  const onHold = (stopsClock: boolean) => at(hours(24), [[{ ...held, stopsClock }, hours(2)]], policy);

  expect(onHold(false)).toMatchObject({
    due: [{ rung: { id: 'warn' } }, { rung: { id: 'move' } }],
    slips: [{ promise: 'firstReply', dueAt: hours(24), cause: 'late' }],
    lookAgainAt: hours(19.2),
    waitEndsAt: plus(hours(2), 7 * DAY),
  });
  expect(onHold(true)).toMatchObject({ due: [], slips: [], lookAgainAt: plus(hours(2), 7 * DAY) });
});

test('a wait that begins anew is reminded anew', () => {
  const { lookAgainAt } = at(hours(500), [
    [waits, hours(2)],
    [reminded, hours(80)],
    [waits, hours(90)],
  ]);

  expect(lookAgainAt).toBe(plus(hours(90), 3 * DAY));
});

test('a silent customer is reminded by the version under which the wait began, or a later one that applied to it', () => {
  const version = (name: string, applyToOpenTickets: boolean, remindAfter: string): Policy =>
    aPolicy({ version: name, applyToOpenTickets, silence: { ...aPolicy().silence, remindAfter } });
  const [first, second, third] = [version('1', false, 'P3D'), version('2', true, 'P5D'), version('3', false, 'P9D')];
  const look = (policy: Policy, past: Policy['past']) =>
    at(hours(3), [[waits, hours(2)]], { ...policy, past }).lookAgainAt;

  expect(look(third, { '1': rulesNow(first) })).toBe(plus(hours(2), 3 * DAY));
  expect(look(second, { '1': rulesNow(first) })).toBe(plus(hours(2), 5 * DAY));
  expect(look(third, { '1': rulesNow(first), '2': rulesNow(second) })).toBe(plus(hours(2), 5 * DAY));
});

test('a hold is reviewed after the time of the policy, or at the time it was set to', () => {
  const open = at(hours(3), [[held, hours(2)]]);
  const set = at(hours(3), [[{ ...held, until: hours(30) }, hours(2)]]);

  expect(open.lookAgainAt).toBe(plus(hours(2), 7 * DAY));
  expect(set.lookAgainAt).toBe(hours(30));
});
