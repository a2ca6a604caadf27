import { describe, expect, test } from 'vitest';
import { standing } from '../../../domain/clock/standing.ts';
import { rulesNow } from '../../../domain/clock/versions.ts';
import type { Policy } from '../../../domain/policy.ts';
import { HOUR, type Instant, plus } from '../../../domain/support/time.ts';
import type { Happening, TicketEvent } from '../../../domain/ticket/event.ts';
import { aCalendar, anEvent, aPolicy, mondayAt9, someEvents } from '../../support/builders.ts';

/** What goes wrong elsewhere (the field's list of pitfalls, by number), shown not to go wrong here. */
const hours = (count: number): Instant => plus(mondayAt9, count * HOUR);

const opened: Happening = { type: 'opened', channel: 'mail', message: 'm1' };
const replied: Happening = { type: 'replied', agent: 'ada', message: 'm2' };
const wrote: Happening = { type: 'customer-replied', channel: 'mail', message: 'm3' };
const thanked: Happening = { type: 'customer-thanked', channel: 'mail', message: 'm4' };
const held: Happening = { type: 'paused', waitingFor: 'third-party', stopsClock: true };
const resumed: Happening = { type: 'resumed' };
const resolved: Happening = { type: 'resolved', agent: 'ada' };
const reopened: Happening = { type: 'reopened', cause: 'customer', cycle: 2 };
const triagedTo = (group: string): Happening => ({
  type: 'triaged',
  priority: 'P3',
  category: 'payment',
  group,
  tier: 1,
  rules: [],
});
const triaged = triagedTo('frontline');

type Step = [Happening, Instant];
const at = (now: Instant, ...list: Step[]) => standing(someEvents(...list), aPolicy(), now).promises;
const begun: Step[] = [
  [opened, hours(0)],
  [triaged, hours(0)],
];

describe('pitfall 12, no pause while waiting', () => {
  test('a wait stops the clock where the policy says so, and shows as a span', () => {
    const { resolution } = at(hours(9), ...begun, [held, hours(2)], [resumed, hours(7)]);

    expect(resolution).toMatchObject({
      dueAt: hours(77),
      usedMs: 4 * HOUR,
      pausedSpans: [{ from: hours(2), to: hours(7) }],
    });
  });

  test('a wait that the policy does not stop for leaves it running', () => {
    const { resolution } = at(hours(9), ...begun, [{ ...held, stopsClock: false }, hours(2)]);

    expect(resolution).toMatchObject({ dueAt: hours(72), state: 'running', pausedSpans: [] });
  });
});

describe('pitfall 13, a pause lost when priority or policy changes', () => {
  const pausedLife: Step[] = [...begun, [held, hours(2)], [resumed, hours(7)]];
  const first = aPolicy({ targets: [{ id: 'rest', calendar: 'always', firstReply: 'PT24H', resolution: 'PT72H' }] });
  const second = (applyToOpenTickets: boolean): Policy => ({
    ...first,
    version: '2',
    applyToOpenTickets,
    targets: [{ id: 'rest', calendar: 'always', firstReply: 'PT10H', resolution: 'PT30H' }],
    past: { '1': rulesNow(first) },
  });

  test('another priority keeps it', () => {
    const urgent: Happening = { type: 'reprioritised', priority: 'P1', from: 'P3' };

    expect(at(hours(8), ...pausedLife, [urgent, hours(8)]).resolution?.pausedSpans).toHaveLength(1);
  });

  test.each([
    ['keeps target and pause under a new version', false, 77, '1'],
    ['keeps the pause under a new version that applies to open tickets', true, 35, '2'],
  ])('%s', (_, applies, due, version) => {
    const { promises } = standing(someEvents(...pausedLife), second(applies), hours(8));

    expect(promises.resolution).toMatchObject({
      dueAt: hours(due),
      version,
      pausedSpans: [{ from: hours(2), to: hours(7) }],
    });
  });

  test('what was kept or broken before stays so under a version that applies to open tickets', () => {
    const kept = someEvents(...begun, [replied, hours(20)]);
    const late: Step = [{ type: 'overdue', promise: 'firstReply', dueAt: hours(24) }, hours(24)];

    expect(standing(kept, second(true), hours(21)).promises.firstReply).toMatchObject({ state: 'met', version: '1' });
    expect(standing(someEvents(...begun, late), second(true), hours(25)).promises.firstReply).toMatchObject({
      dueAt: hours(24),
      version: '1',
    });
  });

  test('a version that applied keeps counting when a later one does not, whether or not something happened between', () => {
    const tenth = {
      ...first,
      version: '10',
      past: { '1': rulesNow(first), '9': rulesNow({ ...second(true), version: '9' }) },
    };
    const between: TicketEvent = {
      ...anEvent({ type: 'noted', message: 'm8' }, hours(8), { version: 5 }),
      policy: '9',
    };

    for (const events of [someEvents(...pausedLife), [...someEvents(...pausedLife), between]])
      expect(standing(events, tenth, hours(9)).promises.resolution).toMatchObject({ dueAt: hours(35), version: '9' });
  });

  test('a ticket that is reopened is promised what the version of then promises', () => {
    const events: TicketEvent[] = [
      ...someEvents(...begun, [resolved, hours(1)]),
      { ...anEvent(reopened, hours(50), { version: 4, cycle: 2 }), policy: '2' },
    ];

    expect(standing(events, second(false), hours(51)).promises.firstReply).toMatchObject({
      dueAt: hours(60),
      version: '2',
    });
  });
});

