import MiniSearch from 'minisearch';
import articles from '#desk/knowledge/articles.json' with { type: 'json' };
import { indexOptions, openIndex, type SearchedArticle, searchArticles } from '../domain/knowledge/search.ts';
import { RunningDesk } from '../local/client/running-desk.ts';
import { type Figure, median } from './figure.ts';

const ARTICLES = 500;
const LOADS = 9;
const ROUNDS = 21;

/** A repeatable stream of numbers from 0 to 1 (mulberry32): the same articles on every machine. */
const numbers = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};

/** 500 articles of about 250 words, made of the words of the shipped ones of a language and as many of their own. */
const generated = (locale: string): SearchedArticle[] => {
  const words = articles
    .filter((article) => article.locale === locale)
    .flatMap(({ html, title }) => `${title} ${html.replace(/<[^>]*>/g, ' ')}`.match(/[\p{L}\u200c]{3,}/gu) ?? []);
  const next = numbers(7);
  const word = (): string => {
    const known = words[Math.floor(next() * words.length)] ?? 'word';
    return next() < 0.5 ? known : known + (words[Math.floor(next() * words.length)] ?? '').slice(0, 3);
  };
  const text = (count: number) => Array.from({ length: count }, word).join(' ');
  return Array.from({ length: ARTICLES }, (_, n) => ({
    slug: `article-${n}`,
    title: text(5),
    category: 'other',
    keywords: text(12),
    headings: text(10),
    text: text(250),
  }));
};

const timed = (work: () => unknown): number => {
  const from = performance.now();
  work();
  return performance.now() - from;
};

const QUERIES: Record<string, string[]> = {
  en: [
    'payment',
    'forgot my passwrd',
    'where is my parcel',
    'refund',
    'card reader does not pair with my phone',
    'xyzzy',
  ],
  de: ['zahlung abgelehnt', 'rückerstatung', 'wo ist mein paket', 'passwort vergessen', 'drucker druckt nicht'],
  fa: ['پرداخت ناموفق', 'رمز عبور', 'كارت خوان', 'پیگیری مرسوله', 'می‌خواهم پولم را پس بگیرم'],
};
const MESSAGE = `Payment refused\n${'My card is refused at the checkout since the update, it says declined and I tried three times. '.repeat(20)}`;

/** Search in 500 articles per language: opening the index as a function does at its first search, then each query. */
export const search = async (): Promise<Figure[]> => {
  const loads: number[] = [];
  const times: number[] = [];
  for (const [locale, queries] of Object.entries(QUERIES)) {
    const made = new MiniSearch<SearchedArticle>(indexOptions(locale));
    made.addAll(generated(locale));
    const json = JSON.stringify(made);
    for (let n = 0; n < LOADS; n += 1) loads.push(timed(() => openIndex(json, locale)));
    const index = openIndex(json, locale);
    const searches = [
      ...queries.map((query) => () => searchArticles(index, query, { locale, limit: 10 })),
      () => searchArticles(index, MESSAGE, { locale, limit: 3, manner: 'text' }),
    ];
    // Each by its own median: a pause of the garbage collector or of a busy machine is no property of a query.
    for (const one of searches) times.push(median(Array.from({ length: ROUNDS }, () => timed(one))));
  }
  return [
    { what: `opening the index of ${ARTICLES} articles, median`, value: median(loads), unit: 'ms', target: 250 },
    {
      what: `a search in ${ARTICLES} articles, median of ${times.length} queries`,
      value: median(times),
      unit: 'ms',
      target: 10,
    },
    { what: 'the slowest of these queries', value: Math.max(...times), unit: 'ms', target: 10 },
    ...(await pageSizes()),
  ];
};

/** The largest page of the shipped articles, as the running desk sends it. */
const pageSizes = async (): Promise<Figure[]> => {
  const desk = await RunningDesk.start(['--memory']);
  try {
    let largest = 0;
    for (const path of [
      ...new Set(articles.map(({ slug, locale }) => `/kb/${slug}?lang=${locale}`)),
      '/kb',
      '/kb?q=x',
    ]) {
      const { text } = await desk.request('GET', path);
      largest = Math.max(largest, Buffer.byteLength(text));
    }
    return [{ what: 'the largest page of the knowledge base', value: largest / 1000, unit: 'KB', target: 30 }];
  } finally {
    await desk.stop();
  }
};
