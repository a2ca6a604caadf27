import { expect, test } from 'vitest';
import { rulesNow } from '../../../domain/clock/versions.ts';
import { audit } from '../../../domain/explain/audit.ts';
import { auditedOf } from '../../../domain/explain/audited.ts';
import { explain } from '../../../domain/explain/explain.ts';
import { expectationOf } from '../../../domain/pages/expectation.ts';
import type { Policy } from '../../../domain/policy.ts';
import type { Ledger } from '../../../domain/ports.ts';
import { HOUR, type Instant, plus } from '../../../domain/support/time.ts';
import { acknowledge } from '../../../domain/ticket/acts/acknowledge.ts';
import { climb } from '../../../domain/ticket/acts/climb.ts';
import { customerReply } from '../../../domain/ticket/acts/customer-reply.ts';
import { hold } from '../../../domain/ticket/acts/hold.ts';
import { merge } from '../../../domain/ticket/acts/merge.ts';
import { reply } from '../../../domain/ticket/acts/reply.ts';
import { reprioritise } from '../../../domain/ticket/acts/reprioritise.ts';
import { resume } from '../../../domain/ticket/acts/resume.ts';
import { transfer } from '../../../domain/ticket/acts/transfer.ts';
import { unmerge } from '../../../domain/ticket/acts/unmerge.ts';
import type { Change } from '../../../domain/ticket/change.ts';
import type { Priority } from '../../../domain/ticket/ticket.ts';
import {
  aContext,
  aCustomer,
  afterChange,
  aLedger,
  aPolicy,
  aTeam,
  mondayAt9,
  standingOf,
} from '../../support/builders.ts';
import { granted } from '../../support/decisions.ts';

const hours = (count: number): Instant => plus(mondayAt9, count * HOUR);
const letterhead = { links: { ticket: 'https://desk.example/t/token' }, replyTo: 'desk+x@desk.example' };
const policy = aPolicy({
  tellCustomerWhenLate: true,
  ladder: [],
  targets: [
    {
      id: 'high',
      priorities: ['P1', 'P2'],
      calendar: 'always',
      firstReply: 'PT2H',
      nextReply: 'PT2H',
      resolution: 'PT8H',
    },
    { id: 'rest', calendar: 'always', firstReply: 'PT24H', nextReply: 'PT12H', resolution: 'PT72H' },
  ],
});
const at = (count: number, by: Policy = policy) => aContext(hours(count), by);
const stored = (ledger: Ledger, change: Change | undefined): Ledger =>
  change === undefined ? ledger : afterChange(ledger, change);

/** A ticket whose first mail was owed at once, by which it is answered within two hours. */
const told = (opening: Parameters<typeof aLedger>[0] = {}): Ledger => {
  const ledger = aLedger({ report: { impact: 'team', urgency: 'high' }, ...opening }, at(0));
  return stored(ledger, granted(acknowledge(ledger, letterhead, at(0))));
};
const prioritised = (ledger: Ledger, count: number, priority: Priority): Ledger =>
  stored(ledger, granted(reprioritise(ledger, { priority, by: 'agent:lea' }, at(count))));
const looked = (ledger: Ledger, count: number): Ledger =>
  stored(ledger, climb(ledger, { team: aTeam(), letterhead }, at(count)).change);
const replied = (ledger: Ledger, count: number): Ledger =>
  stored(ledger, granted(reply(ledger, { agent: 'ada', agentName: 'Ada', body: 'Yes.', ...letterhead }, at(count))));
const wrote = (ledger: Ledger, count: number): Ledger =>
  stored(
    ledger,
    granted(
      customerReply(
        ledger,
        { text: 'It fails again.', channel: 'mail', customer: aCustomer(), attachments: [] },
        at(count),
      ),
    ),
  );
const held = (ledger: Ledger, count: number, waitingFor: 'customer' | 'third-party'): Ledger =>
  stored(ledger, granted(hold(ledger, { waitingFor, by: 'agent:ada' }, at(count))));
const resumed = (ledger: Ledger, count: number): Ledger =>
  stored(ledger, granted(resume(ledger, { by: 'agent:ada' }, at(count))));

/** What customers were told: when, about what, in which words and whether by mail. */
const slips = ({ events }: Ledger) =>
  events.flatMap((event) =>
    event.type === 'promise-slipped'
      ? [
          [
            (Date.parse(event.at) - Date.parse(mondayAt9)) / HOUR,
            event.promise,
            event.cause ?? 'late',
            event.mail !== undefined,
          ],
        ]
      : [],
  );
