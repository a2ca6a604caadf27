import MiniSearch, { type Options, type SearchOptions } from 'minisearch';
import { articlePath, type KnowledgeMatch } from './article.ts';
import { completionsOf } from './completions.ts';
import { termOf, wordsOf } from './terms.ts';

/** What of an article is searched. */
export interface SearchedArticle {
  slug: string;
  title: string;
  category: string;
  /** Words that people use and the article does not. */
  keywords: string;
  headings: string;
  text: string;
}

/** The title and the keywords say what an article is about; its text mentions much else. */
const WEIGHTS = { title: 3, keywords: 2.5, headings: 1.5, text: 0.5 } as const;

/** The index of one language. Index and search have to agree on every option, so there is this one place. */
export const indexOptions = (locale: string): Options<SearchedArticle> => ({
  idField: 'slug',
  fields: Object.keys(WEIGHTS),
  storeFields: ['title', 'category'],
  tokenize: wordsOf,
  processTerm: (word) => termOf(word, locale),
});

/** `text` is a whole message: no unfinished word stands at its end, and small likenesses add up to nothing. */
type Manner = 'words' | 'text';

const MANNERS: Record<Manner, SearchOptions> = {
  words: { prefix: (term) => term.length > 2, fuzzy: (term) => (term.length > 3 ? 0.25 : false), maxFuzzy: 2 },
  text: { prefix: (term) => term.length > 5, fuzzy: (term) => (term.length > 5 ? 0.15 : false), maxFuzzy: 1 },
};

/** The weight of a similar word, relative to the word itself. */
const LIKE = 0.35;

const same = (term: string): string => term;

/** How many words are searched for: what is asked stands in the first lines; signatures and histories follow. */
const MOST_WORDS = { words: 16, text: 80 } as const;

/**
 * Articles of one language by how much speaks for them, best first. The score is the sum of what each word of the query
 * adds (BM25+ by field, typos and beginnings of words counting less), divided by the most a rare word can weigh among so
 * many articles: so a threshold means the same in a small and in a large collection.
 */
export const searchArticles = (
  index: MiniSearch<SearchedArticle>,
  asked: string,
  { locale, limit, manner = 'words' }: { locale: string; limit: number; manner?: Manner },
): KnowledgeMatch[] => {
  const words = wordsOf(asked).slice(0, MOST_WORDS[manner]);
  const rarity = Math.log(1 + index.documentCount) || 1;
  const options = { ...MANNERS[manner], boost: WEIGHTS, weights: { fuzzy: LIKE, prefix: 0.5 } };
  const query = [...new Set(words)].join(' ');
  const found = index.search(query, options);
  const last = termOf(words.at(-1) ?? '', locale);
  const isKnown = manner === 'text' || last === undefined || found.some(({ queryTerms }) => queryTerms.includes(last));
  const completions = isKnown ? [] : completionsOf(index, last);
  // No term is the last word or begins with it: it was mistyped, so that terms which begin much like it are searched as
  // well.
  const exactly = { processTerm: same, prefix: false, fuzzy: false };
  const meant = { queries: completions, ...exactly, boost: WEIGHTS, boostTerm: () => LIKE };
  const all = completions.length === 0 ? found : index.search({ combineWith: 'OR', queries: [meant, query] }, options);
  return all
    .map(({ id, score, queryTerms, title, category }) => ({
      slug: String(id),
      title: String(title),
      category: String(category),
      locale,
      // MiniSearch multiplies the sum by the number of words found: long messages would always win.
      score: Math.round((score / Math.max(1, queryTerms.length) / rarity) * 100) / 100,
      url: articlePath(String(id), locale),
    }))
    .sort((a, b) => b.score - a.score || (a.slug < b.slug ? -1 : 1))
    .slice(0, limit);
};

export const openIndex = (json: string, locale: string): MiniSearch<SearchedArticle> =>
  MiniSearch.loadJSON(json, indexOptions(locale));
