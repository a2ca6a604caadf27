import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PRIORITIES } from '../../../domain/ticket/ticket.ts';
import { categorise } from '../../../domain/triage/categorise.ts';
import { outageWordIn } from '../../../domain/triage/outage.ts';
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

const [urgentWord, unhappy] = ['urgent', true];

test('urgent words raise the urgency by one step, where the customer named none and it is not high already', () => {
  const policy = aPolicy();
  const normal = { ...policy, triage: { ...policy.triage, defaultUrgency: 'normal' as const } };
  const team = { impact: 'team' } as const;

  expect(prioritise(team, standard, false, normal, { urgentWord })).toMatchObject({
    priority: 'P2',
    rules: ['triage.matrix', 'triage.urgent-words'],
    reason: 'P2: impact team and urgency high (by "urgent") give P2.',
    inputs: { urgency: 'high' },
  });
  expect(prioritise({ ...team, urgency: 'low' }, standard, false, normal, { urgentWord }).priority).toBe('P4');
  expect(prioritise(team, standard, false, policy, { urgentWord }).rules).toEqual(['triage.matrix']);
});

test('a text that sounds unhappy raises it by one step at most, and only if the policy says so', () => {
  const policy = aPolicy();
  const raising = { ...policy, triage: { ...policy.triage, raiseUnhappy: true } };
  const report = { impact: 'team', urgency: 'normal' } as const;

  expect(prioritise(report, standard, false, policy, { unhappy }).rules).toEqual(['triage.matrix']);
  expect(prioritise(report, standard, false, raising, { unhappy })).toMatchObject({
    priority: 'P2',
    rules: ['triage.matrix', 'triage.unhappy'],
  });
  expect(prioritise({ impact: 'team' }, standard, false, raising, { unhappy, urgentWord }).rules).toHaveLength(1);
  expect(prioritise({ ...report, urgency: 'high' }, standard, false, raising, { unhappy }).rules).toHaveLength(1);
});

test('a ticket of a category in an outage is P1, down to the priority of the policy', () => {
  const known = { id: 'payment@x', since: 'x', lastAt: 'x', tickets: 7, seenWith: 'T-000001' };

  expect(prioritise({}, standard, false, aPolicy(), { known })).toMatchObject({
    priority: 'P1',
    rules: ['triage.matrix', 'triage.outage-known'],
    inputs: { outage: 'payment@x' },
  });
  expect(prioritise({ urgency: 'low' }, standard, false, aPolicy(), { known }).priority).toBe('P4');
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
  expect(outageWordIn('OUTAGE! Nothing works', aPolicy())).toBeDefined();
  expect(outageWordIn('Is the  System\nDOWN?', aPolicy())).toBeDefined();
  expect(outageWordIn('سرويس قطع شده است', aPolicy())).toBeDefined();
  expect(outageWordIn('The system is slow, I sit down', aPolicy())).toBeUndefined();
  expect(outageWordIn('outages-r-us', aPolicy())).toBeUndefined();
});

test('yeh and kaf of an Arabic keyboard are those of a Persian one', () => {
  const policy = aPolicy();
  const persian = { ...policy, triage: { ...policy.triage, outageWords: ['قطعی کامل'] } };

  expect(outageWordIn('سرور قطعي كامل دارد', persian)).toBeDefined();
});

test('an empty outage word matches nothing', () => {
  const policy = aPolicy();

  const empty = { ...policy, triage: { ...policy.triage, outageWords: ['', '!'] } };

  expect([outageWordIn('hello', empty), outageWordIn('', empty)]).toEqual([undefined, undefined]);
});

test('the choice of the customer goes before all keywords', () => {
  expect(categorise('technical', 'payment payment', theCategories())).toMatchObject({
    category: { id: 'technical' },
    rule: 'category.chosen',
  });
});

test('a choice the desk does not have is no choice, and the reason says that it was made', () => {
  const { category, rule, reason } = categorise('nonsense', 'My payment', theCategories());

  expect([category.id, rule]).toEqual(['payment', 'category.keywords']);
  expect(reason).toBe('The desk has no category as it was chosen. Category payment, by payment.');
  expect(categorise(undefined, 'My payment', theCategories()).reason).toBe('Category payment, by payment.');
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
