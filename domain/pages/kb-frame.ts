import { type Html, html } from '../contact/html.ts';
import { articlePath } from '../knowledge/article.ts';
import { feedbackFoot, layout, type PageFrame } from './layout.ts';

/** What every page of the knowledge base needs: its languages, and where the page is in each of them. */
export interface KnowledgeFrame extends PageFrame<'kb' | 'common' | 'time'> {
  /** The desk's languages in its order, each with the address of this page in it. */
  languages: ReadonlyArray<{ code: string; href: string }>;
}

/** An article in a list. */
export interface Listed {
  slug: string;
  title: string;
  lead?: string;
}

/** A page of the knowledge base: the way back, the content, the way to a person. */
export const knowledgeLayout = (page: KnowledgeFrame, title: string, content: Html): string =>
  layout(page, title, html`${languageLinks(page)}${content}`, feedbackFoot(page.locale));

/** `Deutsch`, `فارسی`: a language by its own name. */
export const ownName = (code: string): string => new Intl.DisplayNames([code], { type: 'language' }).of(code) ?? code;

const languageLinks = ({ locale, languages }: KnowledgeFrame): Html | false =>
  languages.length > 1 &&
  html`<nav class="langs" aria-label="${locale.words['kb.languages']}">${languages.map(({ code, href }) =>
    code === locale.code
      ? html`<span lang="${code}" aria-current="true">${ownName(code)}</span> `
      : html`<a lang="${code}" hreflang="${code}" href="${href}">${ownName(code)}</a> `,
  )}</nav>
`;

export const homePath = (code: string): string => `/kb?lang=${code}`;

export const articleList = (articles: readonly Listed[], { locale }: KnowledgeFrame): Html =>
  html`<ul class="articles">${articles.map(
    ({ slug, title, lead }) =>
      html`<li><a href="${articlePath(slug, locale.code)}">${title}</a>${lead !== undefined && html`<p class="small">${lead}</p>`}</li>`,
  )}</ul>
`;

/** A person is always reachable. */
export const wayToAPerson = ({ locale }: KnowledgeFrame): Html => {
  const { words } = locale;
  return html`<section class="panel person"><h2>${words['kb.write-title']}</h2><p>${words['kb.write-lead']}</p><p><a class="button" href="/help?lang=${locale.code}">${words['common.write']}</a></p></section>
`;
};

/** Works without scripts: the words go to the page of results. */
export const searchForm = ({ locale }: KnowledgeFrame, query = ''): Html => {
  const { words } = locale;
  return html`<form method="get" action="/kb" role="search" class="search"><label for="q">${words['kb.search-label']}</label>
<div><input type="search" id="q" name="q" value="${query}" maxlength="200" dir="auto" autocomplete="off"><button class="button">${words['kb.search']}</button></div>
<input type="hidden" name="lang" value="${locale.code}"></form>
`;
};
