import { describe, expect, test } from 'vitest';
import { holidaysOf } from '../../desk/compile/holidays.ts';
import { rulesNow } from '../../domain/clock/versions.ts';
import type { Policy } from '../../domain/policy.ts';
import { customerReply } from '../../domain/ticket/acts/customer-reply.ts';
import { hold } from '../../domain/ticket/acts/hold.ts';
import { reply } from '../../domain/ticket/acts/reply.ts';
import { resume } from '../../domain/ticket/acts/resume.ts';
import { aCalendar, aCustomer, aPolicy } from '../support/builders.ts';
import { granted } from '../support/decisions.ts';
import { EscalationLife } from '../support/escalation-life.ts';

const MINUTES = 60_000;
const links = { ticket: 'https://desk.example/t/token' };
const by = 'agent:ada' as const;

const replied = (life: EscalationLife, then?: 'pending' | 'resolved') =>
  life.change((ledger, ctx) =>
    granted(
      reply(
        ledger,
        { agent: 'ada', agentName: 'Ada', body: 'Hello.', links, ...(then === undefined ? {} : { then }) },
        ctx,
      ),
    ),
  );
const heard = (life: EscalationLife) =>
  life.change((ledger, ctx) => {
    const words = { text: 'It still fails.', channel: 'mail' as const, customer: aCustomer(), attachments: [] };
    return granted(customerReply(ledger, words, ctx));
  });
const held = (life: EscalationLife, waitingFor: 'customer' | 'third-party') =>
  life.change((ledger, ctx) => granted(hold(ledger, { waitingFor, by }, ctx)));
const resumed = (life: EscalationLife) => life.change((ledger, ctx) => granted(resume(ledger, { by }, ctx)));
const later = (life: EscalationLife, ms: number) => life.moveTo(new Date(Date.parse(life.now) + ms).toISOString());

/** Eight working hours for a first reply, and a ladder of two rungs. */
const inHours = (calendar: Policy['calendars'][string], firstReply = 'PT8H'): Policy =>
  aPolicy({
    calendars: { office: calendar },
    targets: [{ id: 'all', calendar: 'office', firstReply, nextReply: firstReply, resolution: 'PT400H' }],
    ladder: [
      { id: 'warn', at: { share: 0.5 }, act: { kind: 'warn', who: 'assignee' } },
      { id: 'move', at: { share: 1 }, act: { kind: 'move' } },
    ],
  });

