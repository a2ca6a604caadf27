import * as z from 'zod/mini';
import type { ArticleDay, Miss } from '../../../domain/knowledge/usage.ts';
import { type Item, readItem } from '../item.ts';
import { count, maybe, text } from './parts.ts';

const day = z.object({
  SK: text,
  slug: text,
  locale: text,
  views: maybe(count),
  solved: maybe(count),
  helpful: maybe(count),
  unhelpful: maybe(count),
});

/** A counter that was never touched is not there. */
export const readArticleDay = (item: Item): ArticleDay => {
  const { SK, slug, locale, views = 0, solved = 0, helpful = 0, unhelpful = 0 } = readItem(day, item);
  return { date: SK.slice(0, 10), slug, locale, counts: { views, solved, helpful, unhelpful } };
};

const miss = z.object({ query: text, locale: text, times: count, lastOn: text });

export const readMiss = (item: Item): Miss => readItem(miss, item);
