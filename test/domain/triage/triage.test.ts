import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PRIORITIES } from '../../../domain/ticket/ticket.ts';
import { categorise } from '../../../domain/triage/categorise.ts';
import { hasOutage } from '../../../domain/triage/outage.ts';
import { prioritise } from '../../../domain/triage/prioritise.ts';
import { aPolicy, theCategories } from '../../support/builders.ts';

const standard = { type: 'standard' };

test('impact and urgency give the priority of the matrix', () => {
  expect(prioritise({ impact: 'many', urgency: 'now' }, standard, false, aPolicy())).toMatchObject({
    priority: 'P1',
    rules: ['triage.matrix'],
  });
  expect(prioritise({ impact: 'one', urgency: 'low' }, standard, false, aPolicy()).priority).toBe('P4');
});

test('what the report leaves out is what the policy assumes', () => {
  expect(prioritise({}, standard, false, aPolicy()).priority).toBe('P3');
});

test('many affected users raise it by one step, one user fewer does not', () => {
  const report = { impact: 'one', urgency: 'high', usersAffected: 50 } as const;

  expect(prioritise(report, standard, false, aPolicy())).toMatchObject({
    priority: 'P2',
    rules: ['triage.matrix', 'triage.users-affected'],
  });
  expect(prioritise({ ...report, usersAffected: 49 }, standard, false, aPolicy()).priority).toBe('P3');
});

test('the type of the customer raises it by one more step, and never above P1', () => {
  const all = { impact: 'all', urgency: 'now', usersAffected: 900 } as const;

  expect(prioritise({}, { type: 'business' }, false, aPolicy())).toMatchObject({
    priority: 'P2',
    rules: ['triage.matrix', 'triage.customer-type'],
  });
  expect(prioritise(all, { type: 'business' }, false, aPolicy()).priority).toBe('P1');
});

test('an outage is P1 at once, and the reason says why', () => {
  expect(prioritise({ urgency: 'low' }, standard, true, aPolicy())).toEqual({
    priority: 'P1',
    rules: ['triage.matrix', 'triage.outage'],
    reason: 'P1: impact one and urgency low give P4, an outage is P1 at once.',
    inputs: { impact: 'one', urgency: 'low', customerType: 'standard' },
  });
});

test('the same facts give the same priority, and more users or an outage never a lower one', () => {
  const reports = fc.record(
    {
      impact: fc.constantFrom('one' as const, 'team' as const, 'many' as const, 'all' as const),
      urgency: fc.constantFrom('low' as const, 'normal' as const, 'high' as const, 'now' as const),
      usersAffected: fc.nat(200),
    },
    { requiredKeys: ['usersAffected'] },
  );
  fc.assert(
    fc.property(reports, fc.constantFrom('standard', 'business'), fc.nat(200), (report, type, more) => {
      const rank = (usersAffected: number, outage: boolean) =>
        PRIORITIES.indexOf(prioritise({ ...report, usersAffected }, { type }, outage, aPolicy()).priority);

      const before = rank(report.usersAffected, false);

      expect(rank(report.usersAffected, false)).toBe(before);
      expect(rank(report.usersAffected + more, false)).toBeLessThanOrEqual(before);
      expect(rank(report.usersAffected, true)).toBe(0);
    }),
  );
});

test('words of an outage are found whole, in any case, as phrases, and in Persian typed with Arabic letters', () => {
  expect(hasOutage('OUTAGE! Nothing works', aPolicy())).toBe(true);
  expect(hasOutage('Is the  System\nDOWN?', aPolicy())).toBe(true);
  expect(hasOutage('سرويس قطع شده است', aPolicy())).toBe(true);
  expect(hasOutage('The system is slow, I sit down', aPolicy())).toBe(false);
  expect(hasOutage('outages-r-us', aPolicy())).toBe(false);
});

test('yeh and kaf of an Arabic keyboard are those of a Persian one', () => {
  const policy = aPolicy();
  const persian = { ...policy, triage: { ...policy.triage, outageWords: ['قطعی کامل'] } };

  expect(hasOutage('سرور قطعي كامل دارد', persian)).toBe(true);
});

test('an empty outage word matches nothing', () => {
  const policy = aPolicy();

  const empty = { ...policy, triage: { ...policy.triage, outageWords: ['', '!'] } };

  expect([hasOutage('hello', empty), hasOutage('', empty)]).toEqual([false, false]);
});

test('the choice of the customer goes before all keywords', () => {
  expect(categorise('technical', 'payment payment', theCategories())).toMatchObject({
    category: { id: 'technical' },
    rule: 'category.chosen',
  });
});

test('a choice the desk does not have is no choice', () => {
  expect(categorise('nonsense', 'My payment', theCategories())).toMatchObject({
    category: { id: 'payment' },
    rule: 'category.keywords',
  });
});

test('most keywords win, and a phrase counts as many as it has words', () => {
  expect(categorise(undefined, 'A slow page at the payment', theCategories()).category.id).toBe('technical');
  expect(categorise(undefined, 'A slow page, payment, CARD', theCategories()).category.id).toBe('payment');
});

test('at a tie the more severe category wins', () => {
  expect(categorise(undefined, 'error in payment', theCategories().reverse()).category.id).toBe('payment');
});

test('a keyword inside another word is none', () => {
  expect(categorise(undefined, 'cardigan and discard', theCategories())).toMatchObject({
    category: { id: 'other' },
    rule: 'category.fallback',
  });
});

test('Persian keywords are found', () => {
  expect(categorise(undefined, 'پرداخت من انجام نشد', theCategories()).category.id).toBe('payment');
});

test('a desk without a category for the rest is told so', () => {
  expect(() => categorise(undefined, 'hello', [])).toThrow(/no category "other"/);
});
