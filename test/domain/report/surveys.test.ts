import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Figure } from '../../../domain/report/figure.ts';
import { DAY, HOUR } from '../../../domain/support/time.ts';
import { AFTER_RESOLVE, aFact, anAnswer, aSentSurvey, at } from '../../support/report-builders.ts';
import {
  partsIn as counts,
  figureIn as figure,
  figuresIn as figures,
  surveysOfTheWeek as report,
} from '../../support/report-reading.ts';

describe('satisfaction', () => {
  test('counts the top of each scale: 4 and 5 of five stars, good and excellent of four points', () => {
    const stars = [1, 2, 3, 4, 5].map((score) => anAnswer(score));
    const points = [1, 2, 3, 4].map((score) =>
      anAnswer(score, { survey: 'points@1', series: 'points', scale: 'four-point' }),
    );

    const all = report([...stars, ...points]);

    expect(figure(all, 'csat', { series: 'stars' })).toMatchObject({
      value: 0.4,
      numerator: 2,
      n: 5,
      unit: 'share',
      target: 0.9,
      small: true,
      interval: [0.1176, 0.7693],
    });
    expect(figure(all, 'csat', { series: 'stars' }).tickets).toEqual(stars.map(({ event }) => event.ticketId));
    expect(figure(all, 'csat', { series: 'points' })).toMatchObject({ value: 0.5, numerator: 2, n: 4 });
  });

  test('another wording is another series with a figure of its own, and neither nps nor ces enters', () => {
    const all = report([
      anAnswer(5),
      anAnswer(1, { survey: 'after-resolve@2', series: 'stars anew' }),
      anAnswer(10, { survey: 'nps@1', series: 'nps', measure: 'nps', scale: 'likelihood' }),
      anAnswer(1, { survey: 'ease@1', series: 'ease 1', measure: 'ces', scale: 'effort' }),
    ]);

    expect(figures(all, 'csat').map(({ of, value, n }) => [of?.series, value, n])).toEqual([
      ['stars', 1, 1],
      ['stars anew', 0, 1],
    ]);
    expect(all.series.map(({ series, measure, n }) => [series, measure, n])).toEqual([
      ['ease 1', 'ces', 1],
      ['nps', 'nps', 1],
      ['stars', 'csat', 1],
      ['stars anew', 'csat', 1],
    ]);
  });

  test('an answer belongs to the period of its first confirmation, and edits change its value alone', () => {
    const within = anAnswer(1, { at: at(6 * DAY) });
    const before = anAnswer(1, { at: at(-DAY) });
    const all = report([
      within,
      anAnswer(2, { ticketId: within.event.ticketId, edit: 1, at: at(8 * DAY) }),
      anAnswer(5, { ticketId: within.event.ticketId, edit: 2, at: at(8 * DAY + HOUR) }),
      before,
      anAnswer(5, { ticketId: before.event.ticketId, edit: 1, at: at(HOUR) }),
      // First given before anything this report reads.
      anAnswer(5, { edit: 1, at: at(HOUR) }),
    ]);

    expect(figure(all, 'csat')).toMatchObject({ value: 1, n: 1, tickets: [within.event.ticketId] });
    expect(counts(figure(all, 'surveys.answered'))).toEqual({ csat: 1, edited: 1 });
  });

  test('an answer that is changed after the next cycle was rated changes its own', () => {
    const first = anAnswer(5, { ratedCycle: 1 });
    const { ticketId } = first.event;

    const all = report(
      [
        first,
        anAnswer(5, { ticketId, cycle: 2, ratedCycle: 2, agent: 'ben', at: at(HOUR) }),
        anAnswer(1, { ticketId, cycle: 2, ratedCycle: 1, edit: 1, at: at(2 * HOUR) }),
      ],
      'agent',
    );

    expect(figure(all, 'csat', { agent: 'ada', series: 'stars' })).toMatchObject({ value: 0, n: 1 });
    expect(figure(all, 'csat', { agent: 'ben', series: 'stars' })).toMatchObject({ value: 1, n: 1 });
  });

  test('shared answers count by their shares, above and below the line', () => {
    const shares = [
      { agent: 'ada', share: 6667 },
      { agent: 'ben', share: 3333 },
    ];

    const all = report([anAnswer(5, { shares }), anAnswer(1), anAnswer(5, { agent: 'ben' })], 'agent');

    expect(figure(all, 'csat', { agent: 'ada', series: 'stars' })).toMatchObject({
      n: 1.6667,
      numerator: 0.6667,
      value: 0.4,
    });
    expect(figure(all, 'csat', { agent: 'ben', series: 'stars' })).toMatchObject({
      n: 1.3333,
      numerator: 1.3333,
      value: 1,
    });
  });

  test('answers of the staff and those on a scale nobody knows any more are told apart', () => {
    const staff = anAnswer(5, {}, { channel: 'mail', leftOut: 'staff' });
    const unknown = anAnswer(5, { survey: 'gone@7', series: 'gone' });
    const known = anAnswer(4, { survey: 'after-resolve@9' });

    const all = report([staff, unknown, known]);

    expect(figure(all, 'csat')).toMatchObject({ n: 1, tickets: [known.event.ticketId] });
    expect(all.leftOut).toEqual({
      staff: { n: 1, tickets: [staff.event.ticketId] },
      merged: { n: 0, tickets: [] },
      'unknown-scale': { n: 1, tickets: [unknown.event.ticketId] },
    });
  });

  test('of tickets that became one, the answer counts once and at the survivor', () => {
    const part = anAnswer(1, { ticketId: 'T-PART' });
    const merged = aFact('merged', { ticketId: 'T-PART', into: 'T-WHOLE', at: at(HOUR) });
    const whole = anAnswer(5, { ticketId: 'T-WHOLE', at: at(2 * HOUR) });
    const undone = aFact('unmerged', { ticketId: 'T-PART', into: 'T-WHOLE', at: at(3 * HOUR) });

    expect(figure(report([part, merged, whole]), 'csat')).toMatchObject({ n: 1, value: 1, tickets: ['T-WHOLE'] });
    expect(report([part, merged, whole]).leftOut.merged.n).toBe(1);
    expect(figure(report([part, merged]), 'csat')).toMatchObject({ n: 1, value: 0, tickets: ['T-WHOLE'] });
    expect(figure(report([part, merged, whole, undone]), 'csat')).toMatchObject({ n: 2, value: 0.5 });
  });
});

