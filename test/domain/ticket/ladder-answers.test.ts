import { expect, test } from 'vitest';
import type { AgentNow, Policy, Rung } from '../../../domain/policy.ts';
import type { Ledger } from '../../../domain/ports.ts';
import { HOUR, type Instant, plus } from '../../../domain/support/time.ts';
import { acknowledgeEscalation, noticeState } from '../../../domain/ticket/acts/acknowledge-escalation.ts';
import { assign } from '../../../domain/ticket/acts/assign.ts';
import { type Climbed, climb } from '../../../domain/ticket/acts/climb.ts';
import { customerReply } from '../../../domain/ticket/acts/customer-reply.ts';
import { hold } from '../../../domain/ticket/acts/hold.ts';
import { isNotice } from '../../../domain/ticket/acts/notices.ts';
import { reopen } from '../../../domain/ticket/acts/reopen.ts';
import { reply } from '../../../domain/ticket/acts/reply.ts';
import { reprioritise } from '../../../domain/ticket/acts/reprioritise.ts';
import { resolve } from '../../../domain/ticket/acts/resolve.ts';
import { resume } from '../../../domain/ticket/acts/resume.ts';
import { transfer } from '../../../domain/ticket/acts/transfer.ts';
import {
  aCalendar,
  aContext,
  aCustomer,
  afterChange,
  aLedger,
  anAgent,
  aPolicy,
  aTeam,
  mondayAt9,
} from '../../support/builders.ts';
import { granted } from '../../support/decisions.ts';

/** The builders' first reply: 24 hours around the clock, from Monday nine o'clock. */
const hours = (count: number): Instant => plus(mondayAt9, Math.round(count * HOUR));

const warn: Rung = { id: 'warn', at: { share: 0.8 }, act: { kind: 'warn', who: 'assignee' } };
const move: Rung = {
  id: 'move',
  at: { share: 1 },
  act: { kind: 'move' },
  tell: 'lead',
  acknowledgeWithin: { P3: 'PT15M' },
};
const callLead: Rung = { id: 'call-lead', at: { after: 'PT1H' }, act: { kind: 'call', who: 'lead' } };
const moveOn: Rung = { id: 'move-on', at: { after: 'PT2H' }, act: { kind: 'move' } };
const callManager: Rung = { id: 'call-manager', at: { after: 'PT3H' }, act: { kind: 'call', who: 'manager' } };

const desk = (overrides: Partial<Policy> = {}): Policy =>
  aPolicy({ ladder: [warn, move, callLead, moveOn, callManager], ...overrides });

const policy = desk();
const at = (count: number, by: Policy = policy) => aContext(hours(count), by);

const climbAt = (count: number, ledger: Ledger, team: AgentNow[] = aTeam(), by: Policy = policy): Climbed =>
  climb(ledger, { team }, at(count, by));

const climbed = (count: number, ledger: Ledger, team: AgentNow[] = aTeam(), by: Policy = policy): Ledger => {
  const { change } = climbAt(count, ledger, team, by);
  if (change === undefined) throw new Error('Nothing was climbed.');
  return afterChange(ledger, change);
};

const acknowledged = (count: number, ledger: Ledger, agent: string, by: Policy = policy): Ledger =>
  afterChange(ledger, granted(acknowledgeEscalation(ledger, { agent }, at(count, by))));

const late = (by: Policy = policy, team: AgentNow[] = aTeam()): Ledger =>
  climbed(24, climbed(19.2, aLedger({}, at(0, by), team), team, by), team, by);

const rungsOf = ({ change }: Climbed) =>
  change?.events.flatMap((event) => (event.type === 'warned' || event.type === 'escalated' ? [event.rung] : []));

test('a rung that nobody acknowledges in its time pulls the next one to that moment, to the millisecond', () => {
  const ledger = late();

  const before = climb(ledger, { team: aTeam() }, aContext(plus(hours(24.25), -1), policy));
  const now = climbAt(24.25, ledger);

  expect(ledger.ticket.lookAgainAt).toBe(hours(24.25));
  expect(before.change).toBeUndefined();
  expect(rungsOf(now)).toEqual(['call-lead']);
  expect(now.change?.events[0]?.reason).toContain('Nobody has acknowledged move, so it comes early.');
  expect(now.change?.after.lookAgainAt).toBe(hours(26));
});

