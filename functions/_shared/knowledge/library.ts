import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import categories from '#desk/categories.json' with { type: 'json' };
import articles from '#desk/knowledge/articles.json' with { type: 'json' };
import type { Article } from '../../../domain/knowledge/article.ts';
import type { KnowledgeFrame, Listed } from '../../../domain/pages/kb-frame.ts';
import { knowledgeHeaders, type Reach } from '../../../domain/pages/kb-headers.ts';
import type { Shelf } from '../../../domain/pages/kb-home.ts';
import type { Category } from '../../../domain/policy.ts';
import { languagesOf } from '../http/page-handler.ts';
import { notFound } from '../problem.ts';
import type { Words } from '../words/words.ts';

/** The articles themselves, as pages show them. */
export interface Library {
  /** The article in that language, or in the desk's first language that has it. */
  article(slug: string, locale: string): Article | undefined;
  /** Every category that has articles in a language, in the order of categories.yaml. */
  shelves(locale: string): Shelf[];
  /** Title and beginning of each of these that the language has, in the same order. */
  listed(slugs: readonly string[], locale: string): Listed[];
  /** What a category is called. */
  nameOf(category: string, locale: string): string;
}

const libraryOf = (all: readonly Article[], shelves: readonly Category[], languages: readonly string[]): Library => {
  const byPlace = new Map(all.map((article) => [`${article.locale}/${article.slug}`, article]));
  const nameOf = (category: string, locale: string): string =>
    shelves.find(({ id }) => id === category)?.names[locale] ?? category;
  return {
    article: (slug, locale) =>
      [locale, ...languages].map((each) => byPlace.get(`${each}/${slug}`)).find((article) => article !== undefined),
    shelves: (locale) =>
      shelves.flatMap(({ id }) => {
        const own = all.filter((article) => article.locale === locale && article.category === id);
        return own.length === 0
          ? []
          : [{ id, name: nameOf(id, locale), articles: own.map(({ slug, title }) => ({ slug, title })) }];
      }),
    listed: (slugs, locale) =>
      slugs.flatMap((slug) => {
        const article = byPlace.get(`${locale}/${slug}`);
        return article ? [{ slug, title: article.title, lead: article.lead }] : [];
      }),
    nameOf,
  };
};

/** The library of this deployment. */
export const deskLibrary = (words: Pick<Words, 'brand'>): Library =>
  libraryOf(articles, categories, words.brand.languages);

/** The page's language (`?lang=`, else the browser's), and the same page in the others: `at` is its path and query. */
export const frameOf = (
  event: APIGatewayProxyEventV2,
  words: Words<KnowledgeFrame['locale']>,
  at: (language: string) => string,
): KnowledgeFrame => ({
  locale: words.in([event.queryStringParameters?.lang ?? '', ...languagesOf(event)]),
  brand: words.brand,
  languages: words.brand.languages.map((code) => ({ code, href: at(code) })),
});

/** A page of the knowledge base with its headers. */
export const knowledgePage = (
  body: string,
  { brand }: Pick<Words, 'brand'>,
  reach: Reach,
  statusCode = 200,
): APIGatewayProxyStructuredResultV2 => ({ statusCode, headers: knowledgeHeaders(brand, reach), body });

/** The slug of a path; anything that cannot be one is not there. */
export const slugIn = ({ pathParameters }: APIGatewayProxyEventV2): string => {
  const slug = pathParameters?.slug ?? '';
  if (!/^[a-z0-9-]{1,100}$/.test(slug)) throw notFound();
  return slug;
};
