import type { ArticleDay, ArticleUsage, Miss } from '../../domain/knowledge/usage.ts';

/** The counters of articles in memory; `days` and `missing` are there to be looked at. */
export const fakeArticleUsage = (): ArticleUsage & { days: ArticleDay[]; missing: Miss[] } => {
  const days: ArticleDay[] = [];
  const missing: Miss[] = [];
  return {
    days,
    missing,
    count: async (what, { slug, locale }, at) => {
      const date = at.slice(0, 10);
      const none = { views: 0, solved: 0, helpful: 0, unhelpful: 0 };
      const known = days.find((day) => day.slug === slug && day.locale === locale && day.date === date);
      const day = known ?? { slug, locale, date, counts: none };
      if (known === undefined) days.push(day);
      day.counts[what] += 1;
    },
    between: async (from, to) => days.filter(({ date }) => date >= from.slice(0, 10) && date <= to.slice(0, 10)),
    missed: async (query, locale, at) => {
      const known = missing.find((miss) => miss.query === query && miss.locale === locale);
      if (known === undefined) missing.push({ query, locale, times: 1, lastOn: at.slice(0, 10) });
      else Object.assign(known, { times: known.times + 1, lastOn: at.slice(0, 10) });
    },
    misses: async (from, to) =>
      missing.filter(({ lastOn }) => lastOn >= from.slice(0, 10) && lastOn <= to.slice(0, 10)),
  };
};
