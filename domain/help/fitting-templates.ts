import { isPlaced, type Ticket } from '../ticket/ticket.ts';
import { mentions, wordsOf } from '../triage/words.ts';
import type { ReplyTemplate } from './reply-template.ts';

/**
 * The templates of one language, the best for this ticket first: by the customer's words, then by category; the rest in the
 * order of their names. A language without templates has none.
 */
export const templatesFor = (
  ticket: Ticket,
  text: string,
  templates: readonly ReplyTemplate[],
  locale: string,
): Array<{ template: ReplyTemplate; fits: boolean }> => {
  const words = wordsOf(`${ticket.subject}\n${text}`);
  const category = isPlaced(ticket) ? ticket.category : ticket.report.category;
  return templates
    .filter((template) => template.locale === locale)
    .map((template) => {
      const said = template.keywords.filter((keyword) => mentions(words, keyword)).length;
      const score = said * 3 + (category !== undefined && template.categories.includes(category) ? 2 : 0);
      return { template, score };
    })
    .sort((a, b) => b.score - a.score || (a.template.name < b.template.name ? -1 : 1))
    .map(({ template, score }) => ({ template, fits: score > 0 }));
};
