/**
 * Takes the tags out of HTML by looking for the next `<` and the next `>`, so that each letter is passed once whatever the
 * HTML is: unclosed, nested a hundred thousand deep, or no HTML at all. For what is too large or too deep to be read as a tree.
 */
export const plainText = (html: string): string => {
  const parts: string[] = [];
  let at = 0;
  while (at < MOST_STRIPPED) {
    const open = nextTag(html, at);
    const close = open === -1 ? -1 : html.indexOf('>', open);
    if (close === -1) break;
    parts.push(html.slice(at, open));
    const name = tagName(html, open);
    if (BREAKS.has(name)) parts.push('\n');
    at = close + 1;
    if (!SILENT.has(name) || html[open + 1] === '/') continue;
    const end = html.indexOf(`</${name}`, at);
    // One that never ends is words from here on, so that its end is not looked for again and again.
    if (end === -1) break;
    at = end;
  }
  parts.push(html.slice(at));
  return decode(parts.join('')).replaceAll(/\n[ \t\r\n]{2,}/g, '\n\n');
};

/** Beyond this a part is kept as it came, tags and all. */
const MOST_STRIPPED = 500_000;

/** Pictures written into the HTML itself are no words, and the greatest part of some mails. */
export const withoutData = (html: string): string => {
  const parts: string[] = [];
  let at = 0;
  for (;;) {
    const start = html.indexOf('data:image/', at);
    if (start === -1) break;
    const closing = CLOSING.get(html[start - 1] ?? '');
    const end = closing === undefined ? start + 1 : html.indexOf(closing, start);
    if (end === -1) break;
    parts.push(html.slice(at, closing === undefined ? end : start));
    at = end;
  }
  return at === 0 ? html : parts.join('') + html.slice(at);
};

/** Only an attribute holds a picture: a person may write "data:image/". */
const CLOSING: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["'", "'"],
  ['(', ')'],
]);

const LARGEST = 150_000;
const MOST_SIGNS = 6000;

/** Whether it is small enough to be read as a tree: what people write is, with a month of quoted mails below it. */
export const isModest = (html: string): boolean => {
  if (html.length > LARGEST) return false;
  let found = 0;
  for (const sign of ['<', '&']) {
    for (let at = html.indexOf(sign); at !== -1; at = html.indexOf(sign, at + 1)) {
      found += 1;
      if (found > MOST_SIGNS) return false;
    }
  }
  return true;
};

/** `<` before a letter, a slash or an exclamation mark; "a < b" is words. */
const nextTag = (html: string, from: number): number => {
  let open = html.indexOf('<', from);
  while (open !== -1 && !/[a-z/!?]/i.test(html[open + 1] ?? '')) open = html.indexOf('<', open + 1);
  return open;
};

const tagName = (html: string, open: number): string =>
  /^<\/?([a-z][a-z0-9]{0,11})/i.exec(html.slice(open, open + 16))?.[1]?.toLowerCase() ?? '';

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

/** Beyond this a text is kept as it came, entities and all. */
const MOST_DECODED = 100_000;

const decode = (text: string): string =>
  text.slice(0, MOST_DECODED).replaceAll(ENTITY, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return NAMED.get(name.toLowerCase()) ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code).toWellFormed() : whole;
  }) + text.slice(MOST_DECODED);

const ENTITY = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,5}));/gi;
