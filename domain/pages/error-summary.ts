import { type Html, html, type Piece } from '../contact/html.ts';

/** What a form lacks: the words for it, and the place on the page by its id. */
export interface Lacking {
  at: string;
  words: Piece;
}

/** What stopped a form, first on the page, each with a link to its place. It has the focus, so that it is read at once. */
export const errorSummary = (title: string, lacking: readonly Lacking[]): Html =>
  html`<div class="problems" role="alert" tabindex="-1" autofocus><h2>${title}</h2><ul>${lacking.map(
    ({ at, words }) => html`<li><a href="#${at}">${words}</a></li>`,
  )}</ul></div>
`;
