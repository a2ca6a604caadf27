import type { Instant } from '../support/time.ts';
import { inOrder, type TicketEvent } from '../ticket/event.ts';

/** `reply-rating` of desk/surveys.yaml, compiled: how one single reply of a person can be rated. */
export interface ReplyScale {
  /** Its name, stored with every rating: ratings of two scales are never averaged. */
  scale: string;
  /** A rating at or below is low. */
  lowAtMost: number;
  /** Worst first; `value` counts upwards from 1. The words of a label are in desk/locales. */
  options: Array<{ value: number; label: string }>;
}

/** The rating of one reply as it stands: the last of its `reply-rated` events. */
export interface ReplyRating {
  score: number;
  scale: string;
  label: string;
  low: boolean;
  /** When it was given, and when it was last changed. */
  firstAt: Instant;
  at: Instant;
  /** How often it was changed. */
  edits: number;
}

/** The ratings of a ticket's replies by message id, folded from what happened. */
export const replyRatings = (events: readonly TicketEvent[]): Map<string, ReplyRating> => {
  const ratings = new Map<string, ReplyRating>();
  for (const event of inOrder(events)) {
    if (event.type !== 'reply-rated') continue;
    const { score, scale, label, low, at, edit: edits } = event;
    const firstAt = ratings.get(event.message)?.firstAt ?? at;
    ratings.set(event.message, { score, scale, label, low, firstAt, at, edits });
  }
  return ratings;
};

/** The ratings of replies in one figure, never pooled with the ticket's own rating. */
export interface RatingFigure {
  n: number;
  /** Mean on 0 to 100: of four points 0, 33.3, 66.7 and 100. */
  mean: number;
  /** Share that is not low, 0 to 1. */
  good: number;
}

/** Undefined without a rating on this scale. Ratings on an earlier scale are left out. */
export const ratingFigure = (ratings: Iterable<ReplyRating>, scale: ReplyScale): RatingFigure | undefined => {
  const counted = [...ratings].filter((rating) => rating.scale === scale.scale);
  const n = counted.length;
  if (n === 0) return undefined;
  const steps = scale.options.length - 1;
  const sum = counted.reduce((total, { score }) => total + (100 * (score - 1)) / steps, 0);
  return { n, mean: Math.round((10 * sum) / n) / 10, good: counted.filter(({ low }) => !low).length / n };
};
