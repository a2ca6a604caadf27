import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import MiniSearch from 'minisearch';
import type { Article, ArticleCard, KnowledgeIndex } from '../../domain/knowledge/article.ts';
import { indexOptions, type SearchedArticle } from '../../domain/knowledge/search.ts';
import { minutes } from './duration.ts';
import { type ArticleSource, readArticle } from './knowledge-file.ts';
import { type Rendered, renderMarkdown } from './knowledge-markdown.ts';
import { didYouMean, type Mistake } from './mistakes.ts';

/** The knowledge base as functions read it. */
export interface CompiledKnowledge {
  articles: Article[];
  catalogue: ArticleCard[];
  index: KnowledgeIndex;
}

interface Given {
  /** Folder of the desk's files. */
  from: string;
  languages: readonly string[];
  categories: readonly string[];
  missingTranslation: 'warn' | 'refuse';
  /** Date of today, `2026-11-22`. */
  today: string;
}

/** A page is read on a phone with a poor connection; pictures count. */
const LONGEST = 20_000;
const LARGEST_PICTURE = 12_000;
const KINDS: Record<string, string> = {
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.jpg': 'image/jpeg',
};
const DAY_MINUTES = 24 * 60;

/** Reads and checks desk/knowledge. A desk without that folder has no articles. */
export const compileKnowledge = async (
  given: Given,
): Promise<{ knowledge: CompiledKnowledge; mistakes: Mistake[]; warnings: Mistake[] }> => {
  const mistakes: Mistake[] = [];
  const root = join(given.from, 'knowledge');
  const folders = await readdir(root, { withFileTypes: true }).catch(() => []);
  const images = await readImages(join(root, 'images'), mistakes);
  for (const folder of folders)
    if (folder.isDirectory() && folder.name !== 'images' && !given.languages.includes(folder.name))
      mistakes.push({
        file: `desk/knowledge/${folder.name}`,
        line: 1,
        what: `language "${folder.name}" is not listed under "languages" in brand.yaml${didYouMean(folder.name, given.languages)}`,
      });

  const sources = (await Promise.all(given.languages.map((locale) => readLanguage(root, locale, mistakes)))).flat();
  const slugsOf = (locale: string) => new Set(sources.filter((each) => each.locale === locale).map(({ slug }) => slug));
  const rendered = sources.map((article) => ({
    article,
    made: renderMarkdown(article.body, {
      locale: article.locale,
      slugs: slugsOf(article.locale),
      images,
      wrong: (line, what) => mistakes.push({ file: article.source.file, line: article.above + line, what }),
    }),
  }));
  for (const { article, made } of rendered) checkArticle(article, made, { ...given, slugs: slugsOf(article.locale) });
  checkTitles(sources);
  const gaps = missingTranslations(sources, given.languages);
  mistakes.push(...sources.flatMap(({ source }) => source.mistakes));
  if (given.missingTranslation === 'refuse') mistakes.push(...gaps);
  const articles = rendered.flatMap(({ article, made }) => articleOf(article, made, sources));
  return {
    knowledge: {
      articles,
      catalogue: articles.map(({ slug, locale, title, category, reviewed, reviewBy }) => ({
        slug,
        locale,
        title,
        category,
        reviewed,
        reviewBy,
      })),
      index: indexesOf(rendered, given.languages),
    },
    mistakes,
    warnings: given.missingTranslation === 'warn' ? gaps : [],
  };
};

const readImages = async (folder: string, mistakes: Mistake[]): Promise<Map<string, string>> => {
  const files = (await readdir(folder).catch(() => [])).filter((name) => !name.startsWith('.')).sort();
  const images = new Map<string, string>();
  for (const name of files) {
    const file = `desk/knowledge/images/${name}`;
    const kind = KINDS[extname(name)];
    const bytes = await readFile(join(folder, name));
    if (kind === undefined)
      mistakes.push({ file, line: 1, what: `a picture is ${Object.keys(KINDS).join(', ')}; save it as one of these` });
    else if (bytes.length > LARGEST_PICTURE)
      mistakes.push({
        file,
        line: 1,
        what: `the picture has ${bytes.length} bytes, ${LARGEST_PICTURE} are allowed; make it smaller or draw it as SVG`,
      });
    else images.set(name, `data:${kind};base64,${bytes.toString('base64')}`);
  }
  return images;
};