test('a priority that is asked for no answer is climbed at the times of the ladder', () => {
  const quiet = desk({ ladder: [warn, { ...move, acknowledgeWithin: { P1: 'PT15M' } }, callLead, callManager] });

  expect(late(quiet).ticket.lookAgainAt).toBe(hours(25));
});

test('a time to acknowledge that ends after the next rung holds nothing up', () => {
  const patient = desk({ ladder: [warn, { ...move, acknowledgeWithin: { P3: 'PT2H' } }, callLead, callManager] });

  expect(late(patient).ticket.lookAgainAt).toBe(hours(25));
});

test('an answer in time leaves the next rung at its own time, and further warnings and calls rest until an hour later', () => {
  const ledger = acknowledged(24.1, late(), 'cleo');

  expect(climbAt(24.25, ledger).change).toBeUndefined();
  expect(ledger.ticket.lookAgainAt).toBe(hours(25.1));
  expect(rungsOf(climbAt(25.1, ledger))).toEqual(['call-lead']);
  expect(climbAt(25.1, ledger).change?.events[0]?.reason).toContain('held back after an acknowledgement');
});

test('an acknowledgement stops neither the clock nor a move', () => {
  const ledger = acknowledged(25.5, climbed(24.25, late()), 'cleo');

  const moved = climbAt(26, ledger);

  expect(ledger.ticket.clock.firstReply).toMatchObject({ state: 'breached', dueAt: hours(24) });
  expect(rungsOf(moved)).toEqual(['move-on']);
  expect(moved.change?.after).toMatchObject({ group: 'expert', assignee: 'eva' });
});

test('whoever gets the ticket after the acknowledger has acknowledged nothing: the noise comes at its time', () => {
  const ledger = acknowledged(24.1, late(), 'cleo');
  const team = [...aTeam(), anAgent({ id: 'dan', groups: ['advanced'], tier: 2 })];

  const given = afterChange(ledger, granted(assign(ledger, { to: 'dan', by: 'agent:lea', team }, at(24.2))));
  const kept = afterChange(ledger, granted(assign(ledger, { to: 'lea', by: 'agent:lea', team }, at(24.2))));
  const leads = acknowledged(24.1, late(), 'lea');
  const taken = afterChange(leads, granted(assign(leads, { to: 'lea', by: 'agent:lea', team }, at(24.2))));

  expect(given.ticket.lookAgainAt).toBe(hours(25));
  expect(kept.ticket.lookAgainAt).toBe(hours(25));
  expect(taken.ticket.lookAgainAt).toBe(hours(25.1));
});

test('an acknowledgement names agent, rung and promise, once for each promise that waits', () => {
  const both = desk({ targets: [{ id: 'all', calendar: 'always', firstReply: 'PT24H', resolution: 'PT24H' }] });
  const ledger = climbed(24, aLedger({}, at(0, both)), aTeam(), both);

  const change = granted(acknowledgeEscalation(ledger, { agent: 'cleo' }, at(24.1, both)));

  expect(change.events).toMatchObject([
    { type: 'escalation-acknowledged', agent: 'cleo', rung: 'move', promise: 'firstReply', rests: 'PT1H' },
    { type: 'escalation-acknowledged', agent: 'cleo', rung: 'move', promise: 'resolution', rests: 'PT1H' },
  ]);
});

