import { describe, expect, test } from 'vitest';
import { rulesNow } from '../../domain/clock/versions.ts';
import type { Policy } from '../../domain/policy.ts';
import { acknowledgeEscalation } from '../../domain/ticket/acts/acknowledge-escalation.ts';
import { assign } from '../../domain/ticket/acts/assign.ts';
import { customerReply } from '../../domain/ticket/acts/customer-reply.ts';
import { hold } from '../../domain/ticket/acts/hold.ts';
import { recount } from '../../domain/ticket/acts/recount.ts';
import { reply } from '../../domain/ticket/acts/reply.ts';
import { reprioritise } from '../../domain/ticket/acts/reprioritise.ts';
import { resume } from '../../domain/ticket/acts/resume.ts';
import { aCustomer, aPolicy, aTeam } from '../support/builders.ts';
import { granted } from '../support/decisions.ts';
import { EscalationLife } from '../support/escalation-life.ts';

const by = 'agent:ada' as const;
const HOURS = 3_600_000;
const [REMIND, CLIMB, CLOSE] = ['Remind The Customer', 'Climb The Ladder', 'Close Quietly'];
const begun = Date.parse('2026-01-05T08:00:00Z');
/** So many hours after the ticket was opened. */
const at = (hours: number): string => new Date(begun + hours * HOURS).toISOString();

const answered = (life: EscalationLife, then?: 'pending') =>
  life.change((ledger, ctx) => {
    const links = { ticket: 'https://desk.example/t/token' };
    return granted(
      reply(ledger, { agent: 'ada', agentName: 'Ada', body: 'Hello.', links, ...(then && { then }) }, ctx),
    );
  });
const heard = (life: EscalationLife) =>
  life.change((ledger, ctx) => {
    const words = { text: 'It still fails.', channel: 'mail' as const, customer: aCustomer(), attachments: [] };
    return granted(customerReply(ledger, words, ctx));
  });
const held = (life: EscalationLife, waitingFor: 'customer' | 'third-party', until?: string) =>
  life.change((ledger, ctx) => granted(hold(ledger, { waitingFor, by, ...(until && { until }) }, ctx)));
const resumed = (life: EscalationLife) => life.change((ledger, ctx) => granted(resume(ledger, { by }, ctx)));
const raised = (life: EscalationLife) =>
  life.change((ledger, ctx) => granted(reprioritise(ledger, { priority: 'P1', by }, ctx)));

const policy = aPolicy({ ladder: [{ id: 'move', at: { share: 1 }, act: { kind: 'move' } }] });
const next = (changes: Partial<Policy>): Policy => ({
  ...policy,
  version: '2',
  applyToOpenTickets: true,
  past: { '1': rulesNow(policy) },
  ...changes,
});
const recounted = (life: EscalationLife, changes: Partial<Policy>) => {
  life.deploy(next(changes));
  return life.change((ledger, ctx) => recount(ledger, ctx) ?? expect.fail('Nothing changed.'));
};

const rest = { id: 'rest', calendar: 'always', firstReply: 'PT24H', nextReply: 'PT24H', resolution: 'PT72H' };

