import type { Brand } from '../contact/brand.ts';
import { Html, html, type Piece } from '../contact/html.ts';
import { asHtml, type Inline, phrase, type Says } from '../contact/phrase.ts';
import type { Blank, Group, Language, Locale, Word } from '../contact/words.ts';
import { styleSheet } from './style.ts';

/** What every page needs: the language it is written in, with the words it says, and the desk it belongs to. */
export interface PageFrame<G extends Group = never> {
  locale: Locale<G>;
  brand: Brand;
  /** Search engines may show it: it says the same to everybody. */
  found?: boolean;
}

/** A whole page around its content. The style sheet is ours and constant, so it goes in as it is. */
export const layout = (
  { locale, brand, found = false }: PageFrame,
  title: string,
  content: Html,
  foot: Html | false = false,
): string =>
  html`<!doctype html>
<html lang="${locale.code}" dir="${locale.dir}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="${found ? 'index, follow' : 'noindex, nofollow'}">
<title>${title} – ${brand.name}</title>
<style>${Html.trusted(styleSheet(brand))}</style>
</head>
<body dir="${locale.dir}">
<div class="page">
<header class="top">${logoOf(brand)}${brand.logo?.saysName !== true && html`<bdi>${brand.name}</bdi>`}</header>
<main>
${content}
</main>
${
  foot &&
  html`<footer>${foot}</footer>
`
}</div>
</body>
</html>
`.markup;

/** Beside its name the logo says nothing new; its size is known before it comes, so that nothing moves. */
const logoOf = ({ name, logo }: Brand): Html | false => {
  if (logo === undefined) return false;
  const picture = html`<img src="${logo.path}" alt="${logo.saysName ? name : ''}" width="${Math.round(32 * logo.ratio)}" height="32">`;
  return logo.dark === undefined
    ? picture
    : html`<picture><source srcset="${logo.dark}" media="(prefers-color-scheme:dark)">${picture}</picture>`;
};

/** The way to say what one thinks of the desk, at the foot of pages that people come to by themselves. */
export const feedbackFoot = ({ code, words }: Language & Says<'common.feedback'>): Html =>
  html`<a href="/feedback?lang=${code}">${words['common.feedback']}</a>`;

/** A sentence of the page's language, as markup. */
export const say = <W extends Word>(
  locale: Says<W>,
  word: W,
  ...blanks: Blank<W> extends never ? [] : [Record<Blank<W>, Inline>]
): Html => asHtml(phrase(locale, word, ...blanks));

/** Paragraphs of somebody's own words, each in the direction it runs in; `shown` makes a line what it is shown as. */
export const ownWords = (text: string, shown: (line: string) => Piece = (line) => line): Html =>
  html`${text
    .trim()
    .split(/\n\s*\n/)
    .map(
      (part) =>
        html`<p dir="auto">${part.split('\n').map((line, index) => html`${index > 0 && html`<br>`}${shown(line)}`)}</p>`,
    )}`;
