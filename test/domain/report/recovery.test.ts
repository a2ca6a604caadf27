import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EventFact, FactAbout } from '../../../domain/report/event-facts.ts';
import type { Figure } from '../../../domain/report/figure.ts';
import { type RecoveryBy, recoveryReport } from '../../../domain/report/recovery.ts';
import { DAY, HOUR } from '../../../domain/support/time.ts';
import type { EventOf } from '../../../domain/ticket/event.ts';
import { aPolicy } from '../../support/builders.ts';
import { aFact, at, aWeek } from '../../support/report-builders.ts';

const policy = aPolicy();
/** After the deadline, the wait of a day and the week to answer. */
const later = at(40 * DAY);

type Outcome = EventOf<'remediation-closed'>['outcome'];

const opened = (ticketId: string, facts: object = {}, about?: FactAbout): EventFact =>
  aFact(
    'remediation-opened',
    {
      ticketId,
      ratedCycle: 1,
      score: 1,
      ratedAgent: 'ada',
      agent: 'sue',
      group: 'frontline',
      category: 'payment',
      cause: 'survey',
      deadline: at(8 * HOUR),
      ...facts,
    },
    about,
  );
const closed = (ticketId: string, outcome: Outcome, facts: object = {}): EventFact =>
  aFact('remediation-closed', { ticketId, ratedCycle: 1, outcome, at: at(3 * DAY), ...facts });
const called = (ticketId: string, facts: object = {}): EventFact =>
  aFact('remediation-called', { ticketId, told: ['lea'], attempt: 1, at: at(8 * HOUR), ...facts });

const report = (facts: readonly EventFact[], by?: RecoveryBy, now = later) =>
  recoveryReport(facts, aWeek, { now, policy }, by);
const figure = ({ figures }: { figures: Figure[] }, name: string, of?: Record<string, string>): Figure =>
  figures.find((each) => each.name === name && JSON.stringify(each.of) === JSON.stringify(of)) ??
  expect.fail(`There is no figure ${name}.`);
const counts = ({ parts }: Figure) => Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, part.n]));

const four = [
  opened('T-WON', { choice: 'speed' }),
  closed('T-WON', 'recovered', { recoveryMs: 2 * HOUR }),
  opened('T-LOST', { choice: 'speed', ratedAgent: 'ben', category: 'technical' }),
  closed('T-LOST', 'not-recovered', { recoveryMs: 3 * HOUR }),
  opened('T-SILENT', { cause: 'reply' }),
  closed('T-SILENT', 'no-answer', { recoveryMs: 4 * HOUR }),
  opened('T-LATE'),
  called('T-LATE'),
  closed('T-LATE', 'not-recovered'),
];

describe('the service-recovery rate', () => {
  test('is recovered of all that were started: no answer is not recovered, and all outcomes are told', () => {
    const rate = figure(report(four), 'service-recovery-rate');

    expect(rate).toMatchObject({ value: 0.25, numerator: 1, n: 4, unit: 'share', small: true });
    expect(counts(rate)).toEqual({ recovered: 1, 'not-recovered': 2, 'no-answer': 1, open: 0, 'window-open': 0 });
  });

  test('has a second figure over those who answered', () => {
    expect(figure(report(four), 'service-recovery-rate.answered')).toMatchObject({
      value: 0.5,
      n: 2,
      tickets: ['T-LOST', 'T-WON'],
    });
  });

  test('counts what was started in the period and has had its time; what is still open then is not recovered', () => {
    const facts = [
      ...four,
      opened('T-OPEN'),
      opened('T-BEFORE', { at: at(-2 * DAY) }),
      closed('T-BEFORE', 'recovered'),
    ];

    expect(figure(report(facts), 'service-recovery-rate')).toMatchObject({ numerator: 1, n: 5 });
    const early = report(facts, undefined, at(7 * DAY));
    expect(figure(early, 'service-recovery-rate')).toMatchObject({ n: 0 });
    expect(counts(figure(early, 'service-recovery-rate'))).toMatchObject({ 'window-open': 5 });
    expect(figure(early, 'service-recovery-rate.so-far')).toMatchObject({ value: 0.25, n: 4 });
  });

  test('a work that was taken up again has the time of its new deadline', () => {
    const facts = [
      ...four.slice(0, 1),
      aFact('remediation-resumed', { ticketId: 'T-WON', ratedCycle: 1, deadline: at(20 * DAY), at: at(DAY) }),
      closed('T-WON', 'recovered', { recoveryMs: 2 * DAY }),
    ];

    expect(figure(report(facts, undefined, at(27 * DAY)), 'service-recovery-rate').n).toBe(0);
    expect(figure(report(facts, undefined, at(28 * DAY)), 'service-recovery-rate').n).toBe(1);
    expect(figure(report(facts), 'recovery-deadline-missed')).toMatchObject({ value: 0 });
  });

  test('those of the staff are out, and printed', () => {
    const all = report([...four, opened('T-OURS', {}, { channel: 'mail', leftOut: 'staff' })]);

    expect(figure(all, 'service-recovery-rate').n).toBe(4);
    expect(all.leftOut.staff).toEqual({ n: 1, tickets: ['T-OURS'] });
  });
});

