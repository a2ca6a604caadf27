import { fileSize, number } from '../contact/format.ts';
import { type Html, html } from '../contact/html.ts';
import { MOST_FILE_BYTES, MOST_FILES } from '../contact/upload.ts';
import type { Locale } from '../contact/words.ts';
import { say } from './layout.ts';

/** A file that the form already has. */
export interface HeldFile {
  receipt: string;
  name: string;
  bytes: number;
}

export interface FileField {
  locale: Locale<'upload' | 'common'>;
  /** Attached before, by their receipts. */
  held: readonly HeldFile[];
  /** Where files are gathered without scripts: 22 characters by chance, the same as long as the form is filled in. */
  box: string;
  /** A file that was attached is no longer there. */
  gone?: boolean;
}

/** Fields of a form that hold receipts: `file-1` … */
export const FILE_FIELD = /^file-\d{1,2}$/;
/** The field that names the box; it is posted only where no script runs. */
export const BOX_FIELD = 'box';
const MB = 1024 * 1024;

/**
 * The part of a form that takes files. With scripts a file goes to the bucket at once and its receipt into the form, as a
 * ticked box which can be unticked; without, a frame does the same for one file after the other.
 */
export const fileField = ({ locale, held, box, gone = false }: FileField): Html => {
  const { words } = locale;
  const size = number(MOST_FILE_BYTES / MB, locale);
  return html`<div class="question" id="files" role="group" aria-labelledby="l-files" aria-describedby="h-files${gone && ' e-files'}">
<p class="label" id="l-files">${words['upload.title']} <span class="hint">${words['common.optional']}</span></p>
<p class="small" id="h-files">${say(locale, 'upload.hint', { files: number(MOST_FILES, locale), size })}</p>
${gone && html`<p class="error" id="e-files">${words['upload.gone']}</p>`}
<div class="options" data-held>${held.map(
    ({ receipt, name, bytes }, index) =>
      html`<label class="option"><input type="checkbox" name="file-${index + 1}" value="${receipt}" checked><span><bdi>${name}</bdi> <span class="small"><bdi>${fileSize(bytes, locale)}</bdi></span></span></label>
`,
  )}</div>
<div class="picker" hidden data-picker data-most="${MOST_FILES}" data-bytes="${MOST_FILE_BYTES}" data-sending="${words['upload.sending']}" data-big="${say(locale, 'upload.too-big', { size })}" data-empty="${words['upload.empty']}" data-failed="${words['upload.failed']}" data-full="${words['upload.full']}" data-wait="${words['upload.wait']}"><input type="file" id="pick" multiple><label for="pick" class="button second">${words['upload.choose']}</label></div>
<p class="small" data-leave-out hidden>${words['upload.leave-out']}</p>
<p role="status" class="small" data-status></p>
<noscript><input type="hidden" name="${BOX_FIELD}" value="${box}"><iframe title="${words['upload.title']}" src="/uploads/box/${box}?lang=${locale.code}"></iframe></noscript>
</div>
`;
};
