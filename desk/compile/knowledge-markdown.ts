import { Marked, type Token, type Tokens } from 'marked';
import { escapeText } from '../../domain/contact/html.ts';
import { articlePath } from '../../domain/knowledge/article.ts';

/** What an article becomes. */
export interface Rendered {
  html: string;
  /** The first paragraph as text. */
  lead: string;
  /** Headings and all words, for search. */
  headings: string;
  text: string;
}

/** What an article may refer to. */
export interface Surroundings {
  locale: string;
  /** Slugs of this language. */
  slugs: ReadonlySet<string>;
  /** Pictures by file name, as data: addresses, so that no page asks for anything. */
  images: ReadonlyMap<string, string>;
  /** Notes a mistake at a line of the body, the first being 1. */
  wrong(line: number, what: string): void;
}

/** A link to another article is written like a link to its file, so that it works in an editor too. */
const ARTICLE_LINK = /^([a-z0-9-]+)\.md(#[^\s]+)?$/;
const PICTURE = /^\.\.\/images\/([\w.-]+)$/;

/**
 * Markdown to markup that is safe by construction: text is escaped, raw HTML and everything that would make a browser ask
 * somebody else for something is refused with its line.
 */
export const renderMarkdown = (body: string, around: Surroundings): Rendered => {
  const ids = new Map<string, number>();
  let heading: string | undefined;
  const marked = new Marked({
    renderer: {
      heading({ tokens, depth }) {
        heading = escapeText(idOf(plainText(tokens).trim(), ids));
        return `<h${depth} id="${heading}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
      link({ href, tokens }) {
        return `<a href="${escapeText(targetOf(href, around.locale))}"${/^https:/.test(href) ? ' rel="noopener noreferrer"' : ''}>${this.parser.parseInline(tokens)}</a>`;
      },
      image({ href, text }) {
        const data = around.images.get(PICTURE.exec(href)?.[1] ?? '') ?? '';
        return `<img src="${data}" alt="${escapeText(text)}">`;
      },
      table(token) {
        const cells = (row: Tokens.TableCell[], tag: string) =>
          `<tr>${row.map(({ tokens }) => `<${tag}>${this.parser.parseInline(tokens)}</${tag.split(' ', 1)[0]}>`).join('')}</tr>`;
        const rows = `<thead>${cells(token.header, 'th scope="col"')}</thead><tbody>${token.rows.map((row) => cells(row, 'td')).join('')}</tbody>`;
        // A wide table scrolls by itself, by keyboard too, and is called like the part it stands in.
        const named = heading === undefined ? '' : ` role="group" aria-labelledby="${heading}"`;
        return `<div class="wide" tabindex="0"${named}><table>${rows}</table></div>\n`;
      },
      codespan: ({ text }) => `<code dir="ltr">${escapeText(text)}</code>`,
      code: ({ text }) => `<pre dir="ltr" tabindex="0"><code>${escapeText(text)}</code></pre>\n`,
    },
  });
  const tokens = marked.lexer(body);
  check(tokens, around);
  const lead = tokens.find(({ type }) => type === 'paragraph');
  if (lead === undefined) around.wrong(1, 'the article says nothing; write a first paragraph');
  return {
    html: marked.parser(tokens),
    lead: plainText(lead === undefined ? [] : [lead]).trim(),
    headings: tokens
      .filter(({ type }) => type === 'heading')
      .map((token) => plainText([token]))
      .join('\n'),
    text: plainText(tokens),
  };
};

const targetOf = (href: string, locale: string): string => {
  const [, slug, anchor = ''] = ARTICLE_LINK.exec(href) ?? [];
  return slug === undefined ? href : `${articlePath(slug, locale)}${anchor}`;
};

/** An id made of the heading's words, as editors make it; the second of its kind is numbered. */
const idOf = (words: string, taken: Map<string, number>): string => {
  const id = words
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s\u200c-]/gu, '')
    .trim()
    .replace(/\s+/g, '-');
  const times = taken.get(id) ?? 0;
  taken.set(id, times + 1);
  return times === 0 ? id : `${id}-${times}`;
};

/** Inner tokens of any token, whatever its kind calls them. */
const partsOf = (token: Token): Token[] => {
  if (token.type === 'list') return token.items;
  if (token.type === 'table') {
    const { header, rows }: Tokens.Table = token as Tokens.Table;
    return [...header, ...rows.flat()].flatMap((cell) => cell.tokens);
  }
  return 'tokens' in token ? (token.tokens ?? []) : [];
};

/** Parts of a sentence, which have their own blanks between them; blocks have none. */
const INLINE: ReadonlySet<string> = new Set(['text', 'strong', 'em', 'del', 'codespan', 'link', 'escape', 'image']);

const plainText = (tokens: readonly Token[]): string =>
  tokens
    .map((token) => {
      const parts = partsOf(token);
      if (parts.length > 0) return plainText(parts);
      return 'text' in token ? String(token.text) : ' ';
    })
    .join(tokens.every(({ type }) => INLINE.has(type)) ? '' : ' ')
    .replace(/[^\S\u200c]+/g, ' ');

/** Walks all tokens with the line each begins on. */
const check = (tokens: readonly Token[], around: Surroundings): void => {
  let depth = 1;
  const refuse = (token: Token, line: number): void => {
    switch (token.type) {
      case 'html':
        around.wrong(line, `raw HTML "${token.raw.trim().slice(0, 40)}" is not allowed; write Markdown`);
        break;
      case 'heading':
        if (token.depth === 1) around.wrong(line, 'the title stands above the article; begin headings with ##');
        else if (token.depth > depth + 1)
          around.wrong(line, `this heading skips a level; write ${'#'.repeat(depth + 1)}`);
        depth = token.depth;
        break;
      case 'list_item':
        if (token.task) around.wrong(line, 'a list has no boxes to tick here; take "[ ]" away');
        break;
      case 'link':
        checkLink(token.href, line, around);
        break;
      case 'image':
        checkImage(token.href, token.text, line, around);
        break;
      case 'def':
        around.wrong(line, 'write the address of a link where the link is');
        break;
    }
  };
  const walk = (parts: readonly Token[], text: string, first: number): void => {
    let at = 0;
    for (const token of parts) {
      // Lists and quotes hand their inner text on without its indentation: then the line of the outer token is near enough.
      const found = text.indexOf(token.raw, at);
      const line = first + newlines(text.slice(0, found < 0 ? at : found));
      if (found >= 0) at = found + token.raw.length;
      refuse(token, line);
      walk(partsOf(token), token.raw, line);
    }
  };
  walk(tokens, tokens.map(({ raw }) => raw).join(''), 1);
};

const newlines = (text: string): number => text.split('\n').length - 1;

const checkLink = (href: string, line: number, { slugs, wrong, locale }: Surroundings): void => {
  const slug = ARTICLE_LINK.exec(href)?.[1];
  if (slug !== undefined) {
    if (!slugs.has(slug))
      wrong(line, `there is no article desk/knowledge/${locale}/${slug}.md; write it or take the link away`);
    return;
  }
  if (!/^(https:\/\/|mailto:|\/help$|\/kb$|#)/.test(href))
    wrong(line, `"${href}" is no link an article may have; write other-article.md, /help, /kb, https://… or mailto:…`);
};

const checkImage = (href: string, text: string, line: number, { images, wrong }: Surroundings): void => {
  const name = PICTURE.exec(href)?.[1];
  if (name === undefined)
    wrong(
      line,
      `the picture "${href}" would be fetched from elsewhere; put it into desk/knowledge/images and write ../images/name`,
    );
  else if (!images.has(name)) wrong(line, `there is no picture desk/knowledge/images/${name}; add it`);
  if (text.trim() === '')
    wrong(line, `the picture "${href}" says nothing to those who do not see it; write ![what it shows](…)`);
};