describe('recommendation and effort', () => {
  test('nps is promoters less detractors of all answers, the passives among them', () => {
    const given = [10, 9, 8, 7, 6, 0].map((score) =>
      anAnswer(score, { survey: 'nps@1', series: 'nps', measure: 'nps', scale: 'likelihood' }),
    );
    const periodic = {
      id: '2026-11-23.01J00000000000000000000001',
      at: at(HOUR),
      kind: 'nps' as const,
      survey: 'nps@1',
      series: 'nps',
      score: 10,
      answers: {},
      locale: 'en',
      version: 1,
    };

    const nps = figure(report(given, undefined, { feedback: [periodic] }), 'nps');

    expect(nps).toMatchObject({ value: 14.3, n: 7, unit: 'points', of: { series: 'nps' } });
    expect(counts(nps)).toEqual({ promoters: 3, passives: 2, detractors: 2 });
  });

  test('effort is the mean of one version, with its ends and the end that is good', () => {
    const effort = (score: number, version: number) =>
      anAnswer(score, { survey: `ease@${version}`, series: `ease ${version}`, measure: 'ces', scale: 'effort' });

    const all = report([effort(1, 1), effort(2, 1), effort(2, 1), effort(7, 2)]);

    expect(figure(all, 'ces', { survey: 'ease@1' })).toMatchObject({
      value: 1.67,
      n: 3,
      unit: 'score',
      scale: { name: 'effort', ends: ['Very easy', 'Very hard'], polarity: 'low-is-good' },
    });
    expect(figure(all, 'ces', { survey: 'ease@2' })).toMatchObject({ value: 7, scale: { polarity: 'high-is-good' } });
  });
});

