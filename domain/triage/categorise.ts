import type { Category } from '../policy.ts';
import { holds, wordsOf } from './words.ts';

export type CategoryRule = 'category.chosen' | 'category.keywords' | 'category.fallback';

export interface Categorised {
  category: Category;
  rule: CategoryRule;
  reason: string;
}

/** The category of desk/categories.yaml for what fits nowhere else. */
export const FALLBACK = 'other';

/**
 * The customer's own choice if the desk has such a category, else the one whose keywords the text holds most of (a
 * phrase counts as many as it has words; at a tie the more severe, then the one listed first), else `other`.
 */
export const categorise = (chosen: string | undefined, text: string, categories: readonly Category[]): Categorised => {
  const own = categories.find(({ id }) => id === chosen);
  if (own !== undefined)
    return { category: own, rule: 'category.chosen', reason: `Category ${own.id}, as the customer chose.` };
  const words = wordsOf(text);
  const [best] = categories
    .map((category) => ({ category, hits: category.keywords.filter((keyword) => holds(words, keyword)) }))
    .map(({ category, hits }) => ({ category, hits, score: hits.reduce((sum, hit) => sum + length(hit), 0) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || b.category.severity - a.category.severity);
  if (best !== undefined) {
    const { category, hits } = best;
    return { category, rule: 'category.keywords', reason: `Category ${category.id}, by ${hits.join(', ')}.` };
  }
  const other = categories.find(({ id }) => id === FALLBACK);
  if (other === undefined) throw new Error(`The desk has no category "${FALLBACK}" for what fits nowhere else.`);
  return { category: other, rule: 'category.fallback', reason: `Category ${FALLBACK}: no keyword was found.` };
};

const length = (keyword: string): number => wordsOf(keyword).trim().split(' ').length;
