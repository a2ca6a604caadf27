import sanitize from 'sanitize-html';
import { isModest, withoutData } from './plain-text.ts';

/** More than this is not shown: the text says it all, and the raw mail is kept. */
const LARGEST = 100_000;

/**
 * The HTML of a mail as agents may see it: words, lists, tables and links, in the writer's direction and colours. Nothing
 * in it runs, loads from anywhere, posts, or covers the page; undefined where there is none or it is too large.
 */
export const safeHtml = (html: string): string | undefined => {
  const lean = withoutData(html);
  if (!isModest(lean)) return undefined;
  const safe = sanitize(lean, rules).trim();
  const words = safe.replaceAll(/<[^>]*>/g, '').trim();
  return words === '' || safe.length > LARGEST ? undefined : safe;
};

const TEXT_TAGS = [
  ...['p', 'div', 'span', 'br', 'hr', 'pre', 'code', 'blockquote', 'bdi', 'bdo', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6'],
  ...[
    'b',
    'strong',
    'i',
    'em',
    'u',
    's',
    'strike',
    'del',
    'ins',
    'sub',
    'sup',
    'small',
    'mark',
    'q',
    'abbr',
    'address',
  ],
  ...['ul', 'ol', 'li', 'dl', 'dt', 'dd', 'a', 'table', 'caption', 'thead', 'tbody', 'tfoot', 'tr', 'td', 'th'],
];

/** A colour as people choose one: "my answers in red" must stay true. */
const COLOUR = /^(?:#[0-9a-f]{3,8}|[a-z]{3,20}|rgba?\([\d\s,.%]{5,40}\))$/i;

const rules: sanitize.IOptions = {
  allowedTags: TEXT_TAGS,
  allowedAttributes: {
    '*': ['dir', 'lang', 'style'],
    a: ['href', 'title', 'target', 'rel'],
    ol: ['start', 'type'],
    td: ['colspan', 'rowspan'],
    th: ['colspan', 'rowspan'],
  },
  allowedStyles: {
    '*': {
      color: [COLOUR],
      'background-color': [COLOUR],
      'font-weight': [/^(?:bold|normal|[1-9]00)$/],
      'font-style': [/^(?:italic|normal)$/],
      'text-align': [/^(?:left|right|center|start|end|justify)$/],
      'text-decoration': [/^(?:underline|line-through|none)$/],
    },
  },
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  allowProtocolRelative: false,
  disallowedTagsMode: 'discard',
  nonTextTags: [
    'script',
    'style',
    'textarea',
    'option',
    'noscript',
    'title',
    'template',
    'iframe',
    'object',
    'svg',
    'math',
  ],
  nestingLimit: 60,
  transformTags: {
    // A link leaves the desk: it learns nothing of the page it was on and gets no hold of it.
    a: (tagName, attribs) => ({
      tagName,
      attribs: { ...attribs, rel: 'noopener noreferrer nofollow', target: '_blank' },
    }),
    // A picture from elsewhere tells its sender who looked, and when.
    img: (_tagName, attribs) => ({
      tagName: 'span',
      attribs: {},
      text: attribs.alt?.trim() ? `[${attribs.alt.trim()}]` : '',
    }),
    font: (_tagName, attribs) => ({
      tagName: 'span',
      attribs: attribs.color ? { style: `color:${attribs.color}` } : {},
    }),
    center: 'div',
  },
};
