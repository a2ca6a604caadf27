import index from '#desk/knowledge/index.json' with { type: 'json' };
import policy from '#desk/policy.json' with { type: 'json' };
import type { KnowledgeIndex, KnowledgeMatch } from '../../../domain/knowledge/article.ts';
import { openIndex, searchArticles } from '../../../domain/knowledge/search.ts';

export type { KnowledgeMatch } from '../../../domain/knowledge/article.ts';

/** The least share of the best article's score. */
const SHARE_OF_BEST = 0.4;

/** The articles of this desk, by what people ask. */
export interface Knowledge {
  /**
   * Best first, for what somebody types into a search box. A language without articles has none; `url` is a path, to which
   * mails add the desk's address.
   */
  search(query: string, locale: string, limit: number): KnowledgeMatch[];
  /** What may be offered unasked for a whole message: at most as many, and only as good, as the policy says. */
  offer(message: { subject: string; text: string }, locale: string): KnowledgeMatch[];
}

/** An index is opened when somebody first searches in its language, and kept as long as the function lives. */
export const knowledgeIn = (
  indexes: KnowledgeIndex,
  { offerFromScore, offerAtMost }: { offerFromScore: number; offerAtMost: number },
): Knowledge => {
  const opened = new Map<string, ReturnType<typeof openIndex>>();
  const open = (locale: string) => {
    const json = Object.hasOwn(indexes, locale) ? indexes[locale] : undefined;
    if (json === undefined) return undefined;
    const known = opened.get(locale) ?? openIndex(json, locale);
    opened.set(locale, known);
    return known;
  };
  return {
    search: (query, locale, limit) => {
      const articles = open(locale);
      return articles ? searchArticles(articles, query, { locale, limit }) : [];
    },
    offer: ({ subject, text }, locale) => {
      const articles = open(locale);
      if (!articles) return [];
      const query = `${subject}\n${text}`;
      const found = searchArticles(articles, query, { locale, limit: offerAtMost, manner: 'text' });
      // Beside a sure answer, a doubtful one only distracts.
      const least = Math.max(offerFromScore, (found[0]?.score ?? 0) * SHARE_OF_BEST);
      return found.filter(({ score }) => score >= least);
    },
  };
};

/** The knowledge of this deployment. */
export const deskKnowledge = (): Knowledge => knowledgeIn(index, policy.knowledge);

const desk = deskKnowledge();

/** Articles for words somebody typed, best first; see `Knowledge.search`. */
export const searchKnowledge = (query: string, locale: string, limit: number): KnowledgeMatch[] =>
  desk.search(query, locale, limit);
