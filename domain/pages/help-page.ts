import { number } from '../contact/format.ts';
import {
  HELP_FIELD_NAMES,
  HELP_FIELDS,
  type HelpError,
  type HelpField,
  type HelpValues,
} from '../contact/help-form.ts';
import { type Html, html } from '../contact/html.ts';
import { id } from '../contact/phrase.ts';
import type { WordOf } from '../contact/words.ts';
import { errorSummary } from './error-summary.ts';
import { fileField, type HeldFile } from './file-field.ts';
import { feedbackFoot, layout, type PageFrame, say } from './layout.ts';

export interface HelpPage extends PageFrame<'help' | 'thanks' | 'upload' | 'common'> {
  /** The desk's languages, each by its own name. */
  languages: ReadonlyArray<{ code: string; name: string }>;
  /** Topics to choose from, in the page's language. */
  categories: ReadonlyArray<{ id: string; name: string }>;
  values: HelpValues;
  errors?: { [field in HelpField]?: HelpError };
  /** Makes two posts of this form one ticket. */
  once: string;
  files: { held: readonly HeldFile[]; box: string; gone?: boolean };
  /** Articles for what was written; empty when none was found, absent when nobody asked. */
  answers?: ReadonlyArray<{ title: string; url: string }>;
  /** This form made a ticket before, and was changed since. */
  sentBefore?: { ticketId: string; link: string };
  /** Address of the script. */
  script: string;
}

const FORM = 'help';

/** The contact form. Everything works without scripts; the script adds suggestions while typing and quicker files. */
export const helpPage = (page: HelpPage): string => {
  const { words } = page.locale;
  const errors = Object.keys(page.errors ?? {}).length + (page.files.gone ? 1 : 0);
  return layout(
    page,
    errors > 0 ? `${words['help.error-title']} – ${words['help.title']}` : words['help.title'],
    html`${languageSwitch(page)}
<h1>${words['help.title']}</h1>
<p class="lead">${words['help.lead']}</p>
${page.sentBefore && sentBefore(page, page.sentBefore)}${errors > 0 && problems(page)}${answers(page)}<form id="${FORM}" method="post" action="/help?lang=${page.locale.code}" data-suggest="/kb/suggest" data-lang="${page.locale.code}" data-new-tab="${words['help.answers-new-tab']}">
<input type="hidden" name="once" value="${page.once}">
<input type="hidden" name="zone" value="${page.values.zone}">
<fieldset><legend>${words['help.about-matter']}</legend>
${line('subject', page)}
${long('message', page, 7)}
<p><button class="button second" name="step" value="search" formaction="/help/draft?lang=${page.locale.code}" formnovalidate>${words['help.search']}</button></p>
${choice('category', page, [['', words['help.category-none']], ...page.categories.map((each) => [each.id, each.name] as const)])}
<div class="two">${choice('impact', page, options('impact', page))}
${choice('urgency', page, options('urgency', page))}</div>
</fieldset>
<fieldset><legend>${words['help.about-you']}</legend>
<div class="two">${line('name', page)}
${line('email', page)}
${line('phone', page)}</div>
</fieldset>
${details(page)}
${fileField({ locale: page.locale, ...page.files })}
<div class="send"><button class="button" data-send>${words['help.send']}</button></div>
</form>
<script src="${page.script}" defer></script>`,
    feedbackFoot(page.locale),
  );
};

/** Buttons, not links: a change of language keeps what was written. */
const languageSwitch = ({ languages, locale }: HelpPage): Html =>
  html`<p class="languages" role="group" aria-label="${locale.words['help.language']}">${languages.map(
    ({ code, name }) =>
      code === locale.code
        ? html`<span aria-current="true" lang="${code}">${name}</span>`
        : html`<button form="${FORM}" formaction="/help/draft?lang=${code}" formnovalidate name="step" value="language" lang="${code}">${name}</button>`,
  )}</p>`;

const sentBefore = ({ locale }: HelpPage, { ticketId, link }: NonNullable<HelpPage['sentBefore']>): Html =>
  html`<div class="notice" role="alert"><h2>${locale.words['help.sent-before-title']}</h2><p>${say(locale, 'help.sent-before', { ticket: id(ticketId) })} <a href="${link}">${locale.words['thanks.follow']}</a></p></div>
`;

const problems = ({ locale, errors = {}, files }: HelpPage): Html =>
  errorSummary(locale.words['help.error-title'], [
    ...HELP_FIELD_NAMES.filter((name) => errors[name] !== undefined).map((name) => ({
      at: `a-${name}`,
      words: locale.words[`help.${label(name)}`],
    })),
    ...(files.gone ? [{ at: 'files', words: locale.words['upload.title'] }] : []),
  ]);

