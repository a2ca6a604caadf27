import { describe, expect, test } from 'vitest';
import type { Ticket } from '../../domain/ticket/ticket.ts';
import { anId, at, changing, opening, triaging } from './changes.ts';
import { type Desk, onBothDesks } from './desks.ts';

type Opening = Parameters<typeof opening>[0];
type Placing = Parameters<typeof triaging>[1];

const aQueuedTicket = async ({ tickets }: Desk, opened: Opening, place: Placing): Promise<Ticket> => {
  const change = opening(opened);
  const triaged = triaging(change.after, place);
  await tickets.record(change);
  await tickets.record(triaged);
  return triaged.after;
};

const due = (minute: number) => ({
  clock: { firstReply: { target: 'PT1H', calendar: 'always', dueAt: at(minute), state: 'running' as const } },
});

const ids = (tickets: Ticket[]): string[] => tickets.map(({ id }) => id);

describe('the queues', () => {
  onBothDesks((desk) => {
    test('unhappy customers first, then what a machine left, then by due time, then what waits', async () => {
      const { queues, tickets } = desk();
      const late = await aQueuedTicket(desk(), {}, due(50));
      const soon = await aQueuedTicket(desk(), {}, due(10));
      const waiting = await aQueuedTicket(desk(), {}, due(5));
      await tickets.record(
        changing(waiting, { ...waiting, status: 'pending' as const, pausedAt: at(3), version: 3 } as Ticket, {
          type: 'paused',
          waitingFor: 'customer',
          stopsClock: true,
        }),
      );
      const marked = await aQueuedTicket(desk(), { needsHuman: 'intake: Error' }, due(55));
      const unhappy = await aQueuedTicket(
        desk(),
        { remediation: { state: 'open', cycle: 1, recoveryCycle: 2 } },
        due(59),
      );

      const { tickets: listed, next } = await queues.list({ group: 'frontline', limit: 10 });

      expect(ids(listed)).toEqual(ids([unhappy, marked, soon, late, waiting]));
      expect(next).toBeUndefined();
    });

    test('pages join into the whole, in order, without a gap or a double', async () => {
      const { queues } = desk();
      const all: Ticket[] = [];
      for (let minute = 1; minute <= 11; minute += 1) all.push(await aQueuedTicket(desk(), {}, due(minute)));
      const seen: string[] = [];

      let next: string | undefined;
      do {
        const page = await queues.list({ group: 'frontline', limit: 4, ...(next !== undefined && { next }) });
        seen.push(...ids(page.tickets));
        next = page.next;
      } while (next !== undefined);

      expect(seen).toEqual(ids(all));
    });

    test('mine are those I have on my hands, in my group', async () => {
      const { queues } = desk();
      const mine = await aQueuedTicket(desk(), {}, { assignee: 'ada' });
      await aQueuedTicket(desk(), {}, { assignee: 'ben' });
      await aQueuedTicket(desk(), {}, { assignee: 'ada', group: 'advanced' });

      const { tickets: listed } = await queues.list({ group: 'frontline', agent: 'ada', limit: 1 });

      expect(ids(listed)).toEqual([mine.id]);
    });

    test('a resolved ticket leaves its queue', async () => {
      const { queues, tickets } = desk();
      const done = await aQueuedTicket(desk(), {}, {});
      await tickets.record(
        changing(done, { ...done, status: 'resolved', resolvedAt: at(9), version: 3 } as Ticket, { type: 'resolved' }),
      );

      const { tickets: listed } = await queues.list({ group: 'frontline', limit: 10 });

      expect(listed).toEqual([]);
    });

    test('tickets whose intake has not ended are found by their age', async () => {
      const { queues, tickets } = desk();
      const old = opening({ createdAt: at(1) });
      const marked = opening({ createdAt: at(2), needsHuman: 'intake: Error' });
      const fresh = opening({ createdAt: at(20) });
      for (const change of [old, marked, fresh]) await tickets.record(change);
      await aQueuedTicket(desk(), { createdAt: at(1) }, {});

      const found = await queues.untriagedBefore(at(15));

      expect(ids(found).sort()).toEqual([old.after.id, marked.after.id].sort());
    });

    test('tickets at which nobody has looked in time are found in each of the groups, whatever they wait for', async () => {
      const { queues, tickets } = desk();
      const late = await Promise.all(
        Array.from({ length: 6 }, () => aQueuedTicket(desk(), {}, { lookAgainAt: at(10) })),
      );
      const elsewhere = await aQueuedTicket(desk(), {}, { group: 'expert', lookAgainAt: at(10) });
      const waiting = await aQueuedTicket(desk(), {}, { lookAgainAt: at(10) });
      const paused = { ...waiting, status: 'pending' as const, pausedAt: at(3), version: 3 } as Ticket;
      await tickets.record(changing(waiting, paused, { type: 'paused', waitingFor: 'customer', stopsClock: true }));
      await aQueuedTicket(desk(), {}, { lookAgainAt: at(15) });
      await aQueuedTicket(desk(), {}, { group: 'advanced', lookAgainAt: at(10) });
      await tickets.record(opening({ lookAgainAt: at(10) }));

      const found = await queues.overdueBefore(['frontline', 'expert'], at(15));

      expect(ids(found).sort()).toEqual(ids([...late, elsewhere, waiting]).sort());
    });

    test("a customer's tickets come newest first, page by page", async () => {
      const { queues, tickets } = desk();
      const customer = { id: '01JKIM', email: 'kim@example.com', locale: 'en', type: 'standard' };
      const opened = [1, 2, 3].map((minute) => opening({ customer, createdAt: at(minute) }));
      for (const change of [...opened, opening()]) await tickets.record(change);

      const first = await queues.ofCustomer('01JKIM', { limit: 2 });
      const second = await queues.ofCustomer('01JKIM', { limit: 2, next: first.next ?? '' });

      expect(ids([...first.tickets, ...second.tickets])).toEqual(opened.map(({ after }) => after.id).reverse());
      expect(second.next).toBeUndefined();
    });

    test("of a customer's tickets those of a time come alone, page by page", async () => {
      const { queues, tickets } = desk();
      const customer = { id: '01JNOOR', email: 'noor@example.com', locale: 'en', type: 'standard' };
      const opened = [1, 2, 3, 4].map((minute) => opening({ customer, createdAt: at(minute) }));
      for (const change of opened) await tickets.record(change);
      const time = { from: at(2), before: at(4) };

      const first = await queues.ofCustomer('01JNOOR', { limit: 1, ...time });
      const second = await queues.ofCustomer('01JNOOR', { limit: 1, ...time, next: first.next ?? '' });
      const after = await queues.ofCustomer('01JNOOR', { limit: 9, ...time, next: `${at(9)}#T-000000` });

      expect(ids([...first.tickets, ...second.tickets])).toEqual(
        opened
          .slice(1, 3)
          .map(({ after }) => after.id)
          .reverse(),
      );
      expect(second.next).toBeUndefined();
      expect(ids(after.tickets)).toEqual(ids([...first.tickets, ...second.tickets]));
    });

    test("a category's tickets are those opened in the range, across the months", async () => {
      const { queues } = desk();
      const opened: Ticket[] = [];
      for (const createdAt of ['2026-10-31T23:59:59.999Z', '2026-11-15T00:00:00.000Z', '2026-12-01T00:00:00.000Z']) {
        opened.push(await aQueuedTicket(desk(), { id: anId(), createdAt }, { category: 'billing' }));
      }
      await aQueuedTicket(desk(), { createdAt: '2026-11-15T00:00:00.000Z' }, { category: 'printing' });
      const [from, to] = ['2026-10-31T23:00:00.000Z', '2026-12-01T00:00:00.000Z'];

      const first = await queues.ofCategory('billing', from, to, { limit: 2 });
      const second = await queues.ofCategory('billing', from, to, { limit: 2, next: first.next ?? '' });
      const narrow = await queues.ofCategory('billing', '2026-11-01T00:00:00.000Z', '2026-11-30T00:00:00.000Z', {
        limit: 5,
      });

      expect([...ids(first.tickets), ...ids(second.tickets)]).toEqual(ids(opened));
      expect(second.next).toBeUndefined();
      expect(ids(narrow.tickets)).toEqual(ids(opened.slice(1, 2)));
    });
  });
});
