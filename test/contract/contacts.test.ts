import { describe, expect, test } from 'vitest';
import { type AskedKind, closeAsk, emptySheet, type MayAsk, mayAsk } from '../../domain/contact/governor.ts';
import { ConcurrentChange } from '../../domain/errors.ts';
import type { Change } from '../../domain/ticket/change.ts';
import { aPolicy } from '../support/builders.ts';
import { anId, at, opening, triaging } from './changes.ts';
import { type Desk, onBothDesks } from './desks.ts';

const policy = aPolicy();
const KIM = '01JCUSTOMER';

/** Asks about a ticket of its own, deciding again as often as the sheet has moved; closed at once if `answered`. */
const ask = async (
  { tickets, contacts }: Desk,
  {
    key,
    kind = 'csat',
    customer = KIM,
    answered = false,
  }: Partial<Record<'key' | 'customer', string>> & {
    kind?: AskedKind;
    answered?: boolean;
  },
): Promise<MayAsk> => {
  const opened = opening();
  await tickets.record(opened);
  for (;;) {
    const before = await contacts.sheetOf(customer);
    const may = mayAsk(before, { key: key ?? opened.after.id, kind }, at(1), policy);
    if (!may.ask) return may;
    const after = answered ? closeAsk(may.after, key ?? opened.after.id, at(2)) : may.after;
    const change: Change = {
      ...triaging(opened.after),
      contacts: { before, after: { ...after, version: before.version + 1 } },
    };
    try {
      await tickets.record(change);
      return may;
    } catch (error) {
      if (!(error instanceof ConcurrentChange)) throw error;
    }
  }
};

describe('the sheet of what a person was asked', () => {
  onBothDesks((desk) => {
    test('of somebody who was never asked it is empty', async () => {
      const sheet = await desk().contacts.sheetOf(KIM);

      expect(sheet).toEqual(emptySheet(KIM));
    });

    test('comes back as it was written with what was asked', async () => {
      const { tickets, contacts } = desk();
      const opened = opening();
      await tickets.record(opened);
      const before = await contacts.sheetOf(KIM);
      const after = {
        ...before,
        version: 1,
        asks: [{ key: 'T-1#1#csat', kind: 'csat' as const, at: at(1), closedAt: at(2) }],
        recoveries: [{ ticketId: 'T-000001', cycle: 1, at: at(1) }],
      };

      await tickets.record({ ...triaging(opened.after), contacts: { before, after } });

      expect(await contacts.sheetOf(KIM)).toEqual(after);
    });

    test('a change decided on a sheet that has moved is refused as a whole', async () => {
      const { tickets, contacts } = desk();
      const opened = opening();
      await tickets.record(opened);
      const before = await contacts.sheetOf(KIM);
      await ask(desk(), { key: 'first' });
      const late = { ...before, version: 1, asks: [{ key: 'second', kind: 'csat' as const, at: at(1) }] };

      await expect(tickets.record({ ...triaging(opened.after), contacts: { before, after: late } })).rejects.toThrow(
        ConcurrentChange,
      );

      expect((await contacts.sheetOf(KIM)).asks.map(({ key }) => key)).toEqual(['first']);
      expect(await tickets.ticket(opened.after.id)).toEqual(opened.after);
    });

    test('a sheet that stays as it is is not written', async () => {
      const { tickets, contacts } = desk();
      const opened = opening();
      await tickets.record(opened);
      const sheet = await contacts.sheetOf(KIM);

      await tickets.record({ ...triaging(opened.after), contacts: { before: sheet, after: sheet } });

      expect((await contacts.sheetOf(KIM)).version).toBe(0);
    });

    test('of a hundred who ask one person at once one may, for then a question is open', async () => {
      const asked = await Promise.all(Array.from({ length: 100 }, () => ask(desk(), {})));

      const losers = asked.flatMap((may) => (may.ask ? [] : [may.why]));
      expect(losers).toEqual(Array.from({ length: 99 }, () => 'ask-open'));
      expect((await desk().contacts.sheetOf(KIM)).asks).toHaveLength(1);
    });

    test('of a hundred at once that are answered as they come exactly so many may as the budget holds', async () => {
      const asked = await Promise.all(Array.from({ length: 100 }, () => ask(desk(), { answered: true })));

      const losers = asked.flatMap((may) => (may.ask ? [] : [may.why]));
      expect(losers).toEqual(Array.from({ length: 97 }, () => 'asked-enough'));
      expect((await desk().contacts.sheetOf(KIM)).asks).toHaveLength(policy.contact.asks.upTo.csat);
    });

    test('two identities of one person have one sheet, and what each was asked before counts', async () => {
      const { customers, persons, contacts } = desk();
      const one = await customers.byAddress('kim@example.com', {}, at(0), anId());
      const two = await customers.byAddress('kim@work.example', {}, at(1), anId());
      await ask(desk(), { key: 'one', customer: one.id, answered: true });
      await ask(desk(), { key: 'two', customer: two.id, answered: true });

      await persons.link(two.id, one.id, at(2));

      const [seen, same] = await Promise.all([contacts.sheetOf(one.id), contacts.sheetOf(two.id)]);
      expect(seen).toEqual(same);
      expect(seen.customerId).toBe(one.id);
      expect(seen.asks.map(({ key }) => key).sort()).toEqual(['one', 'two']);
    });

    test('an ask of before the link is closed for the person, and stays closed', async () => {
      const { customers, persons, contacts, tickets } = desk();
      const one = await customers.byAddress('kim@example.com', {}, at(0), anId());
      const two = await customers.byAddress('kim@work.example', {}, at(1), anId());
      await ask(desk(), { key: 'two', customer: two.id });
      await persons.link(two.id, one.id, at(2));
      const opened = opening();
      await tickets.record(opened);
      const before = await contacts.sheetOf(two.id);

      await tickets.record({ ...triaging(opened.after), contacts: { before, after: closeAsk(before, 'two', at(3)) } });

      expect((await contacts.sheetOf(two.id)).asks).toEqual([{ key: 'two', kind: 'csat', at: at(1), closedAt: at(3) }]);
    });
  });
});