describe('pitfalls 14 and 15, lunch, midnight, and deadlines by the wall clock', () => {
  const due = (opens: Instant, target: string) =>
    standing(
      someEvents([opened, opens]),
      aPolicy({
        calendars: { office: aCalendar() },
        targets: [{ id: 'all', calendar: 'office', firstReply: target }],
      }),
      opens,
    ).promises.firstReply?.dueAt;

  test('lunch does not count: an hour from 11:30 ends at 13:30', () => {
    expect(due('2026-11-23T10:30:00.000Z', 'PT1H')).toBe('2026-11-23T12:30:00.000Z');
  });

  test('Friday 16:30 and one hour is Monday 09:30', () => {
    expect(due('2026-11-20T15:30:00.000Z', 'PT1H')).toBe('2026-11-23T08:30:00.000Z');
  });
});

describe('pitfall 16, the wrong message starts or stops the clock', () => {
  const answered: Step[] = [...begun, [replied, hours(1)]];

  test('only a message that nobody answered runs the next reply, from the first of them', () => {
    expect(at(hours(9), ...answered).nextReply).toBeUndefined();
    expect(at(hours(9), ...answered, [wrote, hours(3)], [wrote, hours(5)]).nextReply).toMatchObject({
      startedAt: hours(3),
      state: 'running',
    });
    expect(at(hours(9), ...answered, [wrote, hours(3)], [resolved, hours(4)]).nextReply?.endedBy).toBe('resolved');
  });

  test.each<[string, Happening]>([
    ['an acknowledgement', { type: 'acknowledged', mail: 'ack' }],
    ['a note', { type: 'noted', message: 'n' }],
    ['what a bot says', { type: 'transcribed', message: 'b' }],
    ['a reminder', { type: 'reminded', mail: 'r' }],
    ['a warning', { type: 'warned', promise: 'firstReply', rung: 'w', dueAt: hours(24), told: [] }],
    [
      'being told that it is late',
      { type: 'promise-slipped', promise: 'firstReply', dueAt: hours(24), until: hours(36) },
    ],
    ['a survey', { type: 'survey-sent', survey: 's', kind: 'csat', mail: 's' }],
    ['a mail that bounced', { type: 'mail-bounced', mail: 'ack', permanent: true }],
    ['a quarantined mail', { type: 'quarantined', message: 'q', why: 'sender-unproven' }],
  ])('%s stops no clock and starts none', (_, automatic) => {
    const before = at(hours(9), ...begun);
    const after = at(hours(9), ...begun, [automatic, hours(2)]);

    expect(Object.keys(after)).toEqual(Object.keys(before));
    expect([after.firstReply?.endedAt, after.firstReply?.dueAt]).toEqual([undefined, before.firstReply?.dueAt]);
    expect(at(hours(9), ...answered, [automatic, hours(2)]).nextReply).toBeUndefined();
  });

  test('thanks start no clock', () => {
    expect(at(hours(9), ...answered, [thanked, hours(2)]).nextReply).toBeUndefined();
  });
});

test('pitfall 23, reopening: a new cycle begins with a clock of its own, and the old one is not carried on', () => {
  const { firstReply, resolution, nextReply } = at(
    hours(60),
    ...begun,
    [replied, hours(1)],
    [resolved, hours(2)],
    [reopened, hours(50)],
  );

  expect(firstReply).toMatchObject({ startedAt: hours(50), dueAt: hours(74), state: 'running' });
  expect(resolution).toMatchObject({ startedAt: hours(50), usedMs: 10 * HOUR });
  expect(nextReply).toBeUndefined();
});

describe('rows for groups and types of customers', () => {
  const policy = aPolicy({
    targets: [
      { id: 'business', types: ['business'], calendar: 'always', firstReply: 'PT2H' },
      { id: 'advanced', groups: ['advanced'], calendar: 'always', firstReply: 'PT4H' },
      { id: 'rest', calendar: 'always', firstReply: 'PT24H' },
    ],
  });
  const row = (...list: Step[]) => standing(someEvents(...list), policy, hours(1)).promises.firstReply?.row;
  const moved = { group: 'advanced', tier: 2, fromGroup: 'frontline', fromTier: 1 } as const;

  test('a type of customers has its own row from the first moment', () => {
    expect(row([{ ...opened, customerType: 'business' }, hours(0)])).toBe('business');
    expect(row([{ ...opened, customerType: 'standard' }, hours(0)])).toBe('rest');
  });

  test('a group has its own from triage on, and an agent who transfers changes it; the ladder does not', () => {
    const escalated: Happening = {
      type: 'escalated',
      promise: 'firstReply',
      rung: 'm',
      dueAt: hours(24),
      toGroup: 'advanced',
      told: [],
    };

    expect(row([opened, hours(0)])).toBe('rest');
    expect(row([opened, hours(0)], [triagedTo('advanced'), hours(0)])).toBe('advanced');
    expect(row(...begun, [{ type: 'transferred', ...moved }, hours(1)])).toBe('advanced');
    expect(row(...begun, [escalated, hours(1)])).toBe('rest');
  });
});
