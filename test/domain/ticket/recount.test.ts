import { describe, expect, test } from 'vitest';
import { reachesOpenTickets, rulesNow } from '../../../domain/clock/versions.ts';
import { audit } from '../../../domain/explain/audit.ts';
import { auditedOf } from '../../../domain/explain/audited.ts';
import { explain } from '../../../domain/explain/explain.ts';
import type { Policy } from '../../../domain/policy.ts';
import type { Ledger } from '../../../domain/ports.ts';
import { DAY, HOUR, type Instant, plus } from '../../../domain/support/time.ts';
import { climb } from '../../../domain/ticket/acts/climb.ts';
import { hold } from '../../../domain/ticket/acts/hold.ts';
import { recount } from '../../../domain/ticket/acts/recount.ts';
import { remindCustomer } from '../../../domain/ticket/acts/remind-customer.ts';
import { reply } from '../../../domain/ticket/acts/reply.ts';
import { reactionsTo } from '../../../domain/ticket/reactions.ts';
import { signalFor, type Wait } from '../../../domain/ticket/wait.ts';
import {
  aCalendar,
  aContext,
  afterChange,
  aLedger,
  aNewLedger,
  aPolicy,
  aTeam,
  mondayAt9,
} from '../../support/builders.ts';
import { granted } from '../../support/decisions.ts';

const hours = (count: number): Instant => plus(mondayAt9, count * HOUR);
const links = { ticket: 'https://desk.example/t/token' };
const by = 'agent:ada' as const;
const promising = (firstReply: string, resolution: string): Policy['targets'] => [
  { id: 'rest', calendar: 'always', firstReply, nextReply: firstReply, resolution },
];

/** A day for a first reply, three for a resolution, and a step up when either is due. */
const old = aPolicy({
  targets: promising('PT24H', 'PT72H'),
  ladder: [{ id: 'move', at: { share: 1 }, act: { kind: 'move' } }],
});
const next = (over: Partial<Policy> = {}): Policy => ({
  ...old,
  version: '2',
  applyToOpenTickets: true,
  past: { '1': rulesNow(old) },
  targets: promising('PT12H', 'PT48H'),
  ...over,
});
const inOffice = (firstReply: string, calendar = 'office'): Policy['targets'] => [{ id: 'rest', calendar, firstReply }];
const at = (hour: number, policy: Policy = old) => aContext(hours(hour), policy);

const answered = (ledger: Ledger, hour: number, then?: 'pending' | 'resolved'): Ledger =>
  afterChange(
    ledger,
    granted(reply(ledger, { agent: 'ada', agentName: 'Ada', body: 'Hello', links, ...(then && { then }) }, at(hour))),
  );
const held = (ledger: Ledger, hour: number): Ledger =>
  afterChange(ledger, granted(hold(ledger, { waitingFor: 'third-party', by }, at(hour))));

const opened = () => aLedger({}, at(0));

/** What becomes of the execution that waits since before the new version. */
const signalled = (ledger: Ledger, awaits: Wait['awaits'], policy: Policy, hour = 10) => {
  const change = recount(ledger, at(hour, policy));
  if (change === undefined) return 'nothing changed';
  const { lookAgainAt: until = '' } = ledger.ticket;
  const wait = { ticketId: ledger.ticket.id, machine: 'escalation', cycle: 1, awaits, token: 't', until } as const;
  const told = reactionsTo({ kind: 'ticket', before: ledger.ticket, after: change.after }, policy);
  if (!told.some((command) => command.do === 'check-waits')) return 'nobody looks';
  const signal = signalFor(wait, { ticket: change.after }, policy);
  return signal?.kind === 'fail' ? { error: signal.error, ...signal.cause } : signal?.output;
};

