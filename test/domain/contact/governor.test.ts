import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ASKED_KINDS,
  type Ask,
  type AskedKind,
  type ContactSheet,
  closeAsk,
  emptySheet,
  freeAgainAt,
  joined,
  lately,
  mayAsk,
  reminderOf,
} from '../../../domain/contact/governor.ts';
import { DAY, HOUR, type Instant, plus } from '../../../domain/support/time.ts';
import { aPolicy } from '../../support/builders.ts';

const policy = aPolicy();
const { asks: budget } = policy.contact;
const now = '2026-11-23T09:00:00.000Z';

const sheetOf = (...asks: Array<Partial<Ask> & { at: Instant }>): ContactSheet => ({
  ...emptySheet('01JKIM'),
  version: 1,
  asks: asks.map((ask, nth) => ({ key: `T-${nth}#1#csat`, kind: 'csat', ...ask })),
});
/** So many that were answered within the last days. */
const answered = (times: number): ContactSheet =>
  sheetOf(...Array.from({ length: times }, (_, nth) => ({ at: plus(now, (nth - times) * DAY), closedAt: now })));
const ask = (sheet: ContactSheet, kind: AskedKind = 'csat', key = 'new', at = now) =>
  mayAsk(sheet, { key, kind }, at, policy);

describe('what one person may be asked', () => {
  test('a first ask finds room and is on the sheet', () => {
    expect(ask(emptySheet('01JKIM'))).toEqual({
      ask: true,
      after: { ...emptySheet('01JKIM'), version: 1, asks: [{ key: 'new', kind: 'csat', at: now }] },
    });
  });

  test.each(ASKED_KINDS.map((kind) => [kind, budget.upTo[kind]] as const))(
    'a %s finds room while fewer than %i lie in the window, of whatever kind',
    (kind, most) => {
      expect(ask(answered(most - 1), kind).ask).toBe(true);
      expect(ask(answered(most), kind)).toEqual({ ask: false, why: 'asked-enough' });
    },
  );

  test('what has left the window counts no more, and is forgotten with the next ask', () => {
    const old = { at: plus(now, -30 * DAY), closedAt: now };
    const sheet = sheetOf(old, { at: plus(now, -DAY), closedAt: now }, { at: plus(now, -2 * DAY), closedAt: now });

    const may = ask(sheet);

    expect(may.ask && may.after.asks.map(({ key }) => key)).toEqual(['T-1#1#csat', 'T-2#1#csat', 'new']);
  });

  test('while a question is open nothing else is asked, for three days', () => {
    const asked = sheetOf({ at: now });

    const later = [0, 3 * DAY - 1, 3 * DAY].map((ms) => ask(asked, 'follow-up', 'new', plus(now, ms)));

    expect(later.map((may) => may.ask || may.why)).toEqual(['ask-open', 'ask-open', true]);
  });

  test('a question that was answered is open no more', () => {
    const sheet = closeAsk(sheetOf({ at: now }), 'T-0#1#csat', plus(now, HOUR));

    expect(ask(sheet, 'csat', 'new', plus(now, HOUR)).ask).toBe(true);
  });

  test('the reminder of the open question may be sent, that of another may not', () => {
    const asked = sheetOf({ at: plus(now, -2 * DAY) });

    expect(ask(asked, 'reminder', reminderOf('T-0#1#csat')).ask).toBe(true);
    expect(ask(asked, 'reminder', reminderOf('T-9#1#csat'))).toEqual({ ask: false, why: 'ask-open' });
  });

  test('a reminder keeps its question open for three days more', () => {
    const asked = ask(sheetOf({ at: plus(now, -2 * DAY) }), 'reminder', reminderOf('T-0#1#csat'));
    const sheet = asked.ask ? asked.after : expect.fail('not reminded');

    const later = [2 * DAY, 3 * DAY].map((ms) => ask(sheet, 'follow-up', 'new', plus(now, ms)).ask);

    expect(later).toEqual([false, true]);
  });

  test('what is on the sheet already is asked already: it stays as it is', () => {
    const sheet = sheetOf({ at: now, closedAt: now });

    expect(ask(sheet, 'csat', 'T-0#1#csat')).toEqual({ ask: true, after: sheet });
  });

  test('closing what is not open leaves the sheet as it is', () => {
    const sheet = sheetOf({ at: now, closedAt: now });

    expect(closeAsk(sheet, 'T-0#1#csat', now)).toBe(sheet);
    expect(closeAsk(sheet, 'T-9#1#csat', now)).toBe(sheet);
  });

  test('work that put something right stays for a year, and goes then', () => {
    const recoveries = [
      { ticketId: 'T-1', cycle: 1, at: plus(now, -366 * DAY) },
      { ticketId: 'T-2', cycle: 1, at: plus(now, -365 * DAY) },
    ];

    const may = ask({ ...emptySheet('01JKIM'), recoveries });

    expect(may.ask && may.after.recoveries.map(({ ticketId }) => ticketId)).toEqual(['T-2']);
  });

  test('whoever is not asked could be from a moment on, and not before it', () => {
    const any = fc.array(fc.record({ ago: fc.integer({ min: 0, max: 29 * DAY }), isOpen: fc.boolean() }), {
      minLength: 1,
      maxLength: 6,
    });

    fc.assert(
      fc.property(any, fc.constantFrom(...ASKED_KINDS), (asks, kind) => {
        const sheet = sheetOf(
          ...asks.map(({ ago, isOpen }) => ({ at: plus(now, -ago), ...(isOpen ? {} : { closedAt: now }) })),
        );
        const free = freeAgainAt(sheet, kind, now, policy) ?? expect.fail('never');

        expect(ask(sheet, kind, 'new', free).ask).toBe(true);
        expect(free === now || !ask(sheet, kind, 'new', plus(free, -1)).ask).toBe(true);
      }),
    );
  });

  test('what the policy gives no room is never asked', () => {
    const none = aPolicy({ contact: { asks: { ...budget, upTo: { ...budget.upTo, reminder: 0 } } } });

    expect(mayAsk(emptySheet('01JKIM'), { key: 'new', kind: 'reminder' }, now, none)).toMatchObject({
      why: 'asked-enough',
    });
    expect(freeAgainAt(emptySheet('01JKIM'), 'reminder', now, none)).toBeUndefined();
  });

  test('in any window of thirty days there are never more than the budget holds, whatever comes when', () => {
    const wish = fc.record({
      after: fc.integer({ min: 0, max: 10 * DAY }),
      kind: fc.constantFrom(...ASKED_KINDS),
      answers: fc.boolean(),
    });

    fc.assert(
      fc.property(fc.array(wish, { maxLength: 60 }), (wishes) => {
        let sheet = emptySheet('01JKIM');
        let at = now;
        const asked: Ask[] = [];
        for (const [nth, { after, kind, answers }] of wishes.entries()) {
          at = plus(at, after);
          const may = ask(sheet, kind, `ask-${nth}`, at);
          if (!may.ask) continue;
          asked.push({ key: `ask-${nth}`, kind, at });
          sheet = answers ? closeAsk(may.after, `ask-${nth}`, at) : may.after;
        }

        for (const { at: end } of asked) {
          const all: ContactSheet = { ...sheet, asks: asked.filter((one) => one.at <= end) };
          expect(lately(all, end, budget.within).length).toBeLessThanOrEqual(budget.most);
        }
      }),
    );
  });
});

describe('several sheets of one person', () => {
  test('are one: what was asked on each counts, and what one closed is closed', () => {
    const own = { ...sheetOf({ key: 'a', at: now }), version: 7 };
    const other = { ...sheetOf({ key: 'a', at: now, closedAt: now }, { key: 'b', at: now }), customerId: '01JKIM2' };

    expect(joined(own, [other])).toEqual({
      customerId: '01JKIM',
      version: 7,
      asks: [
        { key: 'a', kind: 'csat', at: now, closedAt: now },
        { key: 'b', kind: 'csat', at: now },
      ],
      recoveries: [],
    });
  });
});
