/** An article as people find it: what search, lists and the desk show of it. */
export interface ArticleCard {
  /** The file's name without `.md`; the same in every language: `payment-failed`. */
  slug: string;
  /** The language it is written in, as brand.yaml lists it. */
  locale: string;
  title: string;
  /** An id of categories.yaml. */
  category: string;
  /** Date of the last review, `2026-11-02`. */
  reviewed: string;
  /** Date by which it has to be reviewed again. */
  reviewBy: string;
}

/** An article as it is read. */
export interface Article extends ArticleCard {
  /** The first paragraph as text: what lists show below the title. */
  lead: string;
  /** Made from Markdown when the app is synthesized; raw markup is refused there, so it is ours. */
  html: string;
  /** Slugs of what else may help: those it names, then others of its category. */
  related: string[];
}

/** One language's search index as text: it is read when somebody searches in that language, not before. */
export type KnowledgeIndex = Record<string, string>;

/** An article found. */
export interface KnowledgeMatch {
  slug: string;
  title: string;
  category: string;
  locale: string;
  /** Relevance, 0 to about 20, comparable between searches. See `searchArticles`. */
  score: number;
  /** Path and language of its page: `/kb/payment-failed?lang=en`. */
  url: string;
}

/** Path of an article's page. */
export const articlePath = (slug: string, locale: string): string => `/kb/${slug}?lang=${locale}`;
