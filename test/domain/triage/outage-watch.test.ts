import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MINUTE, plus } from '../../../domain/support/time.ts';
import { joinsOutage, type OutageWatch, observe, type Report } from '../../../domain/triage/outage-watch.ts';
import { aPolicy, mondayAt9 } from '../../support/builders.ts';

const policy = aPolicy();

const at = (minute: number): string => plus(mondayAt9, minute * MINUTE);
const report = (ticketId: string, minute: number): Report => ({ ticketId, at: at(minute) });

const watchAfter = (reports: Report[]): OutageWatch | undefined =>
  reports.reduce<OutageWatch | undefined>((watch, each) => observe(watch, 'payment', each, policy), undefined);

describe('grave tickets of one category', () => {
  test('are an outage when enough came within the window, named by the first of them', () => {
    expect(watchAfter([report('a', 0), report('b', 10)])?.outage).toBeUndefined();
    expect(watchAfter([report('a', 0), report('b', 10), report('c', 15)])?.outage).toEqual({
      id: `payment@${at(0)}`,
      since: at(0),
      lastAt: at(15),
      tickets: 3,
      seenWith: 'c',
    });
  });

  test('a minute too far apart are none', () => {
    expect(watchAfter([report('a', 0), report('b', 10), report('c', 16)])?.outage).toBeUndefined();
  });

  test('count once, however often the same ticket is told', () => {
    const twice = watchAfter([report('a', 0), report('b', 1), report('a', 0), report('b', 1), report('a', 2)]);

    expect(twice).toMatchObject({ version: 2, reports: [{ ticketId: 'a' }, { ticketId: 'b' }] });
    expect(twice?.outage).toBeUndefined();
  });

  test('join the outage as long as it is not quiet for the quiet time, and begin anew after it', () => {
    const three = [report('a', 0), report('b', 1), report('c', 2)];

    expect(watchAfter([...three, report('d', 62)])?.outage).toMatchObject({
      tickets: 4,
      lastAt: at(62),
      seenWith: 'c',
    });
    expect(watchAfter([...three, report('d', 63)])?.outage).toBeUndefined();
    expect(watchAfter([...three, report('d', 63), report('e', 64), report('f', 65)])?.outage).toMatchObject({
      id: `payment@${at(63)}`,
      tickets: 3,
    });
  });

  test('told late count where they belong in time', () => {
    expect(watchAfter([report('b', 10), report('c', 14), report('a', 0)])?.outage?.since).toBe(at(0));
    expect(watchAfter([report('b', 20), report('c', 30), report('a', 0)])?.outage).toBeUndefined();
  });

  test('are told once, in whatever order and however often they come', () => {
    const reports = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.nat(14)), { maxLength: 30 });
    fc.assert(
      fc.property(reports, (told) => {
        const first = new Map(told.toReversed());
        const watch = watchAfter(told.map(([id]) => report(id, first.get(id) ?? 0)));

        const distinct = new Set(told.map(([id]) => id)).size;
        expect(watch?.reports.length ?? 0).toBe(distinct);
        expect(watch?.outage?.tickets).toBe(distinct >= 3 ? distinct : undefined);
      }),
    );
  });

  test('pull in what is grave enough by the policy', () => {
    expect((['P1', 'P2', 'P3', 'P4'] as const).map((priority) => joinsOutage(priority, policy))).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });
});