test('a notice of one promise waits although another promise was acknowledged', () => {
  const both = desk({ targets: [{ id: 'all', calendar: 'always', firstReply: 'PT24H', resolution: 'PT24H' }] });
  const ledger = climbed(24, aLedger({}, at(0, both)), aTeam(), both);
  const notices = ledger.events.filter(isNotice).filter(({ type }) => type === 'escalated');
  const [first, second] = notices;
  if (first === undefined || second === undefined) throw new Error('Both promises should have been told of.');

  const change = granted(acknowledgeEscalation(ledger, { agent: 'cleo', notice: first }, at(24.1, both)));
  const seen = afterChange(ledger, change);

  expect(notices.map(({ promise }) => promise)).toEqual(['firstReply', 'resolution']);
  expect(change.events).toMatchObject([{ promise: 'firstReply' }]);
  expect(noticeState(seen, first, at(24.2, both))).toEqual({ kind: 'seen', by: 'cleo', at: hours(24.1) });
  expect(noticeState(seen, second, at(24.2, both))).toEqual({ kind: 'waits' });
});

test('a notice of a reply that was given is over, although the customer asked again since', () => {
  const words = { agent: 'ada', agentName: 'Ada', body: 'Hello', links: { ticket: 'https://desk.example/t/x' } };
  const question = { text: 'And?', channel: 'mail' as const, customer: aCustomer(), attachments: [] };
  let ledger = aLedger({}, at(0));
  const asked = (count: number): void => {
    ledger = afterChange(ledger, granted(reply(ledger, words, at(count))));
    ledger = afterChange(ledger, granted(customerReply(ledger, question, at(count))));
  };
  asked(0);
  ledger = climbed(19.2, ledger);
  const notice = ledger.events.findLast(isNotice);
  asked(20);

  expect(notice).toMatchObject({ promise: 'nextReply' });
  expect(notice && noticeState(ledger, notice, at(21))).toEqual({ kind: 'over' });
});

test('nothing waits to be acknowledged once the customer has an answer', () => {
  const ledger = late();
  const words = { agent: 'cleo', agentName: 'Cleo', body: 'Hello', links: { ticket: 'https://desk.example/t/x' } };
  const answered = afterChange(ledger, granted(reply(ledger, words, at(24.1))));

  expect(acknowledgeEscalation(answered, { agent: 'lea' }, at(24.2))).toMatchObject({
    refusal: 'nothing-to-acknowledge',
  });
});

test('the time to acknowledge stands still with the promise, and counts its hours', () => {
  const inHours = desk({
    targets: [{ id: 'all', calendar: 'office', firstReply: 'PT7H', resolution: 'PT70H' }],
    calendars: { office: aCalendar() },
  });
  // Seven hours of office from Monday nine o'clock: due at five, when the office closes.
  const ledger = climbed(8, aLedger({}, at(0, inHours)), aTeam(), inHours);
  const held = afterChange(
    ledger,
    granted(hold(ledger, { waitingFor: 'third-party', by: 'agent:cleo' }, at(24, inHours))),
  );
  const back = afterChange(held, granted(resume(held, { by: 'agent:cleo' }, at(25, inHours))));

  expect(ledger.ticket.lookAgainAt).toBe(hours(24.25));
  expect(back.ticket.lookAgainAt).toBe(hours(25.25));
});

test('a ticket that a person placed since it was in danger stays there: they and the lead are told, and it says why', () => {
  const warned = climbed(19.2, aLedger({}, at(0)));
  const placed = afterChange(warned, granted(transfer(warned, { to: 'ben', by: 'agent:lea', team: aTeam() }, at(20))));

  const now = climbAt(24, placed);

  expect(now.outcome).toBe('called');
  expect(now.change?.after).toMatchObject({ group: 'frontline', tier: 1, assignee: 'ben' });
  expect(now.change?.after).not.toHaveProperty('moves');
  expect(now.change?.events).toMatchObject([
    { type: 'escalated', rung: 'move', stays: 'placed-by-hand', told: ['ben', 'lea'] },
  ]);
  expect(now.change?.events[0]?.reason).toContain(`where agent:lea put it at ${hours(20)}`);
});

