import { describe, expect, test } from 'vitest';
import { agentsReport } from '../../../domain/report/agents.ts';
import { csvOf } from '../../../domain/report/csv.ts';
import type { EventFact, FactAbout } from '../../../domain/report/event-facts.ts';
import type { Figure } from '../../../domain/report/figure.ts';
import { DAY, HOUR } from '../../../domain/support/time.ts';
import { aPolicy } from '../../support/builders.ts';
import { aFact, anAnswer, at, aWeek, definitions } from '../../support/report-builders.ts';

const policy = aPolicy();
const replyScale = {
  scale: 'four-point',
  lowAtMost: 2,
  options: ['very-bad', 'bad', 'good', 'excellent'].map((label, index) => ({ value: index + 1, label })),
};

const rated = (score: number, agent = 'ada', facts: object = {}, about?: FactAbout): EventFact =>
  aFact(
    'reply-rated',
    {
      message: 'm',
      agent,
      ratedCycle: 1,
      score,
      scale: 'four-point',
      label: '',
      low: score <= 2,
      edit: 0,
      ...facts,
    },
    about,
  );

const report = (facts: readonly EventFact[], only?: string, period = aWeek) =>
  agentsReport({ facts, definitions, replyScale }, period, policy, only);
const figure = ({ figures }: { figures: Figure[] }, name: string, agent?: string): Figure =>
  figures.find((each) => each.name === name && each.of?.agent === agent) ?? expect.fail(`There is no ${name}.`);

describe('ratings of single replies', () => {
  test('are 0, 33.3, 66.7 and 100 of four points, with the share good or better beside', () => {
    const all = report([1, 2, 3, 4].map((score) => rated(score)));

    expect(figure(all, 'reply-rating.mean', 'ada')).toMatchObject({ value: 50, n: 4, unit: 'points', small: true });
    expect(figure(all, 'reply-rating.good', 'ada')).toMatchObject({ value: 0.5, numerator: 2, n: 4, unit: 'share' });
    expect(figure(report([rated(2)]), 'reply-rating.mean').value).toBe(33.3);
  });

  test('are never pooled with the ratings of tickets', () => {
    const all = report([rated(4), anAnswer(1)]);

    expect(figure(all, 'reply-rating.good', 'ada')).toMatchObject({ value: 1, n: 1 });
    expect(figure(all, 'csat', 'ada')).toMatchObject({ value: 0, n: 1 });
  });

  test('count once for each reply, as they stand last, in the period in which they were first given', () => {
    const [one, other] = [rated(1), rated(1, 'ada', { at: at(-DAY) })];
    const again = (fact: EventFact, edit: number) =>
      rated(4, 'ada', { ticketId: fact.event.ticketId, edit, at: at(6 * DAY + 20 * HOUR) });

    const all = report([one, again(one, 1), other, again(other, 1), rated(4, 'ada', { edit: 1, at: at(HOUR) })]);

    expect(figure(all, 'reply-rating.mean', 'ada')).toMatchObject({ value: 100, n: 1 });
    expect(figure(all, 'reply-rating.mean', 'ada').parts.edited?.n).toBe(1);
  });

  test('on another scale are told apart, and those of the staff are out', () => {
    const all = report([
      rated(4),
      rated(5, 'ada', { scale: 'csat-5' }),
      rated(1, 'ada', {}, { channel: 'mail', leftOut: 'staff' }),
    ]);

    expect(figure(all, 'reply-rating.mean', 'ada')).toMatchObject({ value: 100, n: 1 });
    expect(figure(all, 'reply-rating.mean', 'ada').parts['other-scale']?.n).toBe(1);
    expect(all.leftOut.staff.n).toBe(1);
  });
});

describe('the report of agents', () => {
  const facts = [
    anAnswer(5, { at: at(-20 * DAY) }),
    anAnswer(1, { agent: 'ben', at: at(HOUR) }),
    rated(4, 'ben', { at: at(HOUR) }),
    rated(1, 'ada', { at: at(8 * DAY) }),
  ];
  // In Berlin the last answer falls on the first of December, an hour after midnight.
  const months = { ...aWeek, from: at(-30 * DAY), seenAt: at(20 * DAY) };
  const december = anAnswer(5, { at: '2026-11-30T23:30:00.000Z' });

  test('has the whole team, its people, and a line of months in the zone of the desk', () => {
    const all = report([...facts, december], undefined, months);

    expect(figure(all, 'csat')).toMatchObject({ n: 3, numerator: 2 });
    expect(figure(all, 'csat', 'ben')).toMatchObject({ n: 1, value: 0 });
    expect(all.series.map(({ month }) => month)).toEqual(['2026-11', '2026-12']);
    expect(all.series.map(({ figures }) => figures.find(({ of }) => of?.agent === 'ada')?.of)).toEqual([
      { agent: 'ada', month: '2026-11', series: 'stars' },
      { agent: 'ada', month: '2026-12', series: 'stars' },
    ]);
  });

  test('counts by the months of Iran where that is asked for', () => {
    const source = { facts: [...facts, december], definitions, replyScale, months: 'jalali' as const };

    const { series } = agentsReport(source, { ...months, zone: 'Asia/Tehran' }, policy);

    // 3 November is the 12th of Aban 1405, 23 November and 1 December are in Azar.
    expect(series.map(({ month }) => month)).toEqual(['1405-08', '1405-09']);
  });

  test('narrowed to one agent has nobody else and not the team', () => {
    const own = report([...facts, december], 'ada', months);

    const all = [...own.figures, ...own.series.flatMap(({ figures }) => figures)];
    expect(all.length).toBeGreaterThan(0);
    expect(all.map(({ of }) => of?.agent)).toEqual(all.map(() => 'ada'));
    expect(JSON.stringify(own)).not.toContain('ben');
  });

  test('as a sheet tells the scale and holds no formula', () => {
    const sheet = csvOf(report([anAnswer(5, { agent: '=cmd()' })]));

    expect(sheet).toContain('csat-5, from 1 to 5, high is good');
    expect(sheet.split('\r\n').some((line) => /(^|,)[=+\-@]/.test(line))).toBe(false);
    expect(sheet).toContain('agent =cmd()');
  });
});