describe('a new version that counts for what is owed', () => {
  test('what the ticket stores of its promises and of the next look becomes what the ledger says, and an event tells it', () => {
    const change = recount(opened(), at(10, next()));

    expect(change?.after.clock.firstReply).toMatchObject({ target: 'PT12H', dueAt: hours(12), state: 'running' });
    expect(change?.after.lookAgainAt).toBe(hours(12));
    expect(change?.after.version).toBe((change?.before?.version ?? 0) + 1);
    expect(change?.events).toMatchObject([
      {
        type: 'promises-recounted',
        by: 'rule:policy@2',
        policy: '2',
        promises: [
          { promise: 'firstReply', was: hours(24), dueAt: hours(12) },
          { promise: 'resolution', was: hours(72), dueAt: hours(48) },
        ],
        lookAgainAt: hours(12),
      },
    ]);
  });

  test('done once, there is nothing more to do, whatever the time of day', () => {
    const ledger = opened();
    const change = recount(ledger, at(10, next()));
    const after = change === undefined ? ledger : afterChange(ledger, change);

    expect(recount(after, at(10, next()))).toBeUndefined();
    expect(recount(after, at(13, next()))).toBeUndefined();
  });

  test('a longer promise is stored as well, and the look moves on with it', () => {
    const change = recount(opened(), at(10, next({ targets: promising('PT36H', 'PT96H') })));

    expect(change?.after).toMatchObject({ lookAgainAt: hours(36), clock: { firstReply: { dueAt: hours(36) } } });
  });

  test('another ladder over the same promises is reason enough', () => {
    const policy = next({
      targets: old.targets,
      ladder: [{ id: 'warn', at: { share: 0.75 }, act: { kind: 'warn', who: 'group' } }],
    });
    const change = recount(opened(), at(10, policy));

    expect(change?.events).toMatchObject([{ promises: [], lookAgainAt: hours(18) }]);
    expect(change?.after.lookAgainAt).toBe(hours(18));
  });

  test('a rung that is past under it is climbed at once, and once', () => {
    const ledger = opened();
    const change = recount(ledger, at(20, next())) ?? expect.fail('Nothing changed.');
    const recounted = afterChange(ledger, change);
    const climbed = climb(recounted, { team: aTeam() }, at(20, next()));
    const after = afterChange(recounted, climbed.change ?? expect.fail('Nothing was climbed.'));

    expect(change.after.lookAgainAt).toBe(hours(12));
    expect(climbed.change?.events.map(({ type }) => type)).toContain('escalated');
    expect(climb(after, { team: aTeam() }, at(20, next())).outcome).toBe('waited');
  });

  test('a ticket that nobody has triaged is recounted too', () => {
    const change = recount(aNewLedger({}, at(0)), at(1, next()));

    expect(change?.after).toMatchObject({ status: 'new', clock: { firstReply: { dueAt: hours(12) } } });
  });

  test('what is resolved owes nothing, whatever is stored of it', () => {
    const { ticket, events } = answered(opened(), 1, 'resolved');

    expect(recount({ ticket, events }, at(10, next()))).toBeUndefined();
    expect(recount({ ticket: { ...ticket, clock: {} }, events }, at(10, next()))).toBeUndefined();
  });

  test.each<[string, Partial<Policy>, object]>([
    ['other hours', { calendars: { office: aCalendar({ closed: ['2026-11-24'] }) } }, { dueAt: hours(51) }],
    ['a target in other words', { targets: inOffice('PT600M') }, { target: 'PT600M' }],
    [
      'another calendar of the same hours',
      { calendars: { desk: aCalendar() }, targets: inOffice('PT10H', 'desk') },
      { calendar: 'desk' },
    ],
  ])('a change all the same: %s', (_, over, stored) => {
    const before = { ...old, calendars: { office: aCalendar() }, targets: inOffice('PT10H') };
    const after = next({
      calendars: before.calendars,
      targets: before.targets,
      past: { '1': rulesNow(before) },
      ...over,
    });
    const change = recount(aLedger({}, at(0, before)), at(1, after));

    expect(change?.after.clock.firstReply).toMatchObject(stored);
  });
});

test('a version that does not count for what is owed changes no ticket', () => {
  expect(recount(opened(), at(10, next({ applyToOpenTickets: false })))).toBeUndefined();
});

test('time alone is no reason: a promise that ran out, or a last look that moves on, is left to its timer', () => {
  const patient = { ...old, lookAgainAtLeast: 'PT2H', ladder: [] };
  const ledger = aLedger({}, at(0, patient));

  expect(recount(ledger, at(1, patient))).toBeUndefined();
  expect(recount(ledger, at(30, patient))).toBeUndefined();
});

describe('an execution that waits is told, whatever it waits for, when its next look comes sooner', () => {
  const quiet = next({ silence: { ...old.silence, remindAfter: 'PT24H', reviewHoldAfter: 'PT36H' } });

  test('a first reply', () => {
    expect(signalled(opened(), 'first-reply', next())).toMatchObject({ error: 'LookAgain', lookAgainAt: hours(12) });
  });

  test('a resolution', () => {
    expect(signalled(answered(opened(), 1), 'resolution', next())).toMatchObject({
      error: 'LookAgain',
      lookAgainAt: hours(48),
    });
  });

  test('the customer', () => {
    const waiting = answered(opened(), 1, 'pending');

    expect(signalled(waiting, 'customer', quiet)).toEqual({ owed: 'customer', lookAgainAt: hours(25) });
    expect(signalled(waiting, 'customer', quiet, 40)).toEqual({ owed: 'customer', lookAgainAt: hours(25) });
  });

  test('a customer who may be silent for longer is left to the old timer, and the ticket says when it looks', () => {
    const waiting = answered(opened(), 1, 'pending');
    const patient = next({ targets: old.targets, silence: { ...old.silence, remindAfter: 'P5D' } });

    expect(recount(waiting, at(10, patient))?.after.lookAgainAt).toBe(hours(121));
    expect(signalled(waiting, 'customer', patient)).toBe('nobody looks');
  });

  test('a third party', () => {
    expect(signalled(held(opened(), 1), 'third-party', quiet)).toEqual({
      owed: 'third-party',
      lookAgainAt: hours(37),
    });
  });

  test('the closing that a customer was told of stays where it was', () => {
    const waiting = answered(opened(), 1, 'pending');
    const { change } = remindCustomer(waiting, { links }, at(73));
    const reminded = afterChange(waiting, change ?? expect.fail('Nobody was reminded.'));
    const shut = next({ targets: old.targets, silence: { ...old.silence, closeAfter: 'PT1H' } });

    expect(recount(reminded, at(80, shut))).toBeUndefined();
  });
});