test('a person and the ladder move a ticket in the same second: whoever comes second leaves it there', () => {
  const moves = desk({ ladder: [move, callManager] });
  const byHand = (ledger: Ledger) =>
    transfer(ledger, { to: 'advanced', by: 'agent:lea', team: aTeam() }, at(24, moves));
  const opened = aLedger({}, at(0, moves));

  const ladderSecond = climbAt(24, afterChange(opened, granted(byHand(opened))), aTeam(), moves);
  const personSecond = byHand(climbed(24, opened, aTeam(), moves));

  expect(ladderSecond.change?.after).toMatchObject({ group: 'advanced', assignee: 'cleo', moves: 1 });
  expect(ladderSecond.change?.events).toMatchObject([{ rung: 'move', stays: 'placed-by-hand', told: ['cleo', 'lea'] }]);
  expect(personSecond).toMatchObject({ refusal: 'already-there' });
});

test('whoever it was given by hand may be away by then: those of the group who are there are told as well', () => {
  const warned = climbed(19.2, aLedger({}, at(0)));
  const placed = afterChange(warned, granted(transfer(warned, { to: 'ben', by: 'agent:lea', team: aTeam() }, at(20))));

  const now = climbAt(24, placed, aTeam({ ben: { present: false } }));

  expect(now.change?.events).toMatchObject([{ stays: 'placed-by-hand', told: ['ben', 'ada', 'lea'] }]);
});

test('a notice that was held back into a pause is told when the ticket goes on', () => {
  const by = 'agent:lea' as const;
  const warned = climbed(19.2, aLedger({}, at(0)), asleep());
  const held = afterChange(warned, granted(hold(warned, { waitingFor: 'third-party', by }, at(20))));
  const back = afterChange(held, granted(resume(held, { by }, at(30))));

  expect(climbAt(22, held, asleep()).change).toBeUndefined();
  expect(back.ticket.lookAgainAt).toBe(hours(22));
  expect(climbAt(30, back, asleep()).change?.events).toMatchObject([{ type: 'notice-given', told: ['ada'] }]);
});

test('a place given by hand before anything was in danger, or by a rule since, does not hold the ladder up', () => {
  const ledger = aLedger({}, at(0));
  const early = afterChange(ledger, granted(assign(ledger, { to: 'ben', by: 'agent:lea', team: aTeam() }, at(1))));
  const warned = climbed(19.2, ledger);
  const ruled = afterChange(
    warned,
    granted(transfer(warned, { to: 'ben', by: 'rule:routing@1', team: aTeam() }, at(20))),
  );

  expect(climbAt(24, climbed(19.2, early)).change?.after).toMatchObject({ group: 'advanced', assignee: 'cleo' });
  expect(climbAt(24, ruled).change?.after).toMatchObject({ group: 'advanced', assignee: 'cleo' });
});

test('a ladder that begins anew for the same due time tells nobody what they have read', () => {
  const everyHour = { zone: 'UTC', closed: [], open: {}, week: everyDay([{ from: '00:00', to: '24:00' }]) };
  const row = { firstReply: 'PT24H', nextReply: 'PT24H', resolution: 'PT72H' };
  const rows = desk({
    ladder: [{ ...callLead, id: 'early', at: { share: 0.8 }, tell: 'manager' }, move],
    calendars: { everyHour },
    targets: [
      { ...row, id: 'theirs', groups: ['advanced'], calendar: 'everyHour' },
      { ...row, id: 'all', calendar: 'always' },
    ],
    groups: {
      ...policy.groups,
      advanced: { id: 'advanced', tier: 2, next: 'expert', lead: 'lea', manager: 'eva' },
    },
  });
  const told = climbed(19.2, aLedger({}, at(0, rows)), aTeam(), rows);
  const given = transfer(told, { to: 'cleo', by: 'agent:lea', team: aTeam() }, at(20, rows));

  const again = climbAt(20, afterChange(told, granted(given)), aTeam(), rows);

  expect(told.events.at(-1)).toMatchObject({ rung: 'early', dueAt: hours(24), told: ['lea', 'max'] });
  expect(again.change?.events).toMatchObject([{ rung: 'early', dueAt: hours(24), told: ['lea', 'eva'] }]);
  expect(again.change?.mails?.map(({ to }) => to.name)).toEqual(['Eva']);
});