/** What makes something due at the very moment, ten hours after the ticket was opened. */
const ways: Array<[string, (life: EscalationLife) => Promise<void>, string]> = [
  ['a raised priority, before the first reply', raised, 'escalated'],
  [
    'a raised priority, before the solution',
    async (life) => {
      await answered(life);
      await raised(life);
    },
    'escalated',
  ],
  [
    'the end of a hold by hand, raised in it',
    async (life) => {
      await held(life, 'third-party');
      await raised(life);
      await resumed(life);
    },
    'escalated',
  ],
  [
    'the end of a hold by itself, raised in it',
    async (life) => {
      await held(life, 'third-party', at(11));
      await raised(life);
      await life.moveTo(at(11));
    },
    'escalated',
  ],
  [
    'the answer of the customer, raised in the wait for it',
    async (life) => {
      await held(life, 'customer');
      await raised(life);
      await heard(life);
    },
    'escalated',
  ],
  [
    'a shorter promise of a new version',
    (life) => recounted(life, { targets: [{ ...rest, firstReply: 'PT9H', resolution: 'PT9H' }] }),
    'escalated',
  ],
  [
    'a sooner reminder of a new version',
    async (life) => {
      await held(life, 'customer');
      await life.moveTo(at(15));
      await recounted(life, { silence: { ...policy.silence, remindAfter: 'PT4H' } });
    },
    'reminded',
  ],
  [
    'a sooner reminder and closing of a new version, after a reminder',
    async (life) => {
      await held(life, 'customer', at(11));
      await life.moveTo(at(20));
      await recounted(life, { silence: { ...policy.silence, reminders: 2, remindAfter: 'PT4H' } });
    },
    'reminded',
  ],
  [
    'a sooner review of a new version',
    async (life) => {
      await held(life, 'third-party');
      await life.moveTo(at(15));
      await recounted(life, { silence: { ...policy.silence, reviewHoldAfter: 'PT3H' } });
    },
    'resumed',
  ],
];

describe.each(ways)('%s', (_, way, type) => {
  test.each([0, 1, 2, 3, 4, 5, 6, 7])(
    'finds it done at once, however full the history is: %d pauses before',
    async (pauses) => {
      const life = await EscalationLife.begin({ at: at(0), policy });
      await life.moveTo(at(10));
      for (let n = 0; n < pauses; n += 1) {
        await held(life, n % 2 === 0 ? 'third-party' : 'customer');
        await resumed(life);
      }

      await way(life);

      expect(await life.overdue()).toEqual([]);
      expect((await life.events(type)).at(-1)).toBe(`${type} ${life.now}`);
      expect(life.waiting).toBe(1);
      expect(Math.max(...life.histories)).toBeLessThanOrEqual(40);
    },
  );
});

describe('an execution that begins late', () => {
  test.each([
    ['escalated', at(30), (_: EscalationLife) => Promise.resolve()],
    ['escalated', at(100), answered],
    ['reminded', at(100), (life: EscalationLife) => answered(life, 'pending')],
    ['resumed', at(200), (life: EscalationLife) => held(life, 'third-party')],
  ])('does what is overdue as it begins: %s', async (type, watchedFrom, meanwhile) => {
    const life = await EscalationLife.begin({ at: at(0), policy, watchedFrom, meanwhile });

    expect((await life.events(type)).at(-1)).toBe(`${type} ${watchedFrom}`);
    expect(await life.overdue()).toEqual([]);
  });
});

describe('a fault of AWS', () => {
  test.each([
    ['Await First Reply', 'DynamoDb.ThrottlingException'],
    ['Climb The Ladder', 'Lambda.ServiceException'],
    ['Climb The Ladder', 'ConcurrentChange'],
  ])('in "%s" (%s) puts no rung off', async (state, error) => {
    const failing = (name: string, nth: number) => (name === state && nth <= 3 ? error : undefined);
    const life = await EscalationLife.begin({ at: at(0), policy, failing });

    await life.moveTo(at(25));

    expect(await life.climbed()).toEqual([`move ${at(24)}`]);
  });
});

test('an acknowledgement puts a call off to the second at which its rest ends, and a hand-over brings it back at once', async () => {
  const call = { id: 'call', at: { after: 'PT30M' }, act: { kind: 'call', who: 'lead' } } as const;
  const warn = { id: 'warn', at: { share: 1 }, act: { kind: 'warn', who: 'assignee' }, acknowledgeWithin: {} } as const;
  const acknowledged = (life: EscalationLife) =>
    life.change((ledger, ctx) => granted(acknowledgeEscalation(ledger, { agent: 'ada' }, ctx)));
  const rested = await EscalationLife.begin({ at: at(0), policy: aPolicy({ ladder: [warn, call] }) });
  const handedOver = await EscalationLife.begin({ at: at(0), policy: aPolicy({ ladder: [warn, call] }) });

  for (const life of [rested, handedOver]) {
    await life.moveTo(at(24.25));
    await acknowledged(life);
    await life.moveTo(at(25));
  }
  await handedOver.change((ledger, ctx) => granted(assign(ledger, { to: 'ben', by, team: aTeam() }, ctx)));
  await rested.moveTo(at(26));

  expect(await rested.climbed()).toEqual([`warn ${at(24)}`, `call ${at(25.25)}`]);
  expect(await handedOver.climbed()).toEqual([`warn ${at(24)}`, `call ${at(25)}`]);
});

