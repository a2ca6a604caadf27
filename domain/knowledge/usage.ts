import { DAY, type Instant, plus } from '../support/time.ts';
import { type ArticleCard, articlePath } from './article.ts';

/** What is counted of an article: opened by a reader, ended a request, and what readers said of it. */
const COUNTED = ['views', 'solved', 'helpful', 'unhelpful'] as const;
export type Counted = (typeof COUNTED)[number];
export type Counts = Record<Counted, number>;

/** An article in one language. */
export interface ArticleRef {
  slug: string;
  locale: string;
}

/** What was counted of one article on one day (UTC). */
export interface ArticleDay extends ArticleRef {
  date: string;
  counts: Counts;
}

/** Words for which the search found nothing. */
export interface Miss {
  query: string;
  locale: string;
  times: number;
  /** The day on which it was last searched for; no time, which would be more of a trace than authors need. */
  lastOn: string;
}

/** How the articles are used; figures for the desk, never a trace of who read what. */
export interface ArticleUsage {
  count(what: Counted, article: ArticleRef, at: Instant): Promise<void>;
  /** What was counted from the day of one instant to that of the other. */
  between(from: Instant, to: Instant): Promise<ArticleDay[]>;
  /** Somebody searched in vain. The words are kept as `keepable` allows. */
  missed(query: string, locale: string, at: Instant): Promise<void>;
  misses(from: Instant, to: Instant): Promise<Miss[]>;
}

const LONGEST_MISS = 80;

/**
 * Words of a search that may be kept, or nothing. Searches tell authors what is missing, yet people type all sorts of
 * things into a search box: what has a digit or an @ may be a number, an address or a code, so it is not kept at all.
 */
export const keepable = (query: string): string | undefined => {
  const words = query.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
  if (words.length < 2 || /[\p{N}@]/u.test(words)) return undefined;
  return [...words].slice(0, LONGEST_MISS).join('');
};

const none = (): Counts => ({ views: 0, solved: 0, helpful: 0, unhelpful: 0 });

const sumOf = (days: readonly ArticleDay[]): Counts =>
  days.reduce((sum, { counts }) => {
    for (const what of COUNTED) sum[what] += counts[what];
    return sum;
  }, none());

/** How an article does: the last 30 and 90 days, and whether somebody has to look at it again. */
export interface ArticleFigures extends ArticleCard {
  url: string;
  last30Days: Counts;
  last90Days: Counts;
  /** Nobody has opened it in 90 days. */
  neverRead: boolean;
  /** The day since which its review is due. */
  overdueSince?: string;
}

/** Every article with its figures: those overdue first, the longest first, then the most read. */
export const usageOf = (
  catalogue: readonly ArticleCard[],
  days: readonly ArticleDay[],
  now: Instant,
): ArticleFigures[] => {
  const today = now.slice(0, 10);
  const monthAgo = plus(now, -30 * DAY).slice(0, 10);
  const byArticle = Map.groupBy(days, ({ slug, locale }) => `${locale}/${slug}`);
  return catalogue
    .map((card): ArticleFigures => {
      const own = byArticle.get(`${card.locale}/${card.slug}`) ?? [];
      const last90Days = sumOf(own);
      return {
        ...card,
        url: articlePath(card.slug, card.locale),
        last30Days: sumOf(own.filter(({ date }) => date > monthAgo)),
        last90Days,
        neverRead: last90Days.views === 0,
        ...(card.reviewBy < today && { overdueSince: card.reviewBy }),
      };
    })
    .sort(
      (a, b) =>
        (a.overdueSince ?? '9').localeCompare(b.overdueSince ?? '9') ||
        b.last90Days.views - a.last90Days.views ||
        a.slug.localeCompare(b.slug) ||
        a.locale.localeCompare(b.locale),
    );
};

/** Slugs by how often they were opened, in whichever language; those nobody opened are left out. */
export const mostRead = (days: readonly ArticleDay[], most: number): string[] => {
  const views = new Map<string, number>();
  for (const { slug, counts } of days) views.set(slug, (views.get(slug) ?? 0) + counts.views);
  return [...views]
    .filter(([, times]) => times > 0)
    .sort(([a, times], [b, others]) => others - times || a.localeCompare(b))
    .slice(0, most)
    .map(([slug]) => slug);
};