test('each change of group is counted, by the ladder and by hand', () => {
  const moved = late();
  const back = afterChange(
    moved,
    granted(transfer(moved, { to: 'frontline', by: 'agent:lea', team: aTeam() }, at(24.1))),
  );

  expect(moved.ticket).toMatchObject({ moves: 1 });
  expect(moved.events.find(({ type }) => type === 'escalated')).toMatchObject({ moves: 1 });
  expect(back.ticket).toMatchObject({ moves: 2 });
  expect(back.events.at(-1)).toMatchObject({ type: 'transferred', moves: 2 });
});

const nights = { zone: 'Europe/Berlin', closed: [], open: {}, week: everyDay([{ from: '22:00', to: '31:00' }]) };

function everyDay<T>(spans: T): Record<'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun', T> {
  return { mon: spans, tue: spans, wed: spans, thu: spans, fri: spans, sat: spans, sun: spans };
}

/** Warned at 19.2 hours, a quarter past four at night; quiet until seven, at hour 22. */
const asleep = (): AgentNow[] => aTeam({ ada: { quiet: nights } });

test('somebody in their quiet hours is told at the moment they are over, once', () => {
  const ledger = climbed(19.2, aLedger({}, at(0)), asleep());
  const { change } = climbAt(19.2, aLedger({}, at(0)), asleep());

  const morning = climbAt(22, ledger, asleep());
  const told = climbed(22, ledger, asleep());

  expect(change?.events).toMatchObject([{ type: 'warned', told: [], held: [{ agent: 'ada', until: hours(22) }] }]);
  expect(change?.mails).toEqual([]);
  expect(ledger.ticket.lookAgainAt).toBe(hours(22));
  expect(morning.change?.events).toMatchObject([
    { type: 'notice-given', by: 'rule:quiet.over@1', rung: 'warn', promise: 'firstReply', told: ['ada'] },
  ]);
  expect(morning.change?.mails).toMatchObject([
    { key: `notice#T-7K2M9Q#1#firstReply#${hours(24)}#warn#ada`, content: { template: 'warning' } },
  ]);
  expect(told.ticket.lookAgainAt).toBe(hours(24));
  expect(climbAt(22, told, asleep()).change).toBeUndefined();
});

test('each of a group is told when their own quiet hours are over', () => {
  const group = desk({ ladder: [{ ...warn, act: { kind: 'warn', who: 'group' } }, callManager] });
  const longer = { ...nights, week: everyDay([{ from: '22:00', to: '32:00' }]) };
  const team = aTeam({ ada: { quiet: nights }, ben: { quiet: longer } });

  const first = climbed(22, climbed(19.2, aLedger({}, at(0, group)), team, group), team, group);
  const second = climbAt(23, first, team, group);

  expect(first.events.at(-1)).toMatchObject({ type: 'notice-given', told: ['ada'] });
  expect(first.ticket.lookAgainAt).toBe(hours(23));
  expect(second.change?.events).toMatchObject([{ type: 'notice-given', told: ['ben'] }]);
});

test('what was held back is told to nobody once it matters no more', () => {
  const ledger = climbed(19.2, aLedger({}, at(0)), asleep());
  const words = { agent: 'ben', agentName: 'Ben', body: 'Hello', links: { ticket: 'https://desk.example/t/x' } };

  const answered = afterChange(ledger, granted(reply(ledger, words, at(20))));
  const seen = acknowledged(20, ledger, 'ben');

  expect(climbAt(22, answered, asleep()).change).toBeUndefined();
  expect(climbAt(22, seen, asleep()).change).toBeUndefined();
});

test('whoever has left the team meanwhile is told nothing, and holds nobody up', () => {
  const held = climbed(19.2, aLedger({}, at(0)), asleep());
  const gone = aTeam().filter(({ id }) => id !== 'ada');

  const morning = climbAt(22, held, gone);
  const warned = climbAt(19.2, aLedger({}, at(0)), gone);

  expect(morning.change?.events).toMatchObject([{ type: 'notice-given', told: ['ada'] }]);
  expect(morning.change?.mails).toEqual([]);
  expect(warned.change?.events).toMatchObject([{ type: 'warned', told: ['ben'] }]);
});

