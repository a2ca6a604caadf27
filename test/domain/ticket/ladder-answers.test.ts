import { expect, test } from 'vitest';
import type { Rung } from '../../../domain/policy.ts';
import type { Ledger } from '../../../domain/ports.ts';
import { plus } from '../../../domain/support/time.ts';
import { acknowledgeEscalation, noticeState } from '../../../domain/ticket/acts/acknowledge-escalation.ts';
import { assign } from '../../../domain/ticket/acts/assign.ts';
import { climb } from '../../../domain/ticket/acts/climb.ts';
import { customerReply } from '../../../domain/ticket/acts/customer-reply.ts';
import { hold } from '../../../domain/ticket/acts/hold.ts';
import { isNotice } from '../../../domain/ticket/acts/notices.ts';
import { reopen } from '../../../domain/ticket/acts/reopen.ts';
import { reply } from '../../../domain/ticket/acts/reply.ts';
import { resolve } from '../../../domain/ticket/acts/resolve.ts';
import { resume } from '../../../domain/ticket/acts/resume.ts';
import { transfer } from '../../../domain/ticket/acts/transfer.ts';
import { aCalendar, aContext, aCustomer, afterChange, aLedger, anAgent, aTeam } from '../../support/builders.ts';
import { granted } from '../../support/decisions.ts';
import {
  acknowledged,
  at,
  callLead,
  callManager,
  climbAt,
  climbed,
  desk,
  hours,
  late,
  move,
  policy,
  rungsOf,
  warn,
} from '../../support/ladder-desk.ts';

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

test('a notice says what comes next and when: a move with its group, then the lead', () => {
  const warned = climbAt(19.2, aLedger({}, at(0)));
  const moved = climbAt(24, climbed(19.2, aLedger({}, at(0))));

  expect(warned.change?.mails?.[0]?.content).toMatchObject({
    next: { does: 'move', group: 'advanced', at: hours(24) },
  });
  expect(moved.change?.mails?.[0]?.content).toMatchObject({ next: { does: 'call-lead', at: hours(24.25) } });
});

test('a notice of an earlier cycle is over, also once a notice of this one was acknowledged', () => {
  const first = late();
  const notice = first.events.findLast(isNotice);
  const done = afterChange(first, granted(resolve(first, { agent: 'cleo' }, at(25))));
  const again = afterChange(done, granted(reopen(done, { by: 'agent:cleo', cause: 'agent' }, at(26))));
  const seen = acknowledged(51, climbed(50, again), 'cleo');

  expect(notice && noticeState(seen, notice, at(52))).toEqual({ kind: 'over' });
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
