import type { Brand } from '../contact/brand.ts';
import { type Html, html, webLink } from '../contact/html.ts';
import { asHtml } from '../contact/phrase.ts';
import type { Language } from '../contact/words.ts';
import { assertNever } from '../support/exhaustive.ts';
import type { Block, MailBody } from './content.ts';

/**
 * The HTML part. Tables and inline styles, because that is what mail programs show alike; `dir` on every table cell that
 * holds words, because several drop it from `html` and `body`. No pictures and nothing fetched from elsewhere.
 */
export const toHtml = (body: MailBody, locale: Language, brand: Brand): string => {
  const look = lookOf(locale);
  const page = html`<!doctype html>
<html lang="${locale.code}" dir="${locale.dir}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light only">
<title>${body.subject}</title>
</head>
<body dir="${locale.dir}" style="margin:0;padding:0;background-color:#eef2f2;${look.font}">
<div style="display:none;max-height:0;overflow:hidden">${body.preview}</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="background-color:#eef2f2">
<tr><td align="center" style="padding:24px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px;table-layout:fixed">
<tr><td dir="${locale.dir}" align="${look.start}" style="padding:0 4px 14px;${BREAKING}${look.font}font-size:17px;font-weight:700;color:${brand.accent}">${brand.name}</td></tr>
<tr><td dir="${locale.dir}" align="${look.start}" style="background-color:#ffffff;border:1px solid #d9e1e2;border-radius:12px;padding:32px 28px;${BREAKING}${look.font}font-size:16px;line-height:${look.leading};color:#1b2a2e">
${body.blocks.filter((block) => !isSmall(block)).map((block) => blockHtml(block, look, brand))}</td></tr>
<tr><td dir="${locale.dir}" align="${look.start}" style="padding:18px 4px 0;${BREAKING}${look.font}font-size:13px;line-height:${look.leading};color:#4d5f64">
${body.blocks.filter(isSmall).map((block) => blockHtml(block, look, brand))}</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`;
  return page.markup;
};

/** A word that is longer than a line breaks: otherwise it would make the table, and the mail, as wide as itself. */
const BREAKING = 'overflow-wrap:anywhere;word-break:break-word;';

interface Look {
  dir: Language['dir'];
  start: 'left' | 'right';
  font: string;
  leading: string;
}

/** Persian letters need more air between lines, and Latin fonts often hold none of them. */
const lookOf = ({ dir }: Language): Look =>
  dir === 'rtl'
    ? { dir, start: 'right', font: "font-family:Vazirmatn,Tahoma,'Segoe UI',Arial,sans-serif;", leading: '1.85' }
    : {
        dir,
        start: 'left',
        font: "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;",
        leading: '1.6',
      };

const isSmall = ({ kind }: Block): boolean => kind === 'note' || kind === 'link' || kind === 'choices';

const blockHtml = (block: Block, look: Look, brand: Brand): Html => {
  switch (block.kind) {
    case 'paragraph':
      return html`<p style="margin:0 0 16px">${asHtml(block.inlines)}</p>
`;
    case 'note':
      return html`<p style="margin:0 0 6px">${asHtml(block.inlines)}</p>
`;
    case 'button':
      return html`<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:24px 0"><tr><td style="background-color:${brand.accent};border-radius:8px"><a href="${webLink(block.href)}" style="display:inline-block;padding:13px 24px;${look.font}font-size:16px;font-weight:600;color:#ffffff;text-decoration:none">${block.label}</a></td></tr></table>
`;
    case 'link':
      return html`<p style="margin:0 0 6px">${asHtml(block.lead)}${block.lead.length > 0 && ' '}<a href="${webLink(block.href)}" style="color:${brand.accent};text-decoration:underline">${block.label}</a></p>
`;
    case 'links':
      return html`<ul style="margin:0 0 16px;padding:0 18px">${block.links.map(({ label, href }) => html`<li style="margin:0 0 8px"><a href="${webLink(href)}" style="color:${brand.accent};text-decoration:underline">${label}</a></li>`)}</ul>
`;
    case 'choices':
      return choicesHtml(block, brand);
    case 'message':
      return html`${paragraphs(block.text).map(
        (lines) => html`<p dir="auto" style="margin:0 0 16px;text-align:start">${lines}</p>
`,
      )}`;
    case 'quote':
      return html`<blockquote dir="auto" style="margin:0 0 16px;padding:4px 16px;background-color:#f3f6f6;border-radius:8px">${paragraphs(block.text).map((lines) => html`<p style="margin:10px 0">${lines}</p>`)}</blockquote>
`;
    case 'scale':
      return scaleHtml(block, look, brand);
    case 'numbers':
      return numbersHtml(block, look, brand);
    case 'facts':
      return html`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 16px;table-layout:fixed">
${block.rows.map(
  ({
    name,
    value,
  }) => html`<tr><td dir="${look.dir}" align="${look.start}" valign="top" width="34%" style="padding:9px 0;border-top:1px solid #e3e9ea;${look.font}font-size:15px;color:#4d5f64">${name}</td><td dir="${look.dir}" align="${look.start}" valign="top" style="padding:9px 0;border-top:1px solid #e3e9ea;${look.font}font-size:15px;color:#1b2a2e">${asHtml(value)}</td></tr>
`,
)}</table>
`;
    case 'signature':
      return html`<p style="margin:0">${block.text}</p>
`;
    default:
      return assertNever(block);
  }
};

