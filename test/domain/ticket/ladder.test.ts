import { describe, expect, test } from 'vitest';
import { writesOf } from '../../../adapters/dynamo/change-writes.ts';
import type { AgentNow, Calendar, Policy, Rung } from '../../../domain/policy.ts';
import type { Ledger } from '../../../domain/ports.ts';
import { DAY, HOUR, type Instant, plus } from '../../../domain/support/time.ts';
import { acknowledgeEscalation } from '../../../domain/ticket/acts/acknowledge-escalation.ts';
import { type Climbed, climb } from '../../../domain/ticket/acts/climb.ts';
import { customerReply } from '../../../domain/ticket/acts/customer-reply.ts';
import { hold } from '../../../domain/ticket/acts/hold.ts';
import { reopen } from '../../../domain/ticket/acts/reopen.ts';
import { reply } from '../../../domain/ticket/acts/reply.ts';
import { resolve } from '../../../domain/ticket/acts/resolve.ts';
import { signalFor } from '../../../domain/ticket/wait.ts';
import {
  aContext,
  aCustomer,
  afterChange,
  aLedger,
  aNewLedger,
  anAgent,
  aPolicy,
  aTeam,
  mondayAt9,
} from '../../support/builders.ts';
import { granted } from '../../support/decisions.ts';

const hours = (count: number): Instant => plus(mondayAt9, Math.round(count * HOUR));

const climbAt = (count: number, ledger: Ledger, team: AgentNow[] = aTeam(), policy: Policy = aPolicy()): Climbed =>
  climb(ledger, { team, link: (event, to) => `https://desk.example/a/${event}-${to}` }, aContext(hours(count), policy));

const after = (ledger: Ledger, { change }: Climbed): Ledger => {
  if (change === undefined) throw new Error('Nothing was climbed.');
  return afterChange(ledger, change);
};

const answer = { agent: 'ada', agentName: 'Ada', body: 'Hello', links: { ticket: 'https://desk.example/t/token' } };
const mailsOf = ({ change }: Climbed) => change?.mails?.map(({ key }) => key);

test('before its time a timer does nothing and says when to look again', () => {
  expect(climbAt(19, aLedger())).toEqual({ outcome: 'waited', owed: 'first-reply', lookAgainAt: hours(19.2) });
});

test('after the last rung it looks again at the longest interval, and the ticket says when', () => {
  const top = after(aLedger(), climbAt(200, aLedger()));
  const look = top.ticket.lookAgainAt ?? '';

  const looked = climb(top, { team: aTeam() }, aContext(look));

  expect(looked).toMatchObject({ outcome: 'waited', owed: 'first-reply', lookAgainAt: plus(look, 30 * DAY) });
  expect(looked.change).toMatchObject({ events: [], after: { lookAgainAt: plus(look, 30 * DAY) } });
});

test('at four fifths the assignee is warned, by mail and on the timeline', () => {
  const climbed = climbAt(19.2, aLedger());

  const link = `https://desk.example/a/${climbed.change?.events[0]?.id}-ada`;
  expect(climbed).toMatchObject({ outcome: 'warned', owed: 'first-reply', lookAgainAt: hours(24) });
  expect(climbed.change?.events).toMatchObject([
    { type: 'warned', by: 'rule:ladder.warn@1', promise: 'firstReply', rung: 'warn', dueAt: hours(24), told: ['ada'] },
  ]);
  expect(climbed.change?.mails).toMatchObject([
    {
      key: `notice#T-7K2M9Q#1#firstReply#${hours(24)}#warn#ada`,
      to: { email: 'ada@desk.example', name: 'Ada' },
      pace: 'prompt',
      content: { template: 'warning', promise: 'firstReply', dueAt: hours(24), link },
    },
  ]);
});

test('what a climb tells is named by its last event, by which erasing finds it', () => {
  const climbed = climbAt(48, aLedger());

  expect(mailsOf(climbed)?.length).toBeGreaterThan(1);
  expect(climbed.change?.events.at(-1)?.mails).toEqual(mailsOf(climbed));
});

test('a ticket without an owner is warned about to its group, and to the lead if nobody is there', () => {
  const nobody = aTeam({ ada: { present: false }, ben: { present: false } });
  const ledger = aLedger({}, aContext(), nobody);

  expect(climbAt(20, ledger).change?.events[0]).toMatchObject({ told: ['ada', 'ben'] });
  expect(climbAt(20, ledger, nobody).change?.events[0]).toMatchObject({ told: ['lea'] });
});

