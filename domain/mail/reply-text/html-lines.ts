import { compile, type Formatter } from 'html-to-text';
import { type Line, type Mark, readLines } from './lines.ts';
import { isModest, plainText, withoutData } from './plain-text.ts';

/** Letters of the private use area stand for what the structure says; a mail that contains them loses them first. */
const MARKS: ReadonlyMap<string, Mark> = new Map([
  ['\ue001', 'rest-is-quoted'],
  ['\ue002', 'header-block'],
  ['\ue003', 'attribution'],
  ['\ue004', 'signature'],
  ['\ue005', 'signature-end'],
]);
const ANY_MARK = /[\ue000-\ue00f]/g;
const TOO_DEEP = '\ue00f';

/** Deeper than anything people write: then only the tags are taken away, in one pass. */
const DEEPEST = 80;

/** The words of an HTML part, quotes marked with `>`, and what its structure tells of them. */
export const linesOfHtml = (html: string): Line[] => {
  const lean = withoutData(html.replaceAll(ANY_MARK, ''));
  const text = isModest(lean) ? structured(lean) : plainText(lean);
  return readLines(text).map(withMarks);
};

const structured = (html: string): string => {
  const text = toText(html);
  return text.includes(TOO_DEEP) ? plainText(html) : text;
};

const withMarks = (line: Line): Line => {
  const found = line.raw.match(ANY_MARK);
  if (!found) return line;
  const clean = readLines(line.raw.replaceAll(ANY_MARK, ''))[0] ?? line;
  const marks = found.flatMap((letter) => MARKS.get(letter) ?? []);
  return { ...clean, marks: [...(line.marks ?? []), ...marks] };
};

const mark =
  (before: string, after = ''): Formatter =>
  (element, walk, builder) => {
    builder.openBlock({ leadingLineBreaks: 1 });
    builder.addInline(before);
    walk(element.children, builder);
    builder.closeBlock({ trailingLineBreaks: 1 });
    if (after !== '') builder.addInline(after);
  };

/** Cells of a row stand on one line, parted where there are several. */
const cell: Formatter = (element, walk, builder) => {
  const before = element.prev?.name ? element.prev : element.prev?.prev;
  if (before?.name === 'td' || before?.name === 'th') builder.addInline(' | ');
  walk(element.children, builder);
};

const as = (format: string, selectors: string[], options: Record<string, unknown> = {}) =>
  selectors.map((selector) => ({ selector, format, options }));

const line = { leadingLineBreaks: 1, trailingLineBreaks: 1 };

const toText = compile({
  wordwrap: false,
  // Words stand outside `body` too: gateways add their notices behind it.
  baseElements: { selectors: [], returnDomByDefault: true },
  limits: { maxDepth: DEEPEST, ellipsis: TOO_DEEP },
  formatters: {
    rest: mark('\ue001'),
    header: mark('\ue002'),
    attribution: mark('\ue003'),
    signature: mark('\ue004', '\ue005'),
    cell,
  },
  selectors: [
    ...as('skip', ['title', 'img', '[style*="display:none"]', '[style*="display: none"]']),
    ...as('anchor', ['a'], { linkBrackets: ['<', '>'], hideLinkHrefIfSameAsText: true }),
    ...as('heading', ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'], { uppercase: false }),
    ...as('horizontalLine', ['hr'], { length: 10, ...line }),
    ...as('unorderedList', ['ul'], { itemPrefix: '- ' }),
    ...as('block', ['tr'], line),
    ...as('cell', ['td', 'th']),
    ...as('blockquote', ['blockquote'], { trimEmptyLines: true, ...line }),
    // Yahoo, Proton, Zoho and Hey put the quote with its attribution in a box of its own.
    ...as('blockquote', ['div.yahoo_quoted', 'div.protonmail_quote', 'div.zmail_extra', 'div.tutanota_quote'], line),
    // Outlook in its several kinds, AOL and Zimbra say where the answer ends.
    ...as('rest', [
      ...['div#divRplyFwdMsg', 'div#appendonsend', 'hr#stopSpelling', 'div#OLK_SRC_BODY_SECTION', 'hr#zwchr'],
      ...['div.OutlookMessageHeader', 'table.OutlookMessageHeader', 'div#mail-editor-reference-message-container'],
      ...[
        'div.ms-outlook-mobile-reference-message',
        'div[id^=AOLMsgPart]',
        'div#reply-intro',
        'div[name=messageReplySection]',
      ],
    ]),
    ...as('header', [
      'div[style*="border-top:solid"]',
      'div[style*="border-top: solid"]',
      'div[style*="border-top:1pt solid"]',
    ]),
    ...as('attribution', ['div.gmail_attr', 'div.moz-cite-prefix', 'div.gmail_default_attr', 'p.moz-cite-prefix']),
    ...as('signature', [
      ...['div.gmail_signature', 'div.moz-signature', 'pre.moz-signature', 'div#Signature', 'div#signature'],
      ...[
        'div.protonmail_signature_block',
        'div#AppleMailSignature',
        'div#ms-outlook-mobile-signature',
        'div.bloop_sign',
      ],
    ]),
  ],
});