describe('beside the rate', () => {
  test('the time to recovery is of those who were won back, as median and ninetieth percentile', () => {
    const facts = [1, 2, 3, 10].flatMap((hours, index) => [
      opened(`T-${index}`),
      closed(`T-${index}`, 'recovered', { recoveryMs: hours * HOUR }),
    ]);

    expect(figure(report([...facts, ...four.slice(2)]), 'time-to-recovery')).toMatchObject({
      value: 4 * 3600,
      median: 2.5 * 3600,
      p90: Math.round(7.9 * 3600),
      n: 4,
      unit: 'seconds',
    });
  });

  test('a deadline is missed when the lead was called, or when it was put right after it', () => {
    const facts = [...four, opened('T-X'), closed('T-X', 'recovered', { recoveryMs: 9 * HOUR })];

    expect(figure(report(facts), 'recovery-deadline-missed')).toMatchObject({ value: 0.4, numerator: 2, n: 5 });
    expect(
      figure(report([opened('T-Y', { at: at(2 * HOUR) })], undefined, at(3 * HOUR)), 'recovery-deadline-missed').n,
    ).toBe(0);
  });

  test('the reasons are those the customers chose, the most frequent first', () => {
    expect(report(four).reasons).toEqual([
      { reason: 'speed', n: 2, recovered: 1, tickets: ['T-LOST', 'T-WON'] },
      { reason: 'unknown', n: 2, recovered: 0, tickets: ['T-LATE', 'T-SILENT'] },
    ]);
  });

  test('low answers that started nothing stand under their reasons', () => {
    const skipped = (why: EventOf<'remediation-skipped'>['why']) =>
      aFact('remediation-skipped', { ticketId: `T-${why}`, ratedCycle: 1, score: 1, why, ratedAgent: 'ben' });

    const all = report([...four, skipped('cap'), skipped('already-open')], 'agent');

    expect(all.skipped.map(({ why, n }) => [why, n])).toEqual([
      ['already-open', 1],
      ['cap', 1],
    ]);
    expect(figure(all, 'recoveries.skipped', { agent: 'ben' })).toMatchObject({ value: 2 });
  });

  test.each([
    ['agent', { ada: 3, ben: 1 }],
    ['category', { payment: 3, technical: 1 }],
    ['cause', { reply: 1, survey: 3 }],
    ['group', { frontline: 4 }],
  ] as const)('it is split by %s: of what was rated, not of who put it right', (by, expected) => {
    const all = report(four, by);

    const started = all.figures.filter(({ name, of }) => name === 'recoveries.started' && of !== undefined);
    expect(Object.fromEntries(started.map(({ of, n }) => [of?.[by], n]))).toEqual(expected);
  });
});

test('whatever became of them: recovered, not recovered, without an answer and open are all that were started', () => {
  const life = fc.record({
    outcome: fc.option(fc.constantFrom<Outcome>('recovered', 'not-recovered', 'no-answer'), { nil: undefined }),
    days: fc.integer({ min: -10, max: 10 }),
  });
  fc.assert(
    fc.property(fc.array(life, { maxLength: 20 }), (lives) => {
      const facts = lives.flatMap(({ outcome, days }, index) => [
        opened(`T-${index}`, { at: at(days * DAY) }),
        ...(outcome === undefined ? [] : [closed(`T-${index}`, outcome, { at: at(days * DAY + HOUR) })]),
      ]);

      const started = figure(report(facts.toReversed()), 'recoveries.started');
      const { recovered, 'not-recovered': lost, 'no-answer': silent, open } = counts(started);
      expect((recovered ?? 0) + (lost ?? 0) + (silent ?? 0) + (open ?? 0)).toBe(started.n);
      expect(figure(report(facts), 'service-recovery-rate').n).toBe(started.n);
    }),
  );
});