const readLanguage = async (root: string, locale: string, mistakes: Mistake[]): Promise<ArticleSource[]> => {
  const files = (await readdir(join(root, locale)).catch(() => [])).filter((name) => !name.startsWith('.')).sort();
  const articles = files.map(async (name): Promise<ArticleSource[]> => {
    const file = `desk/knowledge/${locale}/${name}`;
    const slug = /^([a-z0-9]+(?:-[a-z0-9]+)*)\.md$/.exec(name)?.[1];
    if (slug === undefined || slug === 'suggest') {
      mistakes.push({
        file,
        line: 1,
        what: 'name it in small letters, digits and hyphens with .md at its end; "suggest" is taken',
      });
      return [];
    }
    return [readArticle(await readFile(join(root, locale, name), 'utf8'), { slug, locale, file })];
  });
  return (await Promise.all(articles)).flat();
};

const checkArticle = (
  { source, matter }: ArticleSource,
  made: Rendered,
  { categories, today, slugs }: Given & { slugs: ReadonlySet<string> },
): void => {
  if (matter === undefined) return;
  if (!categories.includes(matter.category))
    source.wrong(
      ['category'],
      `category "${matter.category}" is not in categories.yaml${didYouMean(matter.category, categories)}`,
    );
  if (matter.reviewed > today)
    source.wrong(['reviewed'], `${matter.reviewed} has not come yet; write the day on which somebody read the article`);
  if (minutes(matter['review-every']) < DAY_MINUTES)
    source.wrong(['review-every'], 'an article is reviewed after a day at the earliest; write days, like 180d');
  for (const [index, slug] of (matter.related ?? []).entries())
    if (!slugs.has(slug)) source.wrong(['related', index], `there is no article "${slug}"${didYouMean(slug, slugs)}`);
  const size = Buffer.byteLength(made.html);
  if (size > LONGEST)
    source.wrong([], `the article makes ${size} bytes, ${LONGEST} are allowed; split it or use smaller pictures`);
};

/** Two articles of one language with the same title cannot be told apart in a list. */
const checkTitles = (sources: readonly ArticleSource[]): void => {
  const seen = new Map<string, string>();
  for (const { source, matter, locale } of sources) {
    if (matter === undefined) continue;
    const key = `${locale} ${matter.title.trim().toLowerCase()}`;
    const other = seen.get(key);
    if (other !== undefined) source.wrong(['title'], `${other} has the same title; name them apart`);
    seen.set(key, source.file);
  }
};

const missingTranslations = (sources: readonly ArticleSource[], languages: readonly string[]): Mistake[] => {
  const there = new Set(sources.map(({ slug, locale }) => `${locale}/${slug}`));
  const first = new Map(sources.toReversed().map((each) => [each.slug, each.source.file]));
  return [...first].flatMap(([slug, file]) =>
    languages
      .filter((locale) => !there.has(`${locale}/${slug}`))
      .map((locale) => ({ file, line: 1, what: `there is no translation; add desk/knowledge/${locale}/${slug}.md` })),
  );
};

const articleOf = (
  { slug, locale, matter }: ArticleSource,
  made: Rendered,
  all: readonly ArticleSource[],
): Article[] => {
  if (matter === undefined) return [];
  const { title, category, reviewed } = matter;
  const days = Math.floor(minutes(matter['review-every']) / DAY_MINUTES);
  const siblings = all
    .filter((other) => other.locale === locale && other.slug !== slug && other.matter?.category === category)
    .map((other) => other.slug);
  const related = [...new Set([...(matter.related ?? []), ...siblings])].filter((other) => other !== slug).slice(0, 4);
  const reviewBy = new Date(Date.parse(reviewed) + days * 86_400_000).toISOString().slice(0, 10);
  return [{ slug, locale, title, category, reviewed, reviewBy, lead: made.lead, html: made.html, related }];
};

const indexesOf = (
  rendered: ReadonlyArray<{ article: ArticleSource; made: Rendered }>,
  languages: readonly string[],
): KnowledgeIndex =>
  Object.fromEntries(
    languages.map((locale) => {
      const index = new MiniSearch<SearchedArticle>(indexOptions(locale));
      for (const { article, made } of rendered)
        if (article.locale === locale && article.matter !== undefined)
          index.add({
            slug: article.slug,
            title: article.matter.title,
            category: article.matter.category,
            keywords: article.matter.keywords.join('\n'),
            headings: made.headings,
            text: made.text,
          });
      return [locale, JSON.stringify(index)];
    }),
  );
