import { html } from '../contact/html.ts';
import { id } from '../contact/phrase.ts';
import { articlePath } from '../knowledge/article.ts';
import { homePath, type KnowledgeFrame, knowledgeLayout, wayToAPerson } from './kb-frame.ts';
import { say } from './layout.ts';

/** After a reader said whether an article helped. */
export const helpedPage = (page: KnowledgeFrame & { slug: string; helped: boolean }): string => {
  const { locale, slug, helped } = page;
  const { words } = locale;
  return knowledgeLayout(
    page,
    words['kb.helped.title'],
    html`<h1>${words['kb.helped.title']}</h1>
<p class="lead">${words[helped ? 'kb.helped.yes' : 'kb.helped.no']}</p>
${!helped && wayToAPerson(page)}<p><a href="${articlePath(slug, locale.code)}">${words['kb.helped.back']}</a></p>`,
  );
};

/** How it ended when a customer said that an article solved their request. */
export type SolvedEnd = 'done' | 'answered' | 'moved';

/** The request is closed, or why it is not; in each case with the way to a person. */
export const solvedPage = (page: KnowledgeFrame & { end: SolvedEnd; ticketId: string; ticketLink: string }): string => {
  const { locale, end, ticketId, ticketLink } = page;
  const { words } = locale;
  const title = end === 'done' ? words['kb.solved.title'] : words[`kb.solved.${end}-title`];
  return knowledgeLayout(
    page,
    title,
    html`<h1>${title}</h1>
${
  end === 'done'
    ? html`<p class="lead">${say(locale, 'kb.solved.done', { ticket: id(ticketId) })}</p>
<p>${words['kb.solved.back']}</p>`
    : html`<p class="lead">${words[`kb.solved.${end}-lead`]}</p>`
}
<p class="send"><a class="button" href="${ticketLink}">${words['common.see-request']}</a><a href="${homePath(locale.code)}">${words['kb.all']}</a></p>`,
  );
};
