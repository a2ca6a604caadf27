import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clockOf, standing } from '../../../domain/clock/standing.ts';
import { inOrder } from '../../../domain/ticket/event.ts';
import { transitions } from '../../../domain/ticket/transitions.ts';
import { aPolicy } from '../../support/builders.ts';
import { lives } from '../../support/lives.ts';

test('the clock and the next look that a ticket carries are always what its ledger says', () => {
  fc.assert(
    fc.property(lives, (steps) => {
      for (const { before, change } of steps) {
        const { after, events } = change;
        const stands = standing([...before.events, ...events], aPolicy(), after.updatedAt);

        expect(after.clock).toEqual(clockOf(stands));
        expect(after.lookAgainAt).toBe(stands.lookAgainAt);
      }
    }),
  );
});

test('every change counts the version up by one and stamps its events with version, cycle and policy', () => {
  fc.assert(
    fc.property(lives, (steps) => {
      for (const { before, change } of steps) {
        const { after, events } = change;

        expect(change.before).toBe(before.ticket);
        expect(after.version).toBe(before.ticket.version + 1);
        expect(events.length).toBeGreaterThan(0);
        for (const { version, cycle, policy } of events)
          expect({ version, cycle, policy }).toEqual({ version: after.version, cycle: after.cycle, policy: '1' });
        expect(inOrder(events)).toEqual(events);
      }
    }),
  );
});

test('no life leaves the table of transitions', () => {
  const rows: ReadonlyArray<{ from: readonly string[]; to: string }> = transitions;
  fc.assert(
    fc.property(lives, (steps) => {
      for (const { before, change } of steps) {
        const [from, to] = [before.ticket.status, change.after.status];

        expect(rows.some((row) => row.from.includes(from) && (row.to === 'same' ? from === to : row.to === to))).toBe(
          true,
        );
      }
    }),
  );
});

test('a live ticket always has a next look, a resolved or closed one never', () => {
  fc.assert(
    fc.property(lives, (steps) => {
      for (const { change } of steps) {
        const { status, lookAgainAt } = change.after;

        expect(lookAgainAt === undefined).toBe(status === 'resolved' || status === 'closed');
      }
    }),
  );
});

test('no rung is climbed twice for the same promise, however often and late the timers fire', () => {
  fc.assert(
    fc.property(lives, (steps) => {
      const climbed = steps
        .flatMap(({ change }) => change.events)
        .flatMap((event) =>
          event.type === 'warned' || event.type === 'escalated'
            ? [`${event.cycle} ${event.promise} ${event.rung} ${event.dueAt}`]
            : [],
        );

      expect(new Set(climbed).size).toBe(climbed.length);
    }),
  );
});

test('no mail is owed twice for the same cause', () => {
  fc.assert(
    fc.property(lives, (steps) => {
      const keys = steps.flatMap(({ change }) => (change.mails ?? []).map(({ key }) => key));

      expect(new Set(keys).size).toBe(keys.length);
    }),
  );
});
