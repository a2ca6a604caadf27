import type { Category } from '../policy.ts';
import { lengthOf, mentions, wordsOf } from './words.ts';

export type CategoryRule =
  | 'category.chosen'
  | 'category.keywords'
  | 'category.classifier'
  | 'category.model'
  | 'category.fallback';

export interface Categorised {
  category: Category;
  rule: CategoryRule;
  reason: string;
}

/** What something that has learned says of a text, or why it says nothing. */
export interface Opinion {
  rule: 'category.classifier' | 'category.model';
  /** A category of the desk. */
  category?: string;
  /** 0 to 1. */
  confidence?: number;
  /** In words a lead can read. */
  why: string;
}

/** The category of desk/categories.yaml for what fits nowhere else. */
const FALLBACK = 'other';

/**
 * The customer's own choice if the desk has such a category, else the one whose keywords the text holds most of (a
 * phrase counts as many as it has words; at a tie the more severe, then the one listed first), else the first opinion
 * that names one, else `other`. A choice that the desk does not have is told in the reason: nobody refuses a customer for it.
 */
export const categorise = (
  chosen: string | undefined,
  text: string,
  categories: readonly Category[],
  opinions: readonly Opinion[] = [],
): Categorised => {
  const own = categories.find(({ id }) => id === chosen);
  if (own !== undefined)
    return { category: own, rule: 'category.chosen', reason: `Category ${own.id}, as the customer chose.` };
  const found = ofText(text, categories, opinions);
  return chosen === undefined
    ? found
    : { ...found, reason: `The desk has no category as it was chosen. ${found.reason}` };
};

const ofText = (text: string, categories: readonly Category[], opinions: readonly Opinion[]): Categorised => {
  const found = byKeywords(text, categories);
  if (found !== undefined) return found;
  const said: string[] = [];
  for (const { category: named, rule, why } of opinions) {
    const category = categories.find(({ id }) => id === named);
    if (category !== undefined) return { category, rule, reason: [`No keyword was found.`, ...said, why].join(' ') };
    said.push(why);
  }
  const other = categories.find(({ id }) => id === FALLBACK);
  if (other === undefined) throw new Error(`The desk has no category "${FALLBACK}" for what fits nowhere else.`);
  return {
    category: other,
    rule: 'category.fallback',
    reason: [`Category ${FALLBACK}: no keyword was found.`, ...said].join(' '),
  };
};

/** More keywords than this are not named: a reason is read by people. */
const NAMED = 6;

const byKeywords = (text: string, categories: readonly Category[]): Categorised | undefined => {
  const words = wordsOf(text);
  const [best, next] = categories
    .map((category) => ({ category, hits: category.keywords.filter((keyword) => mentions(words, keyword)) }))
    .map(({ category, hits }) => ({ category, hits, score: hits.reduce((sum, hit) => sum + lengthOf(hit), 0) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || b.category.severity - a.category.severity);
  if (best === undefined) return undefined;
  const { category, hits } = best;
  const tie = next?.score === best.score ? ` ${tieOf(category, next.category)}` : '';
  const named = hits.slice(0, NAMED).join(', ');
  return { category, rule: 'category.keywords', reason: `Category ${category.id}, by ${named}.${tie}` };
};

const tieOf = (won: Category, lost: Category): string =>
  `As much was found of ${lost.id}; ${won.id} is ${won.severity > lost.severity ? 'more severe' : 'listed first'}.`;