describe('who answered', () => {
  const [answered, silent, bounced, reopened, waiting, late] = ['A', 'B', 'C', 'D', 'E', 'F'].map((id) => `T-${id}`);
  const sent = (ticketId = '', facts = {}) => aSentSurvey({ ticketId, mail: `survey#${ticketId}`, ...facts });
  const facts = [
    sent(answered),
    anAnswer(5, { ticketId: answered ?? '', at: at(DAY) }),
    sent(silent),
    aFact('survey-reminded', { ...AFTER_RESOLVE, ticketId: silent ?? '', mail: 'reminder', at: at(2 * DAY) }),
    aFact('survey-expired', { ...AFTER_RESOLVE, ticketId: silent ?? '', at: at(28 * DAY) }),
    sent(bounced),
    aFact('mail-bounced', { ticketId: bounced ?? '', mail: `survey#${bounced}`, permanent: true, at: at(HOUR) }),
    sent(reopened),
    aFact('survey-skipped', {
      ...AFTER_RESOLVE,
      ticketId: reopened ?? '',
      why: 'reopened',
      by: 'rule:survey.cancel-on-reopen@1',
      cycle: 2,
      at: at(HOUR),
    }),
    sent(waiting, { at: at(6 * DAY) }),
    // Answered at once: its time is not over all the same.
    sent(late, { at: at(6 * DAY) }),
    anAnswer(5, { ticketId: late ?? '', at: at(6 * DAY + HOUR) }),
    aFact('survey-skipped', { ...AFTER_RESOLVE, why: 'opted-out', by: 'rule:survey.eligibility@1' }),
    aFact('survey-skipped', { ...AFTER_RESOLVE, why: 'held-out', by: 'rule:survey.eligibility@1' }),
  ];

  test('is counted of those delivered whose time is over; a reminder adds none', () => {
    const rate = figure(report(facts, undefined, { now: at(29 * DAY) }), 'response-rate');

    expect(rate).toMatchObject({ value: 0.5, numerator: 1, n: 2, tickets: [answered, silent] });
    expect(counts(rate)).toEqual({ answered: 1, unanswered: 1, waiting: 2, bounced: 1, cancelled: 1 });
    expect(figure(report(facts, undefined, { now: at(40 * DAY) }), 'response-rate')).toMatchObject({
      numerator: 2,
      n: 4,
    });
  });

  test('an answer after the mail came back shows that it was read, and a complaint that it arrived', () => {
    const both = [
      sent('T-X'),
      aFact('mail-bounced', { ticketId: 'T-X', mail: 'survey#T-X', permanent: false }),
      anAnswer(4, { ticketId: 'T-X' }),
      sent('T-Y'),
      aFact('mail-bounced', { ticketId: 'T-Y', mail: 'survey#T-Y', permanent: true, by: 'rule:mail.complaint@1' }),
    ];

    expect(figure(report(both, undefined, { now: at(40 * DAY) }), 'response-rate')).toMatchObject({
      numerator: 1,
      n: 2,
    });
  });

  test('those who were not asked stand under their reasons, and what was taken back is no skip', () => {
    const all = report(facts);

    expect(all.skipped.map(({ why, n }) => [why, n])).toEqual([
      ['held-out', 1],
      ['opted-out', 1],
    ]);
    expect(counts(figure(all, 'surveys.skipped'))).toEqual({ 'held-out': 1, 'opted-out': 1 });
    expect(counts(figure(all, 'surveys.cancelled'))).toEqual({ reopened: 1 });
    expect(figure(all, 'surveys.sent')).toMatchObject({ value: 6 });
  });

  test('the second survey of a ticket is another one than that of the cycle before', () => {
    const twice = [
      sent('T-X'),
      aFact('survey-skipped', {
        ...AFTER_RESOLVE,
        ticketId: 'T-X',
        why: 'reopened',
        by: 'rule:survey.cancel-on-reopen@1',
        at: at(HOUR),
      }),
      sent('T-X', { cycle: 2, at: at(2 * HOUR) }),
      anAnswer(4, { ticketId: 'T-X', cycle: 2, at: at(3 * HOUR) }),
    ];

    const rate = figure(report(twice, undefined, { now: at(40 * DAY) }), 'response-rate');

    expect(rate).toMatchObject({ value: 1, n: 1 });
    expect(counts(rate)).toMatchObject({ cancelled: 1 });
  });
});

