/**
 * Takes the tags out of HTML by looking for the next `<` and the next `>`, so that each letter is passed once whatever the
 * HTML is: unclosed, nested a hundred thousand deep, or no HTML at all. For what is too large or too deep to be read as a tree.
 */
export const plainText = (html: string): string => {
  const parts: string[] = [];
  let at = 0;
  for (;;) {
    const open = nextTag(html, at);
    if (open === -1) break;
    const close = html.indexOf('>', open);
    if (close === -1) break;
    parts.push(html.slice(at, open));
    const name = tagName(html, open);
    if (BREAKS.has(name)) parts.push('\n');
    at = SILENT.has(name) ? afterSilent(html, close + 1, name) : close + 1;
  }
  parts.push(html.slice(at));
  return decode(parts.join('')).replaceAll(/\n[ \t\r\n]{2,}/g, '\n\n');
};

/** Pictures written into the HTML itself are no words, and the greatest part of some mails. */
export const withoutData = (html: string): string => {
  const parts: string[] = [];
  let at = 0;
  for (;;) {
    const start = html.indexOf('data:image/', at);
    const end = start === -1 ? -1 : html.indexOf(html[start - 1] === "'" ? "'" : '"', start);
    if (end === -1) break;
    parts.push(html.slice(at, start));
    at = end;
  }
  return at === 0 ? html : parts.join('') + html.slice(at);
};

/** `<` before a letter, a slash or an exclamation mark; "a < b" is words. */
const nextTag = (html: string, from: number): number => {
  let open = html.indexOf('<', from);
  while (open !== -1 && !/[a-z/!?]/i.test(html[open + 1] ?? '')) open = html.indexOf('<', open + 1);
  return open;
};

const tagName = (html: string, open: number): string =>
  /^<\/?([a-z][a-z0-9]{0,11})/i.exec(html.slice(open, open + 16))?.[1]?.toLowerCase() ?? '';

const afterSilent = (html: string, from: number, name: string): number => {
  const end = html.indexOf(`</${name}`, from);
  const close = end === -1 ? -1 : html.indexOf('>', end);
  return close === -1 ? from : close + 1;
};

const SILENT = new Set(['style', 'script', 'title']);
const BREAKS = new Set([
  'br',
  'p',
  'div',
  'tr',
  'li',
  'ul',
  'ol',
  'table',
  'blockquote',
  'hr',
  'h1',
  'h2',
  'h3',
  'h4',
  'pre',
]);

const NAMED: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', ' '],
]);

const decode = (text: string): string =>
  text.replaceAll(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,5}));/gi,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return NAMED.get(name.toLowerCase()) ?? whole;
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code).toWellFormed() : whole;
    },
  );