test('a step that wakes for the priority reaches people in their quiet hours', () => {
  const waking = desk({ ladder: [{ ...warn, wakes: ['P3'] }, callManager] });
  const others = desk({ ladder: [{ ...warn, wakes: ['P1'] }, callManager] });

  expect(climbAt(19.2, aLedger({}, at(0, waking)), asleep(), waking).change?.events[0]).toMatchObject({
    told: ['ada'],
  });
  expect(climbAt(19.2, aLedger({}, at(0, others)), asleep(), others).change?.events[0]).toMatchObject({ told: [] });
});

test('nobody is expected to acknowledge what they can only read in the morning', () => {
  const night = desk({
    ladder: [{ ...warn, at: { share: 0.5 } }, { ...move, at: { share: 0.8 } }, callLead, callManager],
  });
  const team = aTeam({ cleo: { quiet: nights }, lea: { quiet: nights } });

  const ledger = climbed(19.2, aLedger({}, at(0, night)), team, night);

  expect(ledger.events.findLast(({ type }) => type === 'escalated')).toMatchObject({
    told: [],
    acknowledge: { from: hours(22), within: 'PT15M' },
  });
  expect(climbed(22, ledger, team, night).ticket.lookAgainAt).toBe(hours(22.25));
});

test('a colleague who wants it by text message is told by each way, under a key of its own', () => {
  const team = aTeam({ ada: { tellBy: ['mail', 'sms'], phone: '+4930123456', timeZone: 'Europe/Berlin' } });

  const { change } = climbAt(19.2, aLedger({}, at(0)), team);

  const key = `notice#T-7K2M9Q#1#firstReply#${hours(24)}#warn#ada`;
  expect(change?.mails).toMatchObject([
    { key, to: { email: 'ada@desk.example' }, timeZone: 'Europe/Berlin' },
    { key: `${key}#sms`, to: { phone: '+4930123456' }, timeZone: 'Europe/Berlin' },
  ]);
});

test('a notice says what comes next and when: a move with its group, then the lead', () => {
  const warned = climbAt(19.2, aLedger({}, at(0)));
  const moved = climbAt(24, climbed(19.2, aLedger({}, at(0))));

  expect(warned.change?.mails?.[0]?.content).toMatchObject({
    next: { does: 'move', group: 'advanced', at: hours(24) },
  });
  expect(moved.change?.mails?.[0]?.content).toMatchObject({ next: { does: 'call-lead', at: hours(24.25) } });
});

test('a promise that gets its old target back tells nobody a second time', () => {
  const prioritise = (ledger: Ledger, priority: 'P2' | 'P3', count: number, by: Policy): Ledger =>
    afterChange(ledger, granted(reprioritise(ledger, { priority, by: 'agent:lea' }, at(count, by))));
  const two = desk({
    targets: [
      { id: 'longer', priorities: ['P2'], calendar: 'always', firstReply: 'PT48H', resolution: 'PT96H' },
      { id: 'rest', calendar: 'always', firstReply: 'PT24H', resolution: 'PT72H' },
    ],
  });
  const warned = climbed(19.2, aLedger({}, at(0, two)), aTeam(), two);

  const there = prioritise(warned, 'P2', 20, two);
  const back = prioritise(there, 'P3', 21, two);

  expect(there.ticket.lookAgainAt).toBe(hours(38.4));
  expect(climbAt(21, back, aTeam(), two).change).toBeUndefined();
  expect(back.ticket.lookAgainAt).toBe(hours(24));
});

