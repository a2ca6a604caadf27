import { type Html, html } from '../contact/html.ts';
import { asHtml, asText, free, phrase } from '../contact/phrase.ts';
import {
  articleList,
  type KnowledgeFrame,
  knowledgeLayout,
  type Listed,
  searchForm,
  wayToAPerson,
} from './kb-frame.ts';

/** One category and its articles. */
export interface Shelf {
  id: string;
  name: string;
  articles: Listed[];
}

export interface KnowledgeHome extends KnowledgeFrame {
  shelves: readonly Shelf[];
  mostRead: readonly Listed[];
  /** What was searched for, and what was found, best first. */
  search?: { query: string; found: readonly Listed[] };
  /** The page stands in the place of an article that is not there. */
  missing?: boolean;
}

/** Search, what others read, and everything there is by topic. */
export const knowledgeHome = (page: KnowledgeHome): string => {
  const { locale, search, missing } = page;
  const { words } = locale;
  if (missing)
    return knowledgeLayout(
      page,
      words['kb.missing-title'],
      html`<h1>${words['kb.missing-title']}</h1>
<p class="lead">${words['kb.missing-lead']}</p>
${searchForm(page)}${topics(page)}${wayToAPerson(page)}`,
    );
  if (search === undefined)
    return knowledgeLayout(
      page,
      words['kb.title'],
      html`<h1>${words['kb.title']}</h1>
<p class="lead">${words['kb.lead']}</p>
${searchForm(page)}${page.mostRead.length > 0 && html`<section><h2>${words['kb.most-read']}</h2>${articleList(page.mostRead, page)}</section>`}${topics(page)}${wayToAPerson(page)}`,
    );
  const heading = phrase(locale, search.found.length > 0 ? 'kb.results' : 'kb.no-results', {
    query: free(search.query),
  });
  return knowledgeLayout(
    page,
    asText(heading, locale.dir),
    html`<h1>${asHtml(heading)}</h1>
${search.found.length === 0 && html`<p class="lead">${words['kb.no-results-lead']}</p>`}${searchForm(page, search.query)}${search.found.length > 0 && articleList(search.found, page)}${search.found.length === 0 && topics(page)}${wayToAPerson(page)}`,
  );
};

const topics = ({ locale, shelves, ...page }: KnowledgeHome): Html =>
  html`<section><h2>${locale.words['kb.topics']}</h2><div class="shelves">${shelves.map(
    ({ id, name, articles }) =>
      html`<section aria-labelledby="topic-${id}"><h3 id="topic-${id}">${name}</h3>${articleList(articles, { ...page, locale })}</section>`,
  )}</div></section>
`;