/** With scripts this is filled while the subject is typed, and told by screen readers as it comes. */
const answers = ({ locale, answers: found }: HelpPage): Html =>
  html`<div class="panel" id="answers" aria-live="polite"${found === undefined && html` hidden`}><h2>${locale.words['help.answers-title']}</h2>
<ul>${found?.map(({ title, url }) => html`<li><a href="${url}" target="_blank" rel="noopener">${title}<span class="unseen"> (${locale.words['help.answers-new-tab']})</span></a></li>`)}</ul>
${found?.length === 0 && html`<p>${locale.words['help.answers-none']}</p>`}${found !== undefined && html`<p class="small">${locale.words['help.answers-kept']}</p>`}</div>
`;

const details = (page: HelpPage): Html => {
  const wrong = DIAGNOSIS.some((name) => page.errors?.[name] !== undefined);
  const written = (['appVersion', 'errorCode', 'steps'] as const).some((name) => (page.values[name] ?? '') !== '');
  return html`<details class="more-fields"${(wrong || written) && html` open`}><summary>${page.locale.words['help.details']}</summary>
<div class="two">${line('device', page)}
${line('browser', page)}
${line('appVersion', page)}
${line('errorCode', page)}</div>
${long('steps', page, 3)}
</details>`;
};
const DIAGNOSIS = ['device', 'browser', 'appVersion', 'errorCode', 'steps'] as const;

type Label =
  | 'name'
  | 'email'
  | 'phone'
  | 'category'
  | 'subject'
  | 'message'
  | 'impact'
  | 'urgency'
  | 'device'
  | 'browser'
  | 'app-version'
  | 'error-code'
  | 'steps';
const LABELS = { appVersion: 'app-version', errorCode: 'error-code' } as const;
const label = (name: HelpField): Label => (name === 'appVersion' || name === 'errorCode' ? LABELS[name] : name);

/** How a browser helps to fill in a line. */
const LINES: { [field in HelpField]?: Html } = {
  subject: html` type="text" dir="auto" autocomplete="off"`,
  name: html` type="text" dir="auto" autocomplete="name"`,
  email: html` type="email" dir="ltr" autocomplete="email" autocapitalize="none" spellcheck="false"`,
  phone: html` type="tel" dir="ltr" autocomplete="tel"`,
  errorCode: html` type="text" dir="ltr" autocomplete="off" autocapitalize="none" spellcheck="false"`,
};
const PLAIN_LINE = html` type="text" dir="auto" autocomplete="off"`;
const HINTS: { [field in HelpField]?: WordOf<'help'> } = {
  email: 'help.email-hint',
  phone: 'help.phone-hint',
  message: 'help.message-hint',
};

const line = (name: HelpField, page: HelpPage): Html =>
  field(
    name,
    page,
    html`<input${LINES[name] ?? PLAIN_LINE}${attributes(name, page)} maxlength="${HELP_FIELDS[name].most}" value="${page.values[name]}">`,
  );

const long = (name: HelpField, page: HelpPage, rows: number): Html =>
  field(
    name,
    page,
    html`<textarea rows="${rows}" dir="auto"${attributes(name, page)}>
${page.values[name]}</textarea>`,
  );

const choice = (name: HelpField, page: HelpPage, from: ReadonlyArray<readonly [string, string]>): Html =>
  field(
    name,
    page,
    html`<select${attributes(name, page)}>${from.map(([value, text]) => html`<option value="${value}"${value === page.values[name] && html` selected`}>${text}</option>`)}</select>`,
  );

const options = (kind: 'impact' | 'urgency', { locale }: HelpPage): Array<readonly [string, string]> =>
  kind === 'impact'
    ? (['one', 'team', 'many', 'all'] as const).map((value) => [value, locale.words[`help.impact-${value}`]] as const)
    : (['low', 'normal', 'high', 'now'] as const).map(
        (value) => [value, locale.words[`help.urgency-${value}`]] as const,
      );

const attributes = (name: HelpField, { errors = {} }: HelpPage): Html => {
  const wrong = errors[name] !== undefined;
  const described = [...(HINTS[name] === undefined ? [] : [`h-${name}`]), ...(wrong ? [`e-${name}`] : [])];
  return html` id="a-${name}" name="${name}"${HELP_FIELDS[name].required && html` required`}${wrong && html` aria-invalid="true"`}${described.length > 0 && html` aria-describedby="${described.join(' ')}"`}`;
};

const field = (name: HelpField, page: HelpPage, control: Html): Html => {
  const { words } = page.locale;
  const { required, choices } = HELP_FIELDS[name];
  const hint = HINTS[name];
  const mark = required ? words['common.required'] : words['common.optional'];
  return html`<div class="question"><label for="a-${name}">${words[`help.${label(name)}`]}${choices !== true && html` <span class="hint">${mark}</span>`}</label>
${
  hint !== undefined &&
  html`<p class="small" id="h-${name}">${words[hint]}</p>
`
}${errorOf(name, page)}${control}</div>`;
};

const errorOf = (name: HelpField, { locale, errors = {} }: HelpPage): Html | false => {
  const error = errors[name];
  if (error === undefined) return false;
  const words =
    error === 'too-long'
      ? say(locale, 'help.error-too-long', { most: number(HELP_FIELDS[name].most, locale) })
      : say(locale, `help.error-${error}`);
  return html`<p class="error" id="e-${name}">${words}</p>
`;
};