describe('at any age', () => {
  test('sixty pauses: no history has more than 40 events, and exactly one execution waits at any time', async () => {
    const life = await EscalationLife.begin({ at: '2026-01-05T08:00:00Z' });
    const waiting = new Set<number>();
    const watched = () => waiting.add(life.waiting);

    for (let n = 0; n < 60; n += 1) {
      await later(life, 10 * MINUTES);
      await held(life, n % 2 === 0 ? 'customer' : 'third-party');
      watched();
      await later(life, 30 * MINUTES);
      await resumed(life);
      watched();
    }
    const before = await life.climbed();
    const { promises } = await life.standing();
    await life.moveTo(promises.firstReply?.dueAt ?? '');

    expect(before).toEqual([]);
    expect(promises.firstReply).toMatchObject({ usedMs: 600 * MINUTES, dueAt: '2026-01-07T14:00:00.000Z' });
    expect(await life.climbed()).toEqual(['warn 2026-01-07T09:12:00.000Z', 'move 2026-01-07T14:00:00.000Z']);
    expect([...waiting]).toEqual([1]);
    expect(Math.max(...life.histories)).toBeLessThanOrEqual(40);
    expect(life.executions.filter((line) => !line.includes('SUCCEEDED'))).toEqual([
      `1-escalation-${life.executions.length} RUNNING Await First Reply`,
    ]);
  });

  test('two hundred questions and answers in a year: no history has more than 40 events, and only rungs call a function', async () => {
    const life = await EscalationLife.begin({ at: '2026-01-05T08:00:00Z' });

    for (let n = 0; n < 200; n += 1) {
      await later(life, 60 * MINUTES);
      await replied(life, 'pending');
      await later(life, 42 * 60 * MINUTES);
      await heard(life);
    }

    expect(life.now > '2026-12-29').toBe(true);
    expect((await life.climbed()).map((line) => line.split(' ')[0])).toEqual(['warn', 'move', 'call']);
    expect(life.called).toEqual(Array(3).fill('Climb The Ladder'));
    expect(life.waiting).toBe(1);
    expect(Math.max(...life.histories)).toBeLessThanOrEqual(40);
    expect(life.executions.filter((line) => !line.includes('SUCCEEDED'))).toHaveLength(1);
  });

  test('a silent customer is reminded and the ticket closed within one history, whenever the silence began', async () => {
    const life = await EscalationLife.begin({ at: '2026-01-05T08:00:00Z' });
    await replied(life);
    await held(life, 'third-party');
    await resumed(life);
    await held(life, 'customer');

    await life.moveTo('2026-01-13T00:00:00Z');

    expect(await life.events('reminded', 'closed')).toEqual([
      'reminded 2026-01-08T08:00:00.000Z',
      'closed 2026-01-12T08:00:00.000Z',
    ]);
    expect(Math.max(...life.histories)).toBeLessThanOrEqual(40);
    expect(life.executions.filter((line) => !line.includes('SUCCEEDED'))).toEqual([]);
  });

  test('a customer who is asked again is reminded at the time of the last question, though the wait before it was longer', async () => {
    const life = await EscalationLife.begin({ at: '2026-01-05T08:00:00Z' });
    const farOff = { waitingFor: 'customer', until: '2026-02-05T08:00:00.000Z', by } as const;
    await life.change((ledger, ctx) => granted(hold(ledger, farOff, ctx)));

    await life.moveTo('2026-01-06T08:00:00Z');
    await replied(life, 'pending');
    await life.moveTo('2026-01-09T20:00:00Z');
    // The reminder is out, and closing would come on the thirteenth.
    await replied(life, 'pending');
    await life.moveTo('2026-01-14T08:00:00Z');

    expect(await life.events('reminded', 'closed')).toEqual([
      'reminded 2026-01-09T08:00:00.000Z',
      'reminded 2026-01-12T20:00:00.000Z',
    ]);
  });

  test('a ticket nobody touches for two years is looked at every sixty days, by executions that live less than one', async () => {
    const policy = aPolicy({ lookAgainAtLeast: 'P60D', ladder: [] });
    const life = await EscalationLife.begin({ at: '2026-01-05T08:00:00Z', policy });

    await life.moveTo('2028-01-05T08:00:00Z');

    expect(life.called.length).toBeLessThanOrEqual(15);
    expect(life.waiting).toBe(1);
    expect(life.executions.filter((line) => !/SUCCEEDED|RUNNING/.test(line))).toEqual([]);
    expect(Math.max(...life.histories)).toBeLessThanOrEqual(40);
  });

  test('answered in time and resolved: two transitions, and no function is called', async () => {
    const life = await EscalationLife.begin({ at: '2026-01-05T08:00:00Z' });

    await later(life, 60 * MINUTES);
    await replied(life);
    await later(life, 60 * MINUTES);
    await replied(life, 'resolved');

    expect(life.transitions).toBe(2);
    expect(life.called).toEqual([]);
    expect(life.executions).toEqual(['1-escalation SUCCEEDED Await Resolution']);
  });

  test('a second execution of the same cycle steps in, and the first steps aside at its next wait', async () => {
    const life = await EscalationLife.begin({ at: '2026-01-05T08:00:00Z' });
    const { lookAgainAt } = (await life.ledger()).ticket;

    await life.start('T-7K2M9Q-1-escalation-2', { ticketId: 'T-7K2M9Q', cycle: 1, nth: 2, lookAgainAt });
    await life.moveTo('2026-01-06T08:00:00Z');

    expect(life.executions).toEqual([
      '1-escalation SUCCEEDED A Later One Took Over',
      '1-escalation-2 SUCCEEDED Go On In A New Execution',
      '1-escalation-3 RUNNING Await First Reply',
    ]);
    expect(await life.climbed()).toEqual(['warn 2026-01-06T03:12:00.000Z', 'move 2026-01-06T08:00:00.000Z']);
  });
});

const tehran = [{ from: '08:00', to: '16:00' }];

