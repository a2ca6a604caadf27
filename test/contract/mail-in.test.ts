import { describe, expect, test } from 'vitest';
import type { ParkedMail } from '../../domain/mail/parked.ts';
import { aMail, at, opening } from './changes.ts';
import { onBothDesks } from './desks.ts';

const aParkedMail = (over: Partial<ParkedMail> = {}): ParkedMail => ({
  id: 'a'.repeat(64),
  at: '2026-11-22T09:00:00.000Z',
  why: 'automatic',
  from: { email: 'kim@example.com', name: 'Kim' },
  subject: 'Away',
  raw: 'in/1',
  receipt: {
    id: '1',
    source: 'kim@example.com',
    recipients: ['support@desk.example.com'],
    unproven: false,
    passed: { dmarc: true, spf: true },
  },
  expiresAt: '2027-02-20T09:00:00.000Z',
  ...over,
});

const now = '2026-11-23T09:00:00.000Z';

describe('what mail leaves behind', () => {
  onBothDesks((desk) => {
    test('a parked mail is kept as it was first parked', async () => {
      const { parked } = desk();
      await parked.park(aParkedMail());

      await parked.park(aParkedMail({ why: 'list' }));

      expect(await parked.get('a'.repeat(64), now)).toEqual(aParkedMail());
      expect(await parked.get('b'.repeat(64), now)).toBeUndefined();
    });

    test('it is gone when its time is over, although it is still stored', async () => {
      const { parked } = desk();
      await parked.park(aParkedMail());

      const late = '2027-02-20T09:00:00.000Z';

      expect(await parked.get('a'.repeat(64), late)).toBeUndefined();
      expect(await parked.list({ limit: 10 }, late)).toEqual({ parked: [] });
    });

    test('the list has the newest first, over months and page by page', async () => {
      const { parked } = desk();
      const times = ['2026-09-30T23:59:59.999Z', '2026-10-01T00:00:00.000Z', '2026-11-22T09:00:00.000Z'];
      for (const [index, time] of times.entries())
        await parked.park(aParkedMail({ id: `${index}`.repeat(64), at: time }));

      const first = await parked.list({ limit: 2 }, now);
      const second = await parked.list({ limit: 2, ...(first.next !== undefined && { next: first.next }) }, now);

      expect(first.parked.map((mail) => mail.at)).toEqual([times[2], times[1]]);
      expect(second.parked.map((mail) => mail.at)).toEqual([times[0]]);
      expect(second.next).toBeUndefined();
    });

    test('it names the ticket that was made of it, and what was never parked names none', async () => {
      const { parked } = desk();
      await parked.park(aParkedMail());

      await parked.opened('a'.repeat(64), 'T-7K2M9Q');
      await parked.opened('b'.repeat(64), 'T-7K2M9Q');

      expect(await parked.get('a'.repeat(64), now)).toEqual(aParkedMail({ ticketId: 'T-7K2M9Q' }));
      expect((await parked.list({ limit: 10 }, now)).parked).toHaveLength(1);
    });

    test('of twenty at once only as many are within a cap as it has room for, and each again', async () => {
      const { caps } = desk();
      const cap = { cause: 'tickets' as const, who: 'kim@example.com', window: '2026-11-22T09', most: 5, endsAt: now };

      const asked = await Promise.all(Array.from({ length: 20 }, (_, index) => caps.within(cap, `${index}`)));
      const again = await Promise.all(asked.map((_, index) => caps.within(cap, `${index}`)));

      expect(asked.filter(Boolean)).toHaveLength(5);
      expect(again).toEqual(asked);
      expect(await caps.within({ ...cap, window: '2026-11-22T10' }, '19')).toBe(true);
      expect(await caps.within({ ...cap, who: 'ben@example.com' }, '19')).toBe(true);
    });

    test('of twenty at once only as many are taken as a cap has room for', async () => {
      const { caps } = desk();
      const cap = { cause: 'uploads' as const, who: '192.0.2.7', window: '2026-11-22T09', most: 5, endsAt: now };

      const taken = await Promise.all(Array.from({ length: 20 }, () => caps.take(cap)));

      expect(taken.filter(Boolean)).toHaveLength(5);
      expect(await caps.take({ ...cap, cause: 'forms' })).toBe(true);
      expect(await caps.take({ ...cap, window: '2026-11-22T10' })).toBe(true);
      expect(await caps.take({ ...cap, who: '192.0.2.8' })).toBe(true);
    });

    test('a mail that was sent is found by the id SES gave it', async () => {
      const { tickets, outbox } = desk();
      const change = opening();
      const mail = aMail(change.after);
      await tickets.record({ ...change, mails: [mail] });

      await outbox.settle(mail.key, { status: 'sent', messageId: '0100-1', at: at(1) });

      expect(await outbox.sentAs('0100-1')).toBe(mail.key);
      expect(await outbox.sentAs('0100-2')).toBeUndefined();
    });
  });
});
