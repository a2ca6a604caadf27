import { expect, test } from 'vitest';
import { audit } from '../../../domain/explain/audit.ts';
import { auditedOf } from '../../../domain/explain/audited.ts';
import { explain } from '../../../domain/explain/explain.ts';
import type { Policy } from '../../../domain/policy.ts';
import type { Ledger } from '../../../domain/ports.ts';
import { reprioritise } from '../../../domain/ticket/acts/reprioritise.ts';
import { afterChange, aLedger, aTeam } from '../../support/builders.ts';
import { granted } from '../../support/decisions.ts';
import { at, climbAt, climbed, desk, hours, move, moveOn } from '../../support/ladder-desk.ts';

// A first reply and a solution that are due at the same second, as urgent tickets have them.
const twins = desk({
  ladder: [move, moveOn],
  targets: [{ id: 'all', calendar: 'always', firstReply: 'PT24H', resolution: 'PT24H' }],
});

test('a ticket that breaks two promises at one moment moves once, and its new owner and the lead hear of both', () => {
  const { change } = climbAt(24, aLedger({}, at(0, twins)), aTeam(), twins);

  const escalated = change?.events.filter(({ type }) => type === 'escalated');
  expect(change?.after).toMatchObject({ group: 'advanced', assignee: 'cleo', tier: 2, moves: 1 });
  expect(escalated).toMatchObject([
    { promise: 'firstReply', toGroup: 'advanced' },
    { promise: 'resolution', stays: 'placed-already', told: ['cleo', 'lea'] },
  ]);
  expect(escalated?.[1]).not.toHaveProperty('toGroup');
  expect(escalated?.[1]?.reason).toContain('one step of the ladder has placed it for all that was late by then');
});

test('a ladder that is late as a whole moves the ticket once, and a step that comes due later moves it on', () => {
  const raise = (ledger: Ledger, count: number, by: Policy): Ledger =>
    afterChange(ledger, granted(reprioritise(ledger, { priority: 'P1', by: 'agent:lea' }, at(count, by))));
  const sooner = desk({
    ladder: [move, moveOn, { ...moveOn, id: 'move-further', at: { after: 'PT12H' } }],
    targets: [
      { id: 'urgent', priorities: ['P1'], calendar: 'always', firstReply: 'PT1H' },
      { id: 'all', calendar: 'always', firstReply: 'PT24H' },
    ],
  });

  const raised = climbed(10, raise(aLedger({}, at(0, sooner)), 10, sooner), aTeam(), sooner);
  const later = climbed(13, raised, aTeam(), sooner);

  expect(raised.ticket).toMatchObject({ group: 'advanced', lookAgainAt: hours(13) });
  expect(raised.events.flatMap((event) => (event.type === 'escalated' ? [event.stays] : []))).toEqual([
    undefined,
    'placed-already',
  ]);
  expect(later.ticket).toMatchObject({ group: 'expert', moves: 2 });
});

test('a rung that is carried out a moment after the move it was due with does not move the ticket again', () => {
  const first = desk({ ...twins, ladder: [{ ...move, promises: ['firstReply'] }] });
  const moved = climbed(24, aLedger({}, at(0, first)), aTeam(), first);

  const { change } = climbAt(24.001, moved, aTeam(), twins);

  expect(change?.after).toMatchObject({ group: 'advanced' });
  expect(change?.events).toMatchObject([{ promise: 'resolution', stays: 'placed-already' }]);
});

test('what comes next says which step moves the ticket, and the ledger of the two agrees with itself and not with another', () => {
  const before = aLedger({}, at(0, twins));
  const { ticket, events } = climbed(24, before, aTeam(), twins);
  const moves = explain(before, twins, hours(1)).next.filter(({ rule }) => rule === 'ladder.move@1');
  const otherwise = events.map((event) =>
    event.type === 'escalated' && event.stays ? { ...event, stays: 'end-of-path' as const } : event,
  );

  expect(moves.map(({ what }) => what)).toEqual([
    expect.stringContaining('moves from frontline to advanced'),
    expect.stringContaining('stays where another step places it at that moment'),
  ]);
  expect(audit(auditedOf(ticket), events, twins, hours(24))).toEqual([]);
  expect(audit(auditedOf(ticket), otherwise, twins, hours(24))).toMatchObject([
    { stored: 'end-of-path', recomputed: 'placed-already' },
  ]);
});
