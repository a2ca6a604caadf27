import { describe, expect, test } from 'vitest';
import type { OutageWatch } from '../../domain/triage/outage-watch.ts';
import { at, changing, opening, triaging } from './changes.ts';
import { onBothDesks } from './desks.ts';

const watch = (version: number): OutageWatch => ({
  category: 'payment',
  reports: [{ ticketId: 'T-000001', at: at(version) }],
  version,
});

const outage = { id: `payment@${at(1)}`, since: at(1), lastAt: at(2), tickets: 5, seenWith: 'T-000001' };

const model = (version: string) => ({
  version,
  examples: 60,
  perCategory: { payment: 30, shipping: 30 },
  heldOut: { asked: 12, answered: 10, right: 9 },
  counts: '[{},{},{},{},[]]',
});

describe('what triage knows beyond one ticket', () => {
  onBothDesks((desk) => {
    test('two who watch a category at once: one keeps theirs, the other is told', async () => {
      const { outages } = desk();

      const first = await Promise.all([outages.keep(watch(1), undefined), outages.keep(watch(1), undefined)]);
      const second = await Promise.all([outages.keep(watch(2), watch(1)), outages.keep(watch(2), watch(1))]);

      expect([first.sort(), second.sort()]).toEqual([
        [false, true],
        [false, true],
      ]);
      expect(await outages.watchOn('payment')).toEqual(watch(2));
      expect(await outages.watchOn('shipping')).toBeUndefined();
    });

    test('an outage is kept as it is', async () => {
      const { outages } = desk();

      await outages.keep({ ...watch(1), outage }, undefined);

      expect(await outages.watchOn('payment')).toEqual({ ...watch(1), outage });
    });

    test('the newest model is the one that is used', async () => {
      const { models } = desk();
      const before = await models.newest();

      for (const version of [at(1), at(30), at(2)]) await models.keep(model(version));

      expect(before).toBeUndefined();
      expect(await models.newest()).toEqual(model(at(30)));
    });

    test('a ticket stands in the list of the category it was given last, once, also when it came back', async () => {
      const { tickets, queues } = desk();
      const opened = opening();
      const sorted = triaging(opened.after, { category: 'billing' });
      const to = (category: string, version: number) =>
        changing(
          { ...sorted.after, version: version - 1 },
          { ...sorted.after, category, version },
          {
            type: 'recategorised',
            category,
            from: 'x',
          },
        );
      const listed = async (category: string) =>
        (await queues.ofCategory(category, at(-10), at(50), { limit: 10 })).tickets.map(({ id }) => id);
      for (const change of [opened, sorted, to('printing', 3)]) await tickets.record(change);

      const moved = [await listed('billing'), await listed('printing')];
      await tickets.record(to('billing', 4));

      expect(moved).toEqual([[], [opened.after.id]]);
      expect([await listed('billing'), await listed('printing')]).toEqual([[opened.after.id], []]);
    });

    test('a choice by load holds only while the load and the presence do', async () => {
      const { tickets, team } = desk();
      const place = async (load: number) => {
        const opened = opening();
        await tickets.record(opened);
        await tickets.record({ ...triaging(opened.after, { assignee: 'ada' }), takes: { agent: 'ada', load } });
      };

      await place(0);
      await expect(place(0)).rejects.toMatchObject({ name: 'ConcurrentChange' });
      await place(1);
      await team.setPresent('ada', false, at(3));
      await expect(place(2)).rejects.toMatchObject({ name: 'ConcurrentChange' });

      expect((await team.now()).find(({ id }) => id === 'ada')).toMatchObject({ load: 2, present: false });
    });
  });
});
