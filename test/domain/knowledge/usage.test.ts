import { describe, expect, test } from 'vitest';
import { type ArticleDay, keepable, mostRead, usageOf } from '../../../domain/knowledge/usage.ts';

const now = '2026-11-22T09:00:00.000Z';
const card = (slug: string, reviewBy = '2027-01-01') => ({
  slug,
  locale: 'en',
  title: slug,
  category: 'other',
  reviewed: '2026-01-01',
  reviewBy,
});
const day = (slug: string, date: string, counts: Partial<ArticleDay['counts']>): ArticleDay => ({
  slug,
  locale: 'en',
  date,
  counts: { views: 0, solved: 0, helpful: 0, unhelpful: 0, ...counts },
});

describe('the figures of articles', () => {
  test('are those of the last 30 and 90 days', () => {
    const days = [
      day('a', '2026-11-22', { views: 3, solved: 1 }),
      day('a', '2026-10-24', { views: 2, helpful: 1 }),
      day('a', '2026-10-23', { views: 10, unhelpful: 4 }),
    ];

    const [figures] = usageOf([card('a')], days, now);

    expect(figures?.last30Days).toEqual({ views: 5, solved: 1, helpful: 1, unhelpful: 0 });
    expect(figures?.last90Days).toEqual({ views: 15, solved: 1, helpful: 1, unhelpful: 4 });
    expect(figures?.neverRead).toBe(false);
  });

  test('name what nobody read, and what is overdue first, the longest first', () => {
    const cards = [card('read'), card('late', '2026-11-21'), card('today', '2026-11-22'), card('later', '2026-06-01')];

    const figures = usageOf(cards, [day('read', '2026-11-20', { views: 1 })], now);

    expect(figures.map(({ slug, overdueSince, neverRead }) => [slug, overdueSince, neverRead])).toEqual([
      ['later', '2026-06-01', true],
      ['late', '2026-11-21', true],
      ['read', undefined, false],
      ['today', undefined, true],
    ]);
  });

  test('say what is read most, in whichever language', () => {
    const days = [
      day('a', '2026-11-20', { views: 1 }),
      { ...day('b', '2026-11-20', { views: 2 }), locale: 'de' },
      day('b', '2026-11-21', { views: 2 }),
      day('c', '2026-11-21', { helpful: 9 }),
    ];

    expect(mostRead(days, 5)).toEqual(['b', 'a']);
    expect(mostRead(days, 1)).toEqual(['b']);
  });
});

describe('words that were searched for in vain', () => {
  test('are kept in one spelling, cut to what is read at a glance', () => {
    expect(keepable('  Pay by   INSTALMENTS ')).toBe('pay by instalments');
    expect(keepable('x'.repeat(200))).toHaveLength(80);
    expect(keepable('قسطی')).toBe('قسطی');
  });

  test.each([
    '4111 1111 1111 1111',
    '۴۱۱۱',
    '٤١١١',
    'order T-7K2M9Q',
    'kim@example.com',
    'kim＠example.com',
    '',
    ' ',
    'x',
  ])('are not kept when they may be a number, an address or nothing: %j', (query) => {
    expect(keepable(query)).toBeUndefined();
  });
});