const lookAt = ({ ticket }: Ledger): number => (Date.parse(ticket.lookAgainAt ?? '') - Date.parse(mondayAt9)) / HOUR;

test('a time that a mail named is taken back at that second, although a lower priority gave the desk longer', () => {
  const lowered = prioritised(told(), 1, 'P4');
  const change = climb(lowered, { team: aTeam(), letterhead }, at(2)).change;

  expect(lowered.ticket.clock.firstReply?.dueAt).toBe(hours(24));
  expect(lookAt(lowered)).toBe(2);
  expect(change?.mails).toMatchObject([
    { key: `late#T-7K2M9Q#1#firstReply#${hours(2)}`, content: { what: 'longer', dueAt: hours(2), until: hours(24) } },
  ]);
  expect(change?.events).toMatchObject([
    {
      type: 'promise-slipped',
      cause: 'longer',
      dueAt: hours(2),
      until: hours(24),
      reason: expect.stringContaining('takes longer'),
    },
  ]);
  expect(change?.after.clock.firstReply?.state).toBe('running');
});

test('the page then says what the mail said, and when the new time passes, too, they hear that and no more', () => {
  const longer = looked(prioritised(told(), 1, 'P4'), 2);
  const broken = looked(longer, 24);
  const page = (ledger: Ledger, count: number) =>
    expectationOf(ledger.ticket, standingOf(ledger, hours(count), policy), hours(count));

  expect(page(longer, 3)).toEqual({ kind: 'reply', by: hours(24), longerThan: hours(2) });
  expect(lookAt(longer)).toBe(24);
  expect(slips(broken)).toEqual([
    [2, 'firstReply', 'longer', true],
    [24, 'firstReply', 'late', true],
  ]);
  expect(page(broken, 25)).toEqual({ kind: 'late-reply', since: hours(24), by: hours(36) });
  expect(slips(looked(looked(broken, 36), 60))).toHaveLength(2);
});

test('priorities that go back and forth cost no mail, and an answer before the time that was named none either', () => {
  const flips = prioritised(prioritised(prioritised(told(), 0.5, 'P4'), 1, 'P2'), 1.5, 'P3');

  expect(slips(looked(prioritised(flips, 1.8, 'P2'), 2))).toEqual([[2, 'firstReply', 'late', true]]);
  expect(slips(looked(looked(replied(flips, 1.9), 2), 24))).toEqual([]);
});

test('a hold that puts the answer off is told of at the time that the mail had named, in the hold as well as after it', () => {
  const waiting = looked(held(told(), 1, 'third-party'), 2);
  const over = looked(resumed(held(told(), 0.5, 'third-party'), 1.5), 2);

  expect(lookAt(held(told(), 1, 'third-party'))).toBe(2);
  expect(slips(waiting)).toEqual([[2, 'firstReply', 'on-hold', true]]);
  expect(waiting.events.at(-1)).toMatchObject({ until: hours(1 + 7 * 24) });
  expect(slips(looked(resumed(waiting, 10), 11))).toEqual([
    [2, 'firstReply', 'on-hold', true],
    [11, 'firstReply', 'late', true],
  ]);
  expect(slips(over)).toEqual([[2, 'firstReply', 'longer', true]]);
  expect(over.events.at(-1)).toMatchObject({ until: hours(3) });
});

test('a time that passes while the ticket waits for the customer is given up with their turn', () => {
  const back = resumed(looked(held(told(), 1, 'customer'), 2), 10);

  expect(slips(looked(back, 10))).toEqual([]);
  expect(slips(looked(back, 11))).toEqual([[11, 'firstReply', 'late', true]]);
});

test('a new hold begins the page anew: what an earlier mail took back is apologised for no longer', () => {
  const longer = held(looked(prioritised(told(), 1, 'P4'), 2), 20, 'third-party');
  const over = resumed(looked(longer, 24), 30);

  expect(slips(over)).toEqual([
    [2, 'firstReply', 'longer', true],
    [24, 'firstReply', 'on-hold', true],
  ]);
  expect(expectationOf(over.ticket, standingOf(over, hours(31), policy), hours(31))).toEqual({
    kind: 'reply',
    by: hours(34),
  });
});