test('while its owner is away those of the group who are there are warned as well', () => {
  const away = aTeam({ ada: { present: false } });

  expect(climbAt(20, aLedger(), away).change?.events[0]).toMatchObject({ told: ['ada', 'ben'] });
});

test('at the due instant the ticket moves to the next tier with its owner, and the lead hears', () => {
  const ledger = aLedger();
  const warned = after(ledger, climbAt(19.2, ledger));

  const climbed = climbAt(24, warned);

  expect(climbed).toMatchObject({ outcome: 'moved', owed: 'first-reply', lookAgainAt: hours(28) });
  expect(climbed.change?.after).toMatchObject({
    group: 'advanced',
    tier: 2,
    assignee: 'cleo',
    clock: { firstReply: { state: 'breached' } },
  });
  expect(climbed.change?.events).toMatchObject([
    {
      type: 'escalated',
      rung: 'move',
      toGroup: 'advanced',
      toTier: 2,
      told: ['cleo', 'lea'],
      by: 'rule:ladder.move@1',
    },
    { type: 'assigned', agent: 'cleo', from: 'ada', group: 'advanced' },
  ]);
  expect(climbed.change?.mails?.map(({ to, content }) => [to.name, content.template])).toEqual([
    ['Cleo', 'escalation'],
    ['Lea', 'escalation'],
  ]);
});

test('a timer that fires twice climbs once', () => {
  const ledger = aLedger();
  const once = after(ledger, climbAt(24, ledger));

  expect(climbAt(24, once)).toMatchObject({ outcome: 'waited', lookAgainAt: hours(28) });
  expect(climbAt(24, once).change).toBeUndefined();
});

test('a timer that fires late climbs every rung that came due, in order, in one change', () => {
  const climbed = climbAt(29, aLedger());

  expect(climbed.outcome).toBe('called');
  expect(climbed.change?.events.map(({ type }) => type)).toEqual(['warned', 'escalated', 'assigned', 'escalated']);
  expect(climbed.change?.after).toMatchObject({ group: 'advanced', version: 3 });
  expect(climbed.change?.events.every(({ version }) => version === 3)).toBe(true);
});

test('a reply in time ends the ladder of the first reply', () => {
  const ledger = aLedger();
  const replied = afterChange(ledger, granted(reply(ledger, answer, aContext(hours(19)))));

  expect(climbAt(24, replied)).toEqual({ outcome: 'waited', owed: 'resolution', lookAgainAt: hours(57.6) });
});

test('a senior takes an escalated ticket first, else the least loaded who has the language', () => {
  const advanced = { groups: ['advanced'], tier: 2 } as const;
  const junior = anAgent({ ...advanced, groups: ['advanced'], id: 'jo', languages: ['fa'] });
  const ledger = aLedger({ customer: aCustomer({ locale: 'fa' }) });

  const withSenior = climbAt(24, ledger, [...aTeam({ cleo: { load: 4 } }), junior]);
  const without = climbAt(24, ledger, [...aTeam({ cleo: { present: false } }), junior]);

  expect(withSenior.change?.after).toMatchObject({ assignee: 'cleo' });
  expect(without.change?.after).toMatchObject({ assignee: 'jo' });
});

test('a tier where nobody has room gets it without an owner, and its lead hears', () => {
  const climbed = climbAt(24, aLedger(), aTeam({ cleo: { present: false } }));

  expect(climbed.change?.after).toMatchObject({ group: 'advanced' });
  expect(climbed.change?.after).not.toHaveProperty('assignee');
  expect(climbed.change?.events.slice(1)).toMatchObject([
    { type: 'escalated', told: ['lea'] },
    { type: 'nobody-available', by: 'rule:routing.nobody@1', group: 'advanced', why: 'away' },
  ]);
});

test('at the end of the path the lead is called instead, and the ticket stays', () => {
  const policy = aPolicy({ groups: { frontline: { id: 'frontline', tier: 1, lead: 'lea', manager: 'max' } } });

  const climbed = climbAt(24, aLedger(), aTeam(), policy);

  expect(climbed).toMatchObject({ outcome: 'called', change: { after: { group: 'frontline', assignee: 'ada' } } });
  expect(climbed.change?.events[1]).toMatchObject({ type: 'escalated', told: ['lea'] });
  expect(climbed.change?.events[1]).not.toHaveProperty('toGroup');
});

test('a call goes to the lead or the manager of the group, and each hears once', () => {
  const call = { id: 'call', at: { share: 1 }, act: { kind: 'call', who: 'manager' }, tell: 'manager' } as const;

  const climbed = climbAt(24, aLedger(), aTeam(), aPolicy({ ladder: [call] }));

  expect(climbed.change?.events).toMatchObject([{ type: 'escalated', rung: 'call', told: ['max'] }]);
  expect(climbed.change?.mails).toHaveLength(1);
});

