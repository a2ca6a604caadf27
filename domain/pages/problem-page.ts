import { html } from '../contact/html.ts';
import { layout, type PageFrame } from './layout.ts';

export type PageProblem = 'not-found' | 'ended' | 'wrong' | 'busy' | 'broken';

/** Which page tells of an HTTP status. A forbidden page looks like one that is not there. */
export const problemOf = (status: number): PageProblem => {
  if (status === 429 || status === 503) return 'busy';
  if (status >= 500) return 'broken';
  if (status === 410) return 'ended';
  return status === 401 || status === 403 || status === 404 || status === 405 ? 'not-found' : 'wrong';
};

/** What a visitor sees instead of a page: what happened and what to do, never how. */
export const problemPage = (page: PageFrame<'problem'> & { problem: PageProblem }): string => {
  const { words } = page.locale;
  return layout(
    page,
    words[`problem.${page.problem}.title`],
    html`<h1>${words[`problem.${page.problem}.title`]}</h1>
<p class="lead">${words[`problem.${page.problem}.lead`]}</p>`,
  );
};