describe('a calendar', () => {
  test.each([
    // Sunday 29 March 2026, 02:00 becomes 03:00 in Berlin: Friday 16:00 to Monday, an hour sooner in UTC.
    [
      'the clocks go forward',
      aCalendar(),
      '2026-03-27T15:00:00Z',
      '2026-03-30T10:00:00.000Z',
      '2026-03-30T15:00:00.000Z',
    ],
    // Sunday 25 October 2026, 03:00 becomes 02:00.
    ['the clocks go back', aCalendar(), '2026-10-23T14:00:00Z', '2026-10-26T11:00:00.000Z', '2026-10-26T16:00:00.000Z'],
    [
      'the year ends',
      aCalendar({ closed: ['2026-12-31', '2027-01-01'] }),
      '2026-12-30T15:00:00Z',
      '2027-01-04T11:00:00.000Z',
      '2027-01-04T16:00:00.000Z',
    ],
    // From Wednesday 14:00 in Tehran: Thursday and Friday are no working days here, Saturday to Tuesday are Nowruz.
    [
      'Nowruz lies between',
      aCalendar({
        zone: 'Asia/Tehran',
        week: { sat: tehran, sun: tehran, mon: tehran, tue: tehran, wed: tehran },
        closed: holidaysOf({ wrong: () => expect.fail('Iran is known.') }, [], ['IR'], { from: 2026, to: 2026 }),
      }),
      '2026-03-18T10:30:00Z',
      '2026-03-25T06:30:00.000Z',
      '2026-03-25T10:30:00.000Z',
    ],
    [
      'a leap day lies between',
      aCalendar(),
      '2028-02-28T15:00:00Z',
      '2028-02-29T11:00:00.000Z',
      '2028-02-29T16:00:00.000Z',
    ],
  ])('%s: each rung is climbed at its very second', async (_, calendar, at, warned, moved) => {
    const policy = inHours(calendar);
    const life = await EscalationLife.begin({ at, policy });

    await life.moveTo(warned);
    await life.moveTo(moved);

    expect(await life.climbed()).toEqual([`warn ${warned}`, `move ${moved}`]);
  });
});

describe('a new version of the policy in the middle of a pause', () => {
  const old = aPolicy({ version: '1', ladder: [{ id: 'move', at: { share: 1 }, act: { kind: 'move' } }] });
  const next = (applyToOpenTickets: boolean): Policy => ({
    ...old,
    version: '2',
    applyToOpenTickets,
    past: { '1': rulesNow(old) },
    targets: [{ id: 'rest', calendar: 'always', firstReply: 'PT12H', nextReply: 'PT12H', resolution: 'PT72H' }],
  });

  test.each([
    ['the promise is kept as it was made', false, '2026-01-06T10:00:00.000Z'],
    ['the new target counts, if the policy says so, and the pause is kept', true, '2026-01-05T22:00:00.000Z'],
  ])('%s', async (_, applies, due) => {
    const life = await EscalationLife.begin({ at: '2026-01-05T08:00:00Z', policy: old });

    await life.moveTo('2026-01-05T10:00:00Z');
    await held(life, 'third-party');
    life.deploy(next(applies));
    await life.moveTo('2026-01-05T12:00:00Z');
    await resumed(life);
    await life.moveTo('2026-01-06T10:00:00Z');

    expect(await life.climbed()).toEqual([`move ${due}`]);
  });
});

describe('clocks that disagree', () => {
  test.each([
    ['ahead', 10 * MINUTES],
    ['behind', -10 * MINUTES],
  ])('functions ten minutes %s of the machine do nothing early, and each rung once', async (_, skewMs) => {
    const life = await EscalationLife.begin({ at: '2026-01-05T08:00:00Z', skewMs });
    const early: string[] = [];

    for (let minutes = 0; minutes < 26 * 60; minutes += 5) {
      await later(life, 5 * MINUTES);
      const lag = life.skewMs < 0 ? -life.skewMs : 0;
      for (const [rung, due] of [
        ['warn', 19.2 * 60],
        ['move', 24 * 60],
      ] as const) {
        const there = (await life.climbed()).some((line) => line.startsWith(rung));
        if (there && (minutes + 5) * MINUTES < due * MINUTES) early.push(rung);
        if (!there && (minutes + 5) * MINUTES > due * MINUTES + 4 * lag) early.push(`${rung} missing`);
      }
    }

    expect(early).toEqual([]);
    expect((await life.climbed()).map((line) => line.split(' ')[0])).toEqual(['warn', 'move']);
    expect(life.called.length).toBeLessThan(20);
    expect(life.executions.filter((line) => !/SUCCEEDED|RUNNING/.test(line))).toEqual([]);
  });
});