test('a second next reply of the same cycle is noticed again, under a key of its own', () => {
  const wrote = { text: 'And?', channel: 'mail' as const, customer: aCustomer(), attachments: [] };
  const policy = aPolicy({ ladder: [{ id: 'warn', at: { share: 0.5 }, act: { kind: 'warn', who: 'assignee' } }] });
  let ledger = aLedger();
  const replyAt = (count: number) => {
    ledger = afterChange(ledger, granted(reply(ledger, answer, aContext(hours(count), policy))));
    ledger = afterChange(ledger, granted(customerReply(ledger, wrote, aContext(hours(count), policy))));
  };

  replyAt(0);
  const first = climbAt(12, ledger, aTeam(), policy);
  ledger = after(ledger, first);
  replyAt(13);
  const second = climbAt(25, ledger, aTeam(), policy);

  expect(mailsOf(first)).toEqual([`notice#T-7K2M9Q#1#nextReply#${hours(24)}#warn#ada`]);
  expect(mailsOf(second)).toEqual([`notice#T-7K2M9Q#1#nextReply#${hours(37)}#warn#ada`]);
});

test('nothing is climbed while the ticket waits for the customer, however late the timer', () => {
  const ledger = aLedger();
  const pending = afterChange(
    ledger,
    granted(hold(ledger, { waitingFor: 'customer', by: 'agent:ada' }, aContext(hours(1)))),
  );

  expect(climbAt(48, pending)).toEqual({ outcome: 'waited', owed: 'customer', lookAgainAt: plus(hours(1), 3 * DAY) });
});

describe('what comes due at once for many people', () => {
  const crowd = Array.from({ length: 12 }, (_, n) =>
    anAgent({
      id: `a${n}`,
      groups: ['frontline', 'advanced', 'expert'],
      tellBy: ['mail', 'sms'],
      phone: '+4930123456',
    }),
  );
  const nights = { zone: 'UTC', closed: [], open: {}, week: { tue: [{ from: '00:00', to: '08:00' }] } };
  const team = (quiet?: Calendar) =>
    [...aTeam(), ...crowd].map((agent) => ({ ...agent, load: 99, ...(quiet && { quiet }) }));
  const warnGroup = (id: string, share: number): Rung => ({ id, at: { share }, act: { kind: 'warn', who: 'group' } });
  const policy = aPolicy({
    targets: [{ id: 'all', calendar: 'always', firstReply: 'PT24H', resolution: 'PT24H' }],
    ladder: [
      ...[warnGroup('w1', 0.7), warnGroup('w2', 0.8), warnGroup('w3', 0.9)],
      { id: 'm1', at: { share: 1 }, act: { kind: 'move' } },
      { id: 'm2', at: { after: 'PT1H' }, act: { kind: 'move' } },
    ],
  });
  /** Looks until nothing is due any more; each change by its writes. */
  const looks = (count: number, people: AgentNow[], from: Ledger): { ledger: Ledger; writes: number[] } => {
    const { change } = climbAt(count, from, people, policy);
    if (change === undefined) return { ledger: from, writes: [] };
    const rest = looks(count, people, afterChange(from, change));
    return { ...rest, writes: [writesOf(change, 'Desk').length, ...rest.writes] };
  };
  const opened = aLedger({}, aContext(mondayAt9, policy), team());

  test.each([
    ['after a timer that fired late', (): number[] => looks(25, team(), opened).writes],
    [
      'when the quiet hours of all are over',
      () => looks(25, team(nights), looks(22, team(nights), opened).ledger).writes,
    ],
  ])('is told in changes that one transaction holds, %s', (_, writes) => {
    expect(writes().length).toBeGreaterThan(1);
    expect(Math.max(...writes())).toBeLessThanOrEqual(100);
  });

  test('is told whole, each rung once and in order, and the next look comes at once', () => {
    const first = climbAt(25, opened, team(), policy);
    const { ledger } = looks(25, team(), opened);

    const rungs = ledger.events.flatMap((event) =>
      event.type === 'warned' || event.type === 'escalated' ? [`${event.promise} ${event.rung}`] : [],
    );
    const each = ['w1', 'w2', 'w3', 'm1', 'm2'].flatMap((rung) => [`firstReply ${rung}`, `resolution ${rung}`]);
    expect(first.lookAgainAt <= hours(25)).toBe(true);
    expect(rungs).toEqual(each);
  });
});

