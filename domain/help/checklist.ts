import type { Ticket } from '../ticket/ticket.ts';
import { isPlaced } from '../ticket/ticket.ts';
import { mentions, wordsOf } from '../triage/words.ts';

/** First steps for one type of issue, from desk/checklists.yaml. */
export interface Checklist {
  id: string;
  categories: string[];
  products: string[];
  keywords: string[];
  /** How hard it is to settle in writing. */
  nature: Nature;
  /** By language. */
  title: Record<string, string>;
  /** In order; each by language. */
  steps: Array<Record<string, string>>;
}

export type Nature = 'simple' | 'complex';

/** A checklist that fits, and what speaks for it. */
export interface FittingChecklist {
  checklist: Checklist;
  score: number;
  reason: string;
}

const CATEGORY_WEIGHS = 2;
const PRODUCT_WEIGHS = 2;
const WORD_WEIGHS = 3;

/**
 * Checklists for a ticket, the best first: by the words of the customer, then by its category and product. One that only
 * shares the category fits too, but never before one whose words were said.
 */
export const checklistsFor = (ticket: Ticket, text: string, checklists: readonly Checklist[]): FittingChecklist[] => {
  const words = wordsOf(`${ticket.subject}\n${text}`);
  const category = isPlaced(ticket) ? ticket.category : ticket.report.category;
  const product = isPlaced(ticket) ? ticket.product : ticket.report.product;
  return checklists
    .map((checklist): FittingChecklist => {
      const said = checklist.keywords.filter((keyword) => mentions(words, keyword));
      const ofCategory = category !== undefined && checklist.categories.includes(category);
      const ofProduct = product !== undefined && checklist.products.includes(product);
      const reasons = [
        ...(said.length > 0 ? [`the customer speaks of ${said.join(', ')}`] : []),
        ...(ofCategory ? [`the category is ${category}`] : []),
        ...(ofProduct ? [`the product is ${product}`] : []),
      ];
      const score = said.length * WORD_WEIGHS + (ofCategory ? CATEGORY_WEIGHS : 0) + (ofProduct ? PRODUCT_WEIGHS : 0);
      return { checklist, score, reason: `Fits because ${reasons.join(' and ')}.` };
    })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || (a.checklist.id < b.checklist.id ? -1 : 1));
};
