import { number } from '../contact/format.ts';
import { type Html, html } from '../contact/html.ts';
import { costUpTo } from './excerpt.ts';
import { layout, type PageFrame, say } from './layout.ts';

export type PageProblem = 'not-found' | 'ended' | 'wrong' | 'too-large' | 'busy' | 'broken';

/** Which page tells of an HTTP status. A forbidden page looks like one that is not there; a lost race is over in a moment. */
export const problemOf = (status: number): PageProblem => {
  if (status === 409 || status === 429 || status === 503) return 'busy';
  if (status >= 500) return 'broken';
  if (status === 410) return 'ended';
  if (status === 413) return 'too-large';
  return status === 401 || status === 403 || status === 404 || status === 405 ? 'not-found' : 'wrong';
};

/** What the visitor asked for, to be asked for once more; `fields` of a form that was posted. */
export interface Again {
  /** Path and query. */
  address: string;
  fields?: Readonly<Record<string, string>>;
}

export interface ProblemPage extends PageFrame<'problem'> {
  problem: PageProblem;
  /** How long to wait, in seconds. */
  wait?: number;
  again?: Again;
}

/** What a visitor sees instead of a page: what happened and what to do, never how. */
export const problemPage = (page: ProblemPage): string => {
  const { locale, problem } = page;
  const title = locale.words[`problem.${problem}.title`];
  const passing = problem === 'busy' || problem === 'broken';
  return layout(
    page,
    title,
    html`<h1>${title}</h1>
<p class="lead">${leadOf(page)}</p>
${passing ? again(page) : (problem === 'not-found' || problem === 'ended') && elsewhere(page)}`,
  );
};

const leadOf = ({ locale, problem, wait = 0 }: ProblemPage): Html => {
  const minutes = Math.ceil(wait / 60);
  return problem === 'busy' && minutes > 1
    ? say(locale, 'problem.busy.wait', { minutes: number(minutes, locale) })
    : html`${locale.words[`problem.${problem}.lead`]}`;
};

/** The ways on for whoever has no link that works. */
const elsewhere = ({ locale: { words, code } }: ProblemPage): Html =>
  html`<p class="send"><a class="button" href="/help?lang=${code}">${words['problem.write']}</a><a href="/kb?lang=${code}">${words['problem.answers']}</a></p>`;

/** Browsers forget a form whose page may not be kept: what was posted stands in this page, and can be posted again. */
const again = ({ locale: { words }, again }: ProblemPage): Html | false => {
  if (again === undefined) return false;
  const { address, fields } = again;
  if (fields === undefined) return html`<p><a class="button" href="${address}">${words['problem.again']}</a></p>`;
  if (costOfFields(fields) >= MOST_FIELDS) return false;
  return html`<p>${words['problem.kept']}</p>
<form method="post" action="${address}">
${Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">\n`)}<p class="send"><button class="button">${words['problem.again']}</button></p>
</form>`;
};

/** A page weighs at most 40 KB, with its style. */
const MOST_FIELDS = 20_000;
/** Of the markup around a field. */
const FIELD = 50;

const costOfFields = (fields: Readonly<Record<string, string>>): number =>
  Object.entries(fields).reduce((cost, [name, value]) => cost + FIELD + costUpTo(`${name}${value}`, MOST_FIELDS), 0);