test('a timer that comes late loses no time that was named, whatever was done meanwhile', () => {
  expect(slips(looked(held(told(), 2.5, 'third-party'), 3))).toEqual([[3, 'firstReply', 'on-hold', true]]);
});

test('where nothing is promised any more, they hear that it takes longer, and no other time', () => {
  const { firstReply: _, ...unpromised } = policy.targets[1] ?? expect.fail('There is no such row.');
  const without = { ...policy, targets: [{ ...unpromised, id: 'expert', groups: ['expert'] }, ...policy.targets] };
  const ctx = (count: number) => at(count, without);
  const moved = stored(told(), granted(transfer(told(), { to: 'expert', by: 'agent:lea', team: aTeam() }, ctx(1))));
  const change = climb(moved, { team: aTeam(), letterhead }, ctx(2)).change;

  expect(change?.events).toMatchObject([{ type: 'promise-slipped', cause: 'longer', dueAt: hours(2) }]);
  expect(change?.events[0]).not.toHaveProperty('until');
  expect(change?.mails?.[0]?.content).not.toHaveProperty('until');
});

test('a version that gives longer does not unsay what was late, and counts for what only takes longer', () => {
  const next = (past: Policy): Policy => ({
    ...past,
    version: '2',
    applyToOpenTickets: true,
    past: { '1': rulesNow(past) },
    targets: [{ id: 'all', calendar: 'always', firstReply: 'PT96H' }],
  });
  const dueAt = (ledger: Ledger) => standingOf(ledger, hours(30), next(policy)).promises.firstReply?.dueAt;

  const warned = {
    ...policy,
    ladder: [
      {
        id: 'quarter',
        at: { share: 0.25 },
        act: { kind: 'warn' as const, who: 'assignee' as const },
        promises: ['resolution' as const],
      },
    ],
  };
  const beside = stored(told(), climb(told(), { team: aTeam(), letterhead }, at(2, warned)).change);

  expect(beside.events.map(({ type }) => type)).not.toContain('overdue');
  expect(dueAt(beside)).toBe(hours(2));
  expect(dueAt(looked(prioritised(told(), 1, 'P4'), 2))).toBe(hours(96));
});

test('each message without an answer is told of once, when the page said it would have one', () => {
  const first = wrote(replied(told(), 1), 2);
  const late = looked(wrote(looked(first, 4), 5), 10);
  const second = looked(wrote(replied(late, 10), 20), 22);

  expect(lookAt(first)).toBe(4);
  expect(slips(late)).toEqual([[4, 'nextReply', 'late', true]]);
  expect(slips(second)).toEqual([
    [4, 'nextReply', 'late', true],
    [22, 'nextReply', 'late', true],
  ]);
});

test('what only the page said is taken back on the page alone if a mail was late about the ticket so lately', () => {
  const again = looked(wrote(replied(looked(wrote(replied(told(), 1), 2), 4), 4.5), 5), 7);

  expect(slips(again)).toEqual([
    [4, 'nextReply', 'late', true],
    [7, 'nextReply', 'late', false],
  ]);
  expect(again.events.at(-1)?.reason).toContain(`one told them at ${hours(4)}`);
});

test('a solution is told of only where the page named its time: not while an answer was owed, nor after it', () => {
  const answered = looked(replied(told(), 1), 8);
  const owing = looked(wrote(replied(told(), 1), 7), 8);

  expect(slips(answered)).toEqual([[8, 'resolution', 'late', true]]);
  expect(climb(replied(told(), 1), { team: aTeam(), letterhead }, at(8)).change?.mails).toMatchObject([
    { content: { what: 'solution', dueAt: hours(8), until: hours(12) } },
  ]);
  expect(slips(owing)).toEqual([]);
  expect(slips(looked(looked(replied(owing, 8.5), 8.5), 9))).toEqual([]);
});

test('whoever was shown the page by no mail hears of the solution there alone', () => {
  const called = looked(aLedger({ answeredBy: 'ada', report: { impact: 'team', urgency: 'high' } }, at(0)), 8);

  expect(slips(called)).toEqual([[8, 'resolution', 'late', false]]);
  expect(called.events.at(-1)?.reason).toContain('no mail has shown them the page');
});

