import { expect, test } from 'vitest';
import type { Policy } from '../../../domain/policy.ts';
import type { Ledger } from '../../../domain/ports.ts';
import { acknowledgeEscalation } from '../../../domain/ticket/acts/acknowledge-escalation.ts';
import { isNotice } from '../../../domain/ticket/acts/notices.ts';
import { reprioritise } from '../../../domain/ticket/acts/reprioritise.ts';
import { transfer } from '../../../domain/ticket/acts/transfer.ts';
import { afterChange, aLedger, aTeam } from '../../support/builders.ts';
import { granted } from '../../support/decisions.ts';
import {
  acknowledged,
  asleep,
  at,
  callLead,
  callManager,
  climbAt,
  climbed,
  desk,
  everyDay,
  hours,
  late,
  move,
  policy,
  warn,
} from '../../support/ladder-desk.ts';

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
