import { describe, expect, test } from 'vitest';
import { type ReplyScale, ratingFigure, replyRatings } from '../../../domain/rating/reply-rating.ts';
import type { TicketEvent } from '../../../domain/ticket/event.ts';

const scale: ReplyScale = {
  scale: 'four-point',
  lowAtMost: 2,
  options: ['very-bad', 'bad', 'good', 'excellent'].map((label, index) => ({ value: index + 1, label })),
};

const rated = (
  message: string,
  score: number,
  over: Partial<{ edit: number; scale: string; version: number }> = {},
): TicketEvent => ({
  type: 'reply-rated',
  id: `01J${message}${over.edit ?? 0}`,
  ticketId: 'T-7K2M9Q',
  at: `2026-11-23T0${over.edit ?? 0}:00:00.000Z`,
  by: 'customer:1',
  reason: 'The customer rated a reply.',
  policy: '1',
  cycle: 1,
  version: 3 + (over.edit ?? 0),
  message,
  agent: 'ada',
  group: 'frontline',
  tier: 1,
  ratedCycle: 1,
  score,
  scale: 'four-point',
  label: scale.options[score - 1]?.label ?? '',
  low: score <= 2,
  edit: 0,
  ...over,
});

describe('the rating of a reply', () => {
  test('is its last one, with when it was first given and how often it was changed', () => {
    const events = [rated('a', 1), rated('b', 4), rated('a', 3, { edit: 1 })];

    const ratings = replyRatings(events.toReversed());

    expect(ratings.get('a')).toMatchObject({
      score: 3,
      low: false,
      firstAt: '2026-11-23T00:00:00.000Z',
      at: '2026-11-23T01:00:00.000Z',
      edits: 1,
    });
    expect(ratings.get('b')).toMatchObject({ score: 4, edits: 0 });
  });
});

describe('the figure of several', () => {
  test.each([
    [[1], 0, 0],
    [[2], 33.3, 0],
    [[3], 66.7, 1],
    [[4], 100, 1],
    [[1, 4], 50, 0.5],
    [[4, 4, 3], 88.9, 1],
  ])('of %j is %d, with a share of %d good', (scores, mean, good) => {
    const ratings = replyRatings(scores.map((score, index) => rated(String(index), score)));

    expect(ratingFigure(ratings.values(), scale)).toEqual({ n: scores.length, mean, good });
  });

  test('leaves out ratings on another scale, and is none without a rating', () => {
    const ratings = replyRatings([rated('a', 4), rated('b', 1, { scale: 'csat-5' })]);

    expect(ratingFigure(ratings.values(), scale)).toMatchObject({ n: 1, mean: 100 });
    expect(ratingFigure([], scale)).toBeUndefined();
  });
});
