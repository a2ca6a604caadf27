import { type Html, html } from '../contact/html.ts';

/** Blanks, quotes and anything invisible end an address: a hidden character could make it read as another one. */
const ADDRESS = /https?:\/\/[^\s<>"'«»“”\p{C}]+/gu;
const TRAILING = /[.,;:!?)\]}…]+$/u;

/**
 * A line of the desk's own words with its web addresses as links. A link reads as what it opens: the whole address, its
 * host in ASCII (a look-alike letter shows as `xn--…`), none with a user name in front of the host.
 */
export const linkedWords = (line: string): Html => {
  const pieces: Array<Html | string> = [];
  let end = 0;
  for (const found of line.matchAll(ADDRESS)) {
    const written = found[0].replace(TRAILING, '');
    const link = linkOf(written);
    if (link === undefined) continue;
    pieces.push(line.slice(end, found.index), link);
    end = found.index + written.length;
  }
  return html`${[...pieces, line.slice(end)]}`;
};

const linkOf = (written: string): Html | undefined => {
  const url = URL.canParse(written) ? new URL(written) : undefined;
  if (url === undefined || url.username !== '' || url.password !== '') return undefined;
  const shown = written.toLowerCase().startsWith(`${url.protocol}//${url.host}`) ? written : url.href;
  return html`<a href="${url.href}" dir="ltr" rel="noopener noreferrer nofollow">${shown}</a>`;
};