describe('what an auditor finds', () => {
  /** Recounted at hour 20, eight hours after the new due time, and climbed at once. */
  const carried = (): Ledger => {
    const ledger = opened();
    const recounted = afterChange(ledger, recount(ledger, at(20, next())) ?? expect.fail('Nothing changed.'));
    const { change } = climb(recounted, { team: aTeam() }, at(20, next()));
    return afterChange(recounted, change ?? expect.fail('Nothing was climbed.'));
  };
  const check = ({ ticket, events }: Ledger, hour: number) => audit(auditedOf(ticket), events, next(), hours(hour));

  test('nothing to blame: what the version made due was due from then', () => {
    expect(check(carried(), 20)).toEqual([]);
  });

  test('a wait that the version had ended is over from then, too', () => {
    const policy = next({ targets: old.targets, silence: { ...old.silence, remindAfter: 'PT24H' } });
    const waiting = answered(opened(), 1, 'pending');
    const recounted = afterChange(waiting, recount(waiting, at(40, policy)) ?? expect.fail('Nothing changed.'));
    const { change } = remindCustomer(recounted, { links }, at(40, policy));
    const reminded = afterChange(recounted, change ?? expect.fail('Nobody was reminded.'));

    expect(audit(auditedOf(reminded.ticket), reminded.events, policy, hours(40))).toEqual([]);
  });

  test('a rung that was missed before it still stands out', () => {
    const ledger = opened();
    const late = afterChange(ledger, recount(ledger, at(30, next())) ?? expect.fail('Nothing changed.'));

    expect(check(late, 30).map(({ what }) => what)).toContain('rung move (firstReply)');
  });

  test('explain tells the act with each due time before and after', () => {
    const { acts } = explain(carried(), next(), hours(20));

    expect(acts.find(({ type }) => type === 'promises-recounted')).toMatchObject({
      rule: 'policy',
      policy: '2',
      inputs: {
        promises: [
          `promise firstReply, was ${hours(24)}, dueAt ${hours(12)}`,
          `promise resolution, was ${hours(72)}, dueAt ${hours(48)}`,
        ],
      },
    });
  });
});

describe('which versions reach open tickets', () => {
  const kept = (applies: boolean) => ({ ...rulesNow(old), applyToOpenTickets: applies });
  const third = (applies: { second: boolean; third: boolean }): Policy =>
    next({
      version: '3',
      applyToOpenTickets: applies.third,
      past: { '1': kept(false), '2': { ...kept(applies.second), version: '2' } },
    });

  test('the present one, and one that was passed over, since the last that was carried', () => {
    expect(reachesOpenTickets(third({ second: false, third: true }), '2')).toBe(true);
    expect(reachesOpenTickets(third({ second: true, third: false }), '1')).toBe(true);
    expect(reachesOpenTickets(third({ second: true, third: false }), '2')).toBe(false);
    expect(reachesOpenTickets(third({ second: false, third: false }), '1')).toBe(false);
  });

  test('any that is known, when none was noted yet; none at a new desk', () => {
    expect(reachesOpenTickets(third({ second: true, third: false }), undefined)).toBe(true);
    expect(reachesOpenTickets(old, undefined)).toBe(false);
  });

  test('a step back, as the version that is gone may have counted', () => {
    expect(reachesOpenTickets(old, '2')).toBe(true);
    expect(reachesOpenTickets({ ...old, version: '9' }, '10')).toBe(true);
  });
});

test('days later nothing of it is left to do', () => {
  const ledger = opened();
  const change = recount(ledger, at(10, next())) ?? expect.fail('Nothing changed.');

  expect(recount(afterChange(ledger, change), aContext(plus(mondayAt9, 9 * DAY), next()))).toBeUndefined();
});