describe('a clock that runs on while the customer is waited for', () => {
  const runsOn = aPolicy({ pause: { whileWaitingForCustomer: false, whileOnHold: true } });

  test('breaks no promise in silence: each rung is climbed at its second, and the reminder and the closing come at theirs', async () => {
    const life = await EscalationLife.begin({ at: at(0), policy: runsOn });

    await life.moveTo(at(10));
    await answered(life, 'pending');
    await life.moveTo(at(200));

    expect(await life.climbed()).toEqual([`warn ${at(57.6)}`, `move ${at(72)}`, `call ${at(76)}`]);
    expect(await life.events('reminded', 'closed')).toEqual([`reminded ${at(82)}`, `closed ${at(178)}`]);
    expect(life.called).toEqual([REMIND, CLIMB, REMIND, CLIMB, REMIND, CLIMB, REMIND, CLOSE]);
    expect(Math.max(...life.histories)).toBeLessThanOrEqual(40);
  });

  test('climbs also after the last reminder, which the customer has its whole time to answer, and tells them of nothing late', async () => {
    const life = await EscalationLife.begin({ at: at(0), policy: { ...runsOn, tellCustomerWhenLate: true } });

    await held(life, 'customer', at(10));
    await life.moveTo(at(60));

    expect(await life.climbed()).toEqual([
      ...[`warn ${at(19.2)}`, `move ${at(24)}`, `call ${at(28)}`],
      `warn ${at(57.6)}`,
    ]);
    expect(await life.events('reminded', 'closed', 'promise-slipped')).toEqual([`reminded ${at(10)}`]);
    expect(life.called.slice(0, 4)).toEqual([REMIND, CLOSE, CLIMB, REMIND]);
    expect(Math.max(...life.histories)).toBeLessThanOrEqual(40);
  });

  test('climbs and reminds at one moment, if both are due then', async () => {
    const life = await EscalationLife.begin({ at: at(0), policy: runsOn });

    await life.moveTo(at(1));
    await held(life, 'customer', at(24));
    await life.moveTo(at(24));

    expect(await life.overdue()).toEqual([]);
    expect(await life.events('warned', 'escalated', 'reminded')).toEqual([
      `warned ${at(19.2)}`,
      `reminded ${at(24)}`,
      `escalated ${at(24)}`,
    ]);
    expect(life.called).toEqual([REMIND, CLIMB, REMIND, CLIMB]);
  });
});

describe('a new version that counts before any sweep has carried it to the ticket', () => {
  test.each([
    ['the reminder', 10, { remindAfter: 'PT100H' }, [at(100)], [REMIND, REMIND]],
    ['the closing', 80, { remindAfter: 'P5D', reminders: 2 }, [at(72), at(192)], [REMIND, CLOSE, REMIND]],
  ])('puts %s off without a look again and again', async (_, deployedAt, silence, reminded, called) => {
    const life = await EscalationLife.begin({ at: at(0), policy });
    await held(life, 'customer');
    await life.moveTo(at(deployedAt));

    life.deploy(next({ silence: { ...policy.silence, ...silence } }));
    await life.moveTo(at(195));

    expect(await life.events('reminded', 'closed')).toEqual(reminded.map((time) => `reminded ${time}`));
    expect(life.called).toEqual(called);
  });
});
