import { describe, expect, test } from 'vitest';
import type { Ticket } from '../../domain/ticket/ticket.ts';
import { changing, opening, triaging } from './changes.ts';
import { onBothDesks } from './desks.ts';

describe('the version that open tickets were recounted by', () => {
  onBothDesks((desk) => {
    test('is unknown at first, and then what was noted last', async () => {
      const { carriedPolicy } = desk();
      const [first, half] = [
        { policy: '1', version: 1 },
        { policy: '1', next: { policy: '2', upTo: 'T-7K2M9Q' }, version: 2 },
      ];
      const before = await carriedPolicy.read();
      const noted = [await carriedPolicy.note(first, undefined), await carriedPolicy.note(half, first)];

      expect([before, noted, await carriedPolicy.read()]).toEqual([undefined, [true, true], half]);
    });

    test('is not noted by whoever read it before somebody else noted one', async () => {
      const { carriedPolicy } = desk();
      const [one, two] = [
        { policy: '2', version: 1 },
        { policy: '2', version: 2 },
      ];
      await carriedPolicy.note(one, undefined);
      await carriedPolicy.note(two, one);

      const late = [
        await carriedPolicy.note({ policy: '1', version: 1 }, undefined),
        await carriedPolicy.note({ policy: '3', version: 2 }, one),
      ];

      expect([late, await carriedPolicy.read()]).toEqual([[false, false], two]);
    });

    test('counts for all live tickets: of the groups asked for, and those nobody has triaged', async () => {
      const { queues, tickets } = desk();
      const [fresh, open, ended] = [opening(), opening(), opening()];
      for (const change of [fresh, open, ended]) await tickets.record(change);
      const [placed, done] = [triaging(open.after), triaging(ended.after)];
      for (const change of [placed, done]) await tickets.record(change);
      const { updatedAt: resolvedAt } = done.after;
      const resolved = { ...done.after, status: 'resolved' as const, resolvedAt, version: 3 } as Ticket;
      await tickets.record(changing(done.after, resolved, { type: 'resolved' }));

      const [both, none] = [await queues.live(['frontline']), await queues.live([])];

      expect(both.sort()).toEqual([fresh.after.id, open.after.id].sort());
      expect(none).toEqual([fresh.after.id]);
    });
  });
});