/** One row per answer, all alike: no colour or size favours one, and a thumb hits each. */
const scaleHtml = (block: Extract<Block, { kind: 'scale' }>, look: Look, brand: Brand): Html =>
  html`<p style="margin:24px 0 12px;font-size:18px;line-height:1.5;font-weight:700">${block.question}</p>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 24px">
${block.options.map(
  ({ value, label, href }) =>
    html`<tr><td dir="${look.dir}" align="${look.start}" style="padding:0 0 8px"><a href="${webLink(href)}" style="display:block;padding:12px 16px;border:1px solid #b9c7ca;border-radius:8px;background-color:#ffffff;${look.font}font-size:16px;color:#1b2a2e;text-decoration:none"><strong style="color:${brand.accent}">${value}</strong>&nbsp;&nbsp; ${label}</a></td></tr>
`,
)}</table>
`;

/** Two halves in one row, one below the other on a phone, in the direction of the mail; each number is as wide as a thumb. */
const numbersHtml = (
  { question, ends, options }: Extract<Block, { kind: 'numbers' }>,
  look: Look,
  brand: Brand,
): Html => {
  const last = options.length - 1;
  const meaning = (index: number): string | undefined => (index === 0 ? ends[0] : index === last ? ends[1] : undefined);
  const links = options.map(
    ({ value, href }, index) =>
      html`<a href="${webLink(href)}"${meaning(index) !== undefined && html` aria-label="${value} – ${meaning(index)}"`} style="display:inline-block;min-width:28px;margin:0 0 6px;margin-inline-end:2px;padding:10px 7px;border:1px solid #b9c7ca;border-radius:8px;background-color:#ffffff;text-align:center;${look.font}font-size:16px;line-height:1.5;font-weight:700;color:${brand.accent};text-decoration:none">${value}</a>`,
  );
  const half = Math.ceil(links.length / 2);
  const cell = html`width="50%" valign="top" style="padding:2px 0 0;${look.font}font-size:14px;line-height:1.45;color:#4d5f64"`;
  const end = (index: number): string => `${options[index]?.value} – ${meaning(index)}`;
  return html`<p style="margin:24px 0 12px;font-size:18px;line-height:1.5;font-weight:700">${question}</p>
<div dir="${look.dir}">${[links.slice(0, half), links.slice(half)].map((some) => html`<span style="display:inline-block">${some}</span>`)}</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:${options.length * 46}px;margin:0 0 24px"><tr><td dir="${look.dir}" align="${look.start}" ${cell}>${end(0)}</td><td dir="${look.dir}" align="${look.start === 'left' ? 'right' : 'left'}" ${cell}>${end(last)}</td></tr></table>
`;
};

/** All alike: no colour or order favours one. They wrap where the row is too long, and a thumb hits each. */
const choicesHtml = ({ lead, options }: Extract<Block, { kind: 'choices' }>, brand: Brand): Html =>
  html`<p style="margin:0 0 10px">${asHtml(lead)}<br>${options.map(
    ({ label, href }) =>
      html`<a href="${webLink(href)}" style="display:inline-block;margin:6px 0 0;margin-inline-end:8px;padding:6px 12px;border:1px solid #b9c7ca;border-radius:6px;background-color:#ffffff;color:${brand.accent};text-decoration:none">${label}</a>`,
  )}</p>
`;

/** Blank lines part paragraphs, single breaks stay breaks. */
const paragraphs = (text: string): Html[][] =>
  text
    .trim()
    .split(/\n\s*\n/)
    .map((part) => part.split('\n').map((line, index) => html`${index > 0 && html`<br>`}${line}`));