test('a hold that is over is taken up again by rule, and one that is not stays', () => {
  const ledger = aLedger();
  const until = hours(10);
  const held = afterChange(
    ledger,
    granted(hold(ledger, { waitingFor: 'third-party', until, by: 'agent:ada' }, aContext(hours(1)))),
  );

  expect(climbAt(9, held)).toEqual({ outcome: 'waited', owed: 'third-party', lookAgainAt: until });
  expect(climbAt(10, held)).toMatchObject({
    outcome: 'resumed',
    owed: 'first-reply',
    lookAgainAt: hours(28.2),
    change: { after: { status: 'open' }, events: [{ type: 'resumed', by: 'rule:hold.review@1' }] },
  });
});

describe('a hold for which the clock runs on', () => {
  const policy = aPolicy({ pause: { whileWaitingForCustomer: true, whileOnHold: false } });
  const opened = aLedger();
  const held = afterChange(
    opened,
    granted(hold(opened, { waitingFor: 'third-party', until: hours(40), by: 'agent:ada' }, aContext(hours(1), policy))),
  );

  test('is looked at when a rung comes, which is climbed where it stands', () => {
    const warned = climbAt(19.2, held, aTeam(), policy);
    const moved = climbAt(24, after(held, warned), aTeam(), policy);

    expect(held.ticket.lookAgainAt).toBe(hours(19.2));
    expect(warned).toMatchObject({ outcome: 'warned', owed: 'third-party', lookAgainAt: hours(24) });
    expect(moved).toMatchObject({ outcome: 'moved', change: { after: { status: 'on-hold', group: 'advanced' } } });
  });

  test('ends at its own time, however much is due then', () => {
    expect(climbAt(40, held, aTeam(), policy)).toMatchObject({
      outcome: 'resumed',
      lookAgainAt: hours(19.2),
      change: { after: { status: 'open' } },
    });
  });

  test('calls its wait back when something is due sooner', () => {
    const wait = {
      ticketId: held.ticket.id,
      machine: 'escalation',
      cycle: 1,
      awaits: 'third-party',
      token: 't',
    } as const;
    const signal = signalFor({ ...wait, until: hours(40) }, { ticket: held.ticket }, policy);

    expect(signal).toEqual({ kind: 'succeed', output: { owed: 'third-party', lookAgainAt: hours(19.2) } });
  });
});

test('a ticket that nobody has triaged yet cannot climb', () => {
  expect(climbAt(48, aNewLedger())).toMatchObject({ outcome: 'waited', owed: 'first-reply' });
});

test('when the ticket is resolved nothing is owed', () => {
  const ledger = aLedger();
  const resolved = afterChange(ledger, granted(resolve(ledger, { agent: 'ada' }, aContext(hours(1)))));

  expect(climbAt(48, resolved)).toEqual({ outcome: 'nothing-owed', owed: 'nothing', lookAgainAt: hours(48) });
});

test('a lead whom the team does not have is an error by name, not a mail to nobody', () => {
  const team = aTeam().filter(({ id }) => id !== 'lea');

  expect(() => climbAt(24, aLedger(), team)).toThrow(/lea/);
});

test('an escalation of an earlier cycle waits for nobody any more', () => {
  const ledger = aLedger();
  const escalated = after(ledger, climbAt(24, ledger));
  const resolved = afterChange(escalated, granted(resolve(escalated, { agent: 'cleo' }, aContext(hours(25)))));
  const again = reopen(resolved, { by: 'agent:cleo', cause: 'agent' }, aContext(hours(26)));
  const reopened = afterChange(resolved, granted(again));

  expect(acknowledgeEscalation(reopened, { agent: 'cleo' }, aContext(hours(27)))).toMatchObject({
    refusal: 'nothing-to-acknowledge',
  });
});

test('an escalation is acknowledged once, and only when there is one', () => {
  const ledger = aLedger();
  const escalated = after(ledger, climbAt(24, ledger));
  const ctx = aContext(hours(25));

  const change = granted(acknowledgeEscalation(escalated, { agent: 'cleo' }, ctx));
  const seen = afterChange(escalated, change);

  expect(change.events).toMatchObject([{ type: 'escalation-acknowledged', agent: 'cleo', by: 'agent:cleo' }]);
  expect(acknowledgeEscalation(ledger, { agent: 'cleo' }, ctx)).toMatchObject({ refusal: 'nothing-to-acknowledge' });
  expect(acknowledgeEscalation(seen, { agent: 'cleo' }, ctx)).toMatchObject({ refusal: 'nothing-to-acknowledge' });
  expect(acknowledgeEscalation(after(seen, climbAt(28, seen)), { agent: 'lea' }, ctx).ok).toBe(true);
});