test('a new target has a ladder of its own: nothing that was asked, taken on, held back or placed before counts for it', () => {
  const two = desk({
    ladder: [{ ...warn, acknowledgeWithin: { P3: 'PT15M' } }, move, callManager],
    targets: [
      { id: 'longer', priorities: ['P2'], calendar: 'always', firstReply: 'PT48H', resolution: 'PT96H' },
      { id: 'rest', calendar: 'always', firstReply: 'PT24H', resolution: 'PT72H' },
    ],
    acknowledgedRests: 'PT40H',
  });
  const longer = (ledger: Ledger, count: number): Ledger =>
    afterChange(ledger, granted(reprioritise(ledger, { priority: 'P2', by: 'agent:lea' }, at(count, two))));
  const warned = climbed(19.2, aLedger({}, at(0, two)), aTeam(), two);
  const notice = warned.events.findLast(isNotice);
  if (notice === undefined) throw new Error('Somebody should have been warned.');
  const seen = (ledger: Ledger, count: number): Ledger =>
    afterChange(ledger, granted(acknowledgeEscalation(ledger, { agent: 'ada', notice }, at(count, two))));

  const asked = longer(warned, 19.3);
  const taken = longer(seen(warned, 19.3), 20);
  const takenLater = seen(longer(warned, 19.3), 20);
  const heldBack = longer(climbed(19.2, aLedger({}, at(0, two)), asleep(), two), 20);
  const given = transfer(warned, { to: 'ben', by: 'agent:lea', team: aTeam() }, at(20, two));
  const placed = climbed(38.4, longer(afterChange(warned, granted(given)), 21), aTeam(), two);

  for (const ledger of [asked, taken, takenLater, heldBack]) expect(ledger.ticket.lookAgainAt).toBe(hours(38.4));
  expect(climbAt(48, placed, aTeam(), two).change?.after).toMatchObject({ group: 'advanced' });
});

test('a notice of an earlier cycle is over, also once a notice of this one was acknowledged', () => {
  const first = late();
  const notice = first.events.findLast(isNotice);
  const done = afterChange(first, granted(resolve(first, { agent: 'cleo' }, at(25))));
  const again = afterChange(done, granted(reopen(done, { by: 'agent:cleo', cause: 'agent' }, at(26))));
  const seen = acknowledged(51, climbed(50, again), 'cleo');

  expect(notice && noticeState(seen, notice, at(52))).toEqual({ kind: 'over' });
});

test('a new row that promises the same leaves who is still to be told, and what somebody took on, as they were', () => {
  const row = { calendar: 'always', firstReply: 'PT24H' };
  const rows = desk({
    targets: [
      { ...row, id: 'p3', priorities: ['P3'], resolution: 'PT72H' },
      { ...row, id: 'rest', resolution: 'PT168H' },
    ],
  });
  const lower = (ledger: Ledger, count: number): Ledger =>
    afterChange(ledger, granted(reprioritise(ledger, { priority: 'P4', by: 'agent:lea' }, at(count, rows))));

  const held = lower(climbed(19.2, aLedger({}, at(0, rows)), asleep(), rows), 20);
  const taken = lower(acknowledged(24.1, late(rows), 'cleo', rows), 24.2);

  expect(climbAt(22, held, asleep(), rows).change?.events).toMatchObject([{ type: 'notice-given', told: ['ada'] }]);
  expect(taken.ticket.lookAgainAt).toBe(hours(25.1));
});

test('a step for one promise is climbed for that promise alone', () => {
  const only = desk({ ladder: [{ ...warn, promises: ['resolution'] }, callManager] });

  const ledger = aLedger({}, at(0, only));

  expect(ledger.ticket.lookAgainAt).toBe(hours(24));
  expect(climbAt(60, ledger, aTeam(), only).change?.events).toMatchObject([
    { type: 'escalated', promise: 'firstReply', rung: 'call-manager' },
    { type: 'warned', promise: 'resolution' },
  ]);
});

test('a warning to a group names its owner first and no more than ten of the others', () => {
  const many = Array.from({ length: 15 }, (_, index) => anAgent({ id: `a${index}`, load: index }));
  const ladder: Rung[] = [{ ...warn, act: { kind: 'warn', who: 'group' } }, callManager];

  const [event] =
    climbAt(19.2, aLedger({}, at(0)), [...aTeam({ ada: { load: 9 } }), ...many], desk({ ladder })).change?.events ?? [];

  expect(event).toMatchObject({
    type: 'warned',
    told: ['ada', 'a0', 'a1', 'ben', 'a2', 'a3', 'a4', 'a5', 'a6', 'a7', 'a8'],
  });
});