test('a time that was named goes with the ticket into another of the same customer, and back, and not to somebody else', () => {
  const part = prioritised(told(), 1, 'P4');
  const other = (customer = aCustomer()): Ledger =>
    aLedger({ id: 'T-000002', customer, report: { impact: 'one', urgency: 'low' } }, at(0));
  const merged = (into: Ledger) => granted(merge(part, { into, by: 'agent:lea', confirm: true }, at(1)));
  const same = merged(other());
  const kept = stored(other(), same.beside);
  const apart = granted(unmerge(stored(part, same), { from: kept, by: 'agent:lea' }, at(1.5)));
  const stranger = other(aCustomer({ id: '01JCUSTOMER000000000000OTHER' }));

  expect(slips(looked(kept, 2))).toEqual([[2, 'firstReply', 'longer', true]]);
  expect(slips(looked(stored(stored(part, same), apart), 2))).toEqual([[2, 'firstReply', 'longer', true]]);
  expect(slips(looked(stored(kept, apart.beside), 2))).toEqual([]);
  expect(slips(looked(stored(stranger, merged(stranger).beside), 2))).toEqual([]);
});

test('times of two promises that are found to have passed at one moment are one mail, by the one that a mail had named', () => {
  const into = stored(
    aLedger({ id: 'T-000002', report: { impact: 'one', urgency: 'low' } }, at(0)),
    granted(
      acknowledge(aLedger({ id: 'T-000002', report: { impact: 'one', urgency: 'low' } }, at(0)), letterhead, at(0)),
    ),
  );
  const part = aLedger({ report: { impact: 'team', urgency: 'high' } }, at(0));
  const both = stored(into, granted(merge(part, { into, by: 'agent:lea' }, at(1))).beside);
  const change = climb(both, { team: aTeam(), letterhead }, at(30)).change;

  expect(slips(stored(both, change))).toEqual([
    [30, 'firstReply', 'late', true],
    [30, 'nextReply', 'late', false],
  ]);
  expect(change?.mails?.filter(({ content }) => content.template === 'late')).toHaveLength(1);
});

test('a merge that is undone and made again tells nothing twice', () => {
  const part = told();
  const into = aLedger({ id: 'T-000002', report: { impact: 'one', urgency: 'low' } }, at(0));
  const once = granted(merge(part, { into, by: 'agent:lea' }, at(1)));
  const late = looked(stored(into, once.beside), 2);
  const apart = granted(unmerge(stored(part, once), { from: late, by: 'agent:lea' }, at(3)));
  const again = granted(
    merge(stored(stored(part, once), apart), { into: stored(late, apart.beside), by: 'agent:lea' }, at(3.5)),
  );

  expect(slips(looked(stored(stored(late, apart.beside), again.beside), 4))).toEqual([[2, 'nextReply', 'late', true]]);
});

test('what is told comes next at its time, and an audit misses what was not told, or told otherwise', () => {
  const ledger = looked(prioritised(told(), 1, 'P4'), 2);
  const doubts = (events: Ledger['events']) =>
    audit(auditedOf(ledger.ticket), events, policy, hours(3)).filter(({ what }) => what.startsWith('promise-slipped'));
  const otherwise = (edit: object) =>
    ledger.events.map((event) => (event.type === 'promise-slipped' ? { ...event, ...edit } : event));

  expect(explain(ledger, policy, hours(3)).next).toContainEqual({
    at: hours(24),
    what: `The customer is told that the first reply is late, and that they hear from the desk by ${hours(36)}.`,
    rule: 'clock.tell-customer-when-late@1',
  });
  expect(explain(prioritised(told(), 1, 'P4'), policy, hours(1)).next[0]).toMatchObject({
    at: hours(2),
    what: `The customer is told that the first reply takes longer than a mail said, and that they hear from the desk by ${hours(24)}.`,
  });
  const late = looked(prioritised(told(), 1, 'P4'), 2.5);

  expect(doubts(ledger.events)).toEqual([]);
  expect(doubts(late.events)).toMatchObject([
    { stored: `told at ${hours(2.5)}`, recomputed: `late since ${hours(2)}` },
  ]);
  expect(doubts(otherwise({ cause: 'on-hold' }))).toMatchObject([{ what: 'promise-slipped.cause' }]);
  expect(doubts(otherwise({ until: hours(25) }))).toMatchObject([{ what: 'promise-slipped.until' }]);
  expect(doubts(ledger.events.filter(({ type }) => type !== 'promise-slipped'))).toMatchObject([
    { recomputed: `late since ${hours(2)}` },
  ]);
});
