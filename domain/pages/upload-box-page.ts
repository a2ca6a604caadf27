import { fileSize } from '../contact/format.ts';
import { Html, html } from '../contact/html.ts';
import type { PageFrame } from './layout.ts';
import { styleSheet } from './style.ts';

export interface UploadBoxPage extends PageFrame<'upload'> {
  /** Path of the page. */
  path: string;
  files: ReadonlyArray<{ slot: number; name: string; bytes: number }>;
  /** The bucket's form; absent when no more files fit. */
  form?: { url: string; fields: Record<string, string> };
}

/** Where files are attached without scripts: shown in a frame of the form they belong to, one file at a time. */
export const uploadBoxPage = ({ locale, brand, path, files, form }: UploadBoxPage): string =>
  html`<!doctype html>
<html lang="${locale.code}" dir="${locale.dir}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex, nofollow">
<title>${locale.words['upload.title']} – ${brand.name}</title>
<style>${Html.trusted(styleSheet(brand))}</style>
</head>
<body class="box" dir="${locale.dir}">
<main>
<h1 class="unseen">${locale.words['upload.title']}</h1>
${form ? postForm(form, locale) : html`<p>${locale.words['upload.full']}</p>`}
${files.length > 0 && html`<ul class="held">${files.map((file) => heldFile(file, { locale, path }))}</ul>`}
</main>
</body>
</html>
`.markup;

const heldFile = (
  { slot, name, bytes }: UploadBoxPage['files'][number],
  { locale, path }: Pick<UploadBoxPage, 'locale' | 'path'>,
): Html =>
  html`<li><span><bdi>${name}</bdi> <span class="small"><bdi>${fileSize(bytes, locale)}</bdi></span></span><form method="post" action="${path}"><input type="hidden" name="remove" value="${slot}"><button class="button second" aria-label="${ariaOf(name, locale)}">×</button></form></li>
`;

/** In an attribute nothing can be isolated by markup. */
const ariaOf = (name: string, locale: UploadBoxPage['locale']): string =>
  locale.words['upload.remove'].replace('{file}', `\u2068${name}\u2069`);

const postForm = (
  { url, fields }: NonNullable<UploadBoxPage['form']>,
  locale: UploadBoxPage['locale'],
): Html => html`<form method="post" action="${url}" enctype="multipart/form-data">
${Object.entries(fields).map(
  ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">
`,
)}<div class="question"><label for="file">${locale.words['upload.one']}</label><input type="file" id="file" name="file" required></div>
<button class="button second">${locale.words['upload.attach']}</button>
</form>`;