describe('clicks', () => {
  test('stand beside the answers by their evidence, and enter no other figure', () => {
    const of = (ticketId: string) => ({ ticketId, cycle: 1, kind: 'csat' as const });
    const clicks = [
      { about: of('T-A'), intent: 1, discarded: 0 },
      { about: of('T-B'), intent: 0, discarded: 5 },
      { about: of('T-OTHER'), intent: 9, discarded: 9 },
      { about: { ticketId: 'T-A', message: 'm' }, intent: 0, discarded: 2 },
    ];
    const facts = [
      aSentSurvey({ ticketId: 'T-A' }),
      anAnswer(5, { ticketId: 'T-A' }),
      aSentSurvey({ ticketId: 'T-B' }),
      aFact('replied', { ticketId: 'T-A', agent: 'ada', message: 'm' }),
      aFact('replied', { ticketId: 'T-A', agent: 'ada', message: 'earlier', at: at(-DAY) }),
    ];

    const all = report(facts, undefined, { clicks });

    expect(['confirmed', 'intent', 'discarded'].map((what) => figure(all, `clicks.${what}`).value)).toEqual([1, 1, 5]);
    expect(figure(all, 'clicks.discarded').tickets).toEqual(['T-B']);
    expect(figure(all, 'reply-clicks.discarded')).toMatchObject({ value: 2, tickets: ['T-A'] });
    expect(figure(all, 'csat').n).toBe(1);
  });
});

describe('whatever was answered', () => {
  const scores = fc.array(
    fc.record({
      score: fc.integer({ min: 1, max: 5 }),
      agents: fc.uniqueArray(fc.constantFrom('ada', 'ben', 'cem'), { minLength: 1, maxLength: 3 }),
    }),
    { maxLength: 30 },
  );
  const shared = ({ score, agents }: { score: number; agents: string[] }) => {
    const even = Math.floor(10_000 / agents.length);
    const shares = agents.map((agent, index) => ({
      agent,
      share: index === 0 ? 10_000 - even * (agents.length - 1) : even,
    }));
    return anAnswer(score, { shares });
  };

  test('the parts of the agents add up to the whole, above and below the line', () => {
    fc.assert(
      fc.property(scores, (given) => {
        const all = report(given.map(shared), 'agent');
        const whole = figures(all, 'csat').filter(({ of }) => of?.agent === undefined);
        const parts = figures(all, 'csat').filter(({ of }) => of?.agent !== undefined);

        const sum = (some: Figure[], of: (figure: Figure) => number) =>
          some.reduce((total, each) => total + of(each), 0);
        expect(sum(parts, ({ n }) => n)).toBeCloseTo(given.length, 6);
        expect(sum(parts, ({ numerator = 0 }) => numerator)).toBeCloseTo(
          sum(whole, ({ numerator = 0 }) => numerator),
          6,
        );
      }),
    );
  });

  test('the order in which events come changes nothing', () => {
    fc.assert(
      fc.property(scores, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (given, chance) => {
        const facts = given.flatMap((each) => {
          const answer = shared(each);
          const { ticketId } = answer.event;
          return [answer, anAnswer(6 - each.score, { ticketId, edit: 1, at: at(HOUR) })];
        });
        const places = new Map(facts.map((fact) => [fact, chance.next().value]));
        const mixed = facts.toSorted((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0));

        expect(report(mixed, 'agent')).toEqual(report(facts, 'agent'));
      }),
    );
  });

  test('a share lies within its interval, and its parts are its denominator', () => {
    fc.assert(
      fc.property(scores, (given) => {
        for (const { n, value, interval, parts } of figures(report(given.map(shared)), 'csat')) {
          expect((parts.top?.n ?? 0) + (parts.below?.n ?? 0)).toBe(n);
          expect(value).toBeGreaterThanOrEqual(interval?.[0] ?? 1);
          expect(value).toBeLessThanOrEqual(interval?.[1] ?? 0);
        }
      }),
    );
  });
});
