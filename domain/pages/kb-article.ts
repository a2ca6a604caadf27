import { dayOf } from '../contact/format.ts';
import { Html, html } from '../contact/html.ts';
import { free, id } from '../contact/phrase.ts';
import type { Language } from '../contact/words.ts';
import type { Article } from '../knowledge/article.ts';
import {
  articleList,
  homePath,
  type KnowledgeFrame,
  knowledgeLayout,
  type Listed,
  ownName,
  wayToAPerson,
} from './kb-frame.ts';
import { say } from './layout.ts';

export interface ArticlePage extends KnowledgeFrame {
  article: Article;
  /** The language of the article, which may be another than the page's when it is not translated. */
  writtenIn: Language;
  /** The name of its category. */
  category: string;
  related: readonly Listed[];
  /** The request that this article was offered for, and where the customer says that it is solved. */
  solves?: { ticket: { id: string; subject: string }; action: string };
}

/** The field that is posted when an article has solved a request. */
export const SOLVED = { name: 'solved', value: 'yes' } as const;

/** An article: what it says, how fresh it is, and what to do if it helped or did not. */
export const articlePage = (page: ArticlePage): string => {
  const { locale, article, writtenIn, category, related } = page;
  const { words } = locale;
  const foreign = writtenIn.code !== locale.code;
  const lang = foreign && html` lang="${writtenIn.code}" dir="${writtenIn.dir}"`;
  return knowledgeLayout(
    page,
    article.title,
    html`<p class="trail"><a href="${homePath(locale.code)}">${words['kb.all']}</a> <span aria-hidden="true">/</span> <span>${category}</span></p>
<article>
<h1${lang}>${article.title}</h1>
${
  foreign &&
  html`<p class="notice">${say(locale, 'kb.other-language', { language: free(ownName(writtenIn.code)) })}</p>
`
}<div class="article"${lang}>
${Html.trusted(article.html)}</div>
<p class="small">${say(locale, 'kb.reviewed', { date: dayOf(article.reviewed, locale) })}</p>
</article>
${page.solves ? solvedForm(page, page.solves) : helpedForm(page)}
${related.length > 0 && html`<section><h2>${words['kb.related']}</h2>${articleList(related, page)}</section>`}${wayToAPerson(page)}`,
  );
};

/** A button, not a link: scanners open links before people do. */
const solvedForm = ({ locale }: ArticlePage, { ticket, action }: NonNullable<ArticlePage['solves']>): Html =>
  html`<section class="panel"><h2>${locale.words['kb.solved.question']}</h2>
<p>${say(locale, 'kb.solved.about', { ticket: id(ticket.id), subject: free(ticket.subject) })}</p>
<p>${locale.words['kb.solved.lead']}</p>
<form method="post" action="${action}"><p class="send"><button class="button" name="${SOLVED.name}" value="${SOLVED.value}">${locale.words['kb.solved.button']}</button></p></form></section>`;

const helpedForm = ({ locale, article }: ArticlePage): Html =>
  html`<form method="post" action="/kb/${article.slug}/helpful?lang=${locale.code}" class="helped"><fieldset><legend>${locale.words['kb.helped.question']}</legend>
<div class="send"><button class="button second" name="helped" value="yes">${locale.words['common.yes']}</button><button class="button second" name="helped" value="no">${locale.words['common.no']}</button></div></fieldset></form>`;
