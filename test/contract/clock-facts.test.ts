import { describe, expect, test } from 'vitest';
import type { ClockFact } from '../../domain/report/clock-note.ts';
import { onBothDesks } from './desks.ts';

const clock = (overrides: Partial<ClockFact> = {}): ClockFact => ({
  ticketId: 'T-7K2M9Q',
  version: 2,
  clock: '1.resolution.2026-11-23T08:00:00.000Z',
  promise: 'resolution',
  cycle: 1,
  startedAt: '2026-11-23T08:00:00.000Z',
  dueAt: '2026-11-27T08:00:00.000Z',
  target: 'PT96H',
  calendar: 'always',
  row: 'rest',
  outcome: 'running',
  usedMs: 0,
  group: 'frontline',
  agent: 'ada',
  priority: 'P2',
  channel: 'mail',
  high: true,
  ...overrides,
});
const met = clock({
  version: 5,
  outcome: 'met',
  decidedAt: '2026-11-25T10:00:00.000Z',
  endedAt: '2026-11-25T10:00:00.000Z',
  usedMs: 180_000_000,
  leftOut: 'staff',
});
const day = (date: string) => [`2026-11-${date}T00:00:00.000Z`, `2026-11-${date}T23:59:59.999Z`] as const;

describe('what was decided about promises', () => {
  onBothDesks((desk) => {
    test('is found on the days it began, was decided and fell due, as it stands last, and on no other', async () => {
      const { clockFacts } = desk();

      await clockFacts.keep(clock());
      await clockFacts.keep(met);

      const found = await Promise.all(
        ['22', '23', '24', '25', '26', '27', '28'].map((date) => clockFacts.between(...day(date))),
      );
      expect(found).toEqual([[], [met], [], [met], [], [met], []]);
      expect(await clockFacts.between(day('22')[0], day('28')[1])).toEqual([met]);
    });

    test('a moment belongs to the period that begins with it, not to the one that ends there', async () => {
      const { clockFacts } = desk();

      await clockFacts.keep(clock());

      expect(await clockFacts.between('2026-11-23T08:00:00.000Z', '2026-11-23T09:00:00.000Z')).toHaveLength(1);
      expect(await clockFacts.between('2026-11-23T07:00:00.000Z', '2026-11-23T08:00:00.000Z')).toEqual([]);
    });

    test('a decision is new once, whatever order the stream tells it in and however often', async () => {
      const { clockFacts } = desk();

      const told = [
        await clockFacts.keep(met),
        await clockFacts.keep(met),
        await clockFacts.keep(clock()),
        await clockFacts.keep({ ...met, version: 8, reopenedAt: '2026-11-26T10:00:00.000Z' }),
      ];

      expect(told).toEqual([true, false, false, false]);
      expect(await clockFacts.between(...day('23'))).toMatchObject([
        { version: 8, reopenedAt: '2026-11-26T10:00:00.000Z' },
      ]);
    });

    test('an earlier note that comes late takes nothing back', async () => {
      const { clockFacts } = desk();

      await clockFacts.keep(met);
      await clockFacts.keep(clock());

      expect(await clockFacts.between(...day('23'))).toEqual([met]);
    });

    test('a broken first reply that is waited for no more says so, decides nothing anew, and may be waited for again', async () => {
      const { clockFacts } = desk();
      const broken = clock({ version: 3, promise: 'firstReply', outcome: 'breached', decidedAt: met.dueAt });
      const gone = { ...broken, version: 4, calledOffAt: '2026-11-28T10:00:00.000Z', why: 'merged' } as const;

      const told = [await clockFacts.keep(broken), await clockFacts.keep(gone)];
      const ended = await Promise.all(['23', '27', '28'].map((date) => clockFacts.between(...day(date))));
      await clockFacts.keep({ ...broken, version: 5 });

      expect(told).toEqual([true, false]);
      expect(ended).toEqual([[gone], [gone], []]);
      expect(await clockFacts.between(day('22')[0], day('28')[1])).toEqual([{ ...broken, version: 5 }]);
    });

    test('what has only begun is no decision', async () => {
      expect(await desk().clockFacts.keep(clock())).toBe(false);
    });
  });
});
