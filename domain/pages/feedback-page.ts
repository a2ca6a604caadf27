import { number } from '../contact/format.ts';
import { type Html, html } from '../contact/html.ts';
import type { SurveyDefinition } from '../survey/survey.ts';
import { errorSummary } from './error-summary.ts';
import { layout, type PageFrame, say } from './layout.ts';
import { type AnswerError, fieldsOf } from './survey-page.ts';
import { questionField } from './survey-question.ts';

/** Who gives it, as they may say beside their answers, with the longest that each is. */
export const GIVER_FIELDS = { name: 200, email: 254 } as const;
export type GiverField = keyof typeof GIVER_FIELDS;
export type GiverError = 'email' | 'too-long';

export interface FeedbackPage extends PageFrame<'feedback' | 'survey' | 'common' | 'time'> {
  definition: SurveyDefinition;
  /** The desk's languages, each by its own name. */
  languages: ReadonlyArray<{ code: string; name: string }>;
  /** Makes two posts of this form one piece of feedback. */
  once: string;
  /** What was typed before. */
  answers?: Record<string, string>;
  giver?: { [field in GiverField]?: string };
  /** By question id. */
  errors?: Record<string, AnswerError>;
  giverErrors?: { [field in GiverField]?: GiverError };
  /** This form was sent before, and was changed since. */
  sentBefore?: boolean;
}

const FORM = 'feedback';

/** What somebody thinks of the desk, whenever they want to say it: no request, no account, no script. */
export const feedbackPage = (page: FeedbackPage): string => {
  const { locale, definition, answers = {}, errors = {} } = page;
  const { words } = locale;
  const failed = Object.keys(errors).length + Object.keys(page.giverErrors ?? {}).length > 0;
  return layout(
    page,
    failed ? `${words['common.error-title']} – ${words['feedback.title']}` : words['feedback.title'],
    html`${languageSwitch(page)}
<h1>${words['feedback.title']}</h1>
<p class="lead">${words['feedback.lead']}</p>
${page.sentBefore && sentBefore(page)}${failed && problems(page)}<form id="${FORM}" method="post" action="/feedback?lang=${locale.code}">
<input type="hidden" name="once" value="${page.once}">
${fieldsOf(definition).map((field) => questionField(field, { locale, answers, errors }))}
<fieldset><legend>${words['feedback.about-you']} <span class="hint">${words['common.optional']}</span></legend>
<div class="two">${giverField('name', page)}
${giverField('email', page)}</div>
</fieldset>
<div class="send"><button class="button">${words['feedback.send']}</button></div>
</form>`,
  );
};

/** Buttons, not links: a change of language keeps what was written. */
const languageSwitch = ({ languages, locale }: FeedbackPage): Html =>
  html`<p class="languages" role="group" aria-label="${locale.words['feedback.language']}">${languages.map(
    ({ code, name }) =>
      code === locale.code
        ? html`<span aria-current="true" lang="${code}">${name}</span>`
        : html`<button form="${FORM}" formaction="/feedback/draft?lang=${code}" formnovalidate lang="${code}">${name}</button>`,
  )}</p>`;

const sentBefore = ({ locale }: FeedbackPage): Html =>
  html`<div class="notice" role="alert"><h2>${locale.words['feedback.sent-before-title']}</h2><p>${locale.words['feedback.sent-before']}</p></div>
`;

const problems = ({ locale, definition, errors = {}, giverErrors = {} }: FeedbackPage): Html =>
  errorSummary(locale.words['common.error-title'], [
    ...definition.questions
      .filter(({ id }) => errors[id] !== undefined)
      .map(({ id, text }) => ({ at: `a-${id}`, words: text[locale.code] })),
    ...FIELDS.filter((name) => giverErrors[name] !== undefined).map((name) => ({
      at: `g-${name}`,
      words: locale.words[`feedback.${name}`],
    })),
  ]);

const FIELDS = ['name', 'email'] as const satisfies GiverField[];

/** How a browser helps to fill it in. */
const KINDS: Record<GiverField, Html> = {
  name: html` type="text" dir="auto" autocomplete="name"`,
  email: html` type="email" dir="ltr" autocomplete="email" autocapitalize="none" spellcheck="false"`,
};

const giverField = (name: GiverField, { locale, giver = {}, giverErrors = {} }: FeedbackPage): Html => {
  const error = giverErrors[name];
  const described = [...(name === 'email' ? ['h-email'] : []), ...(error === undefined ? [] : [`e-${name}`])].join(' ');
  return html`<div class="question"><label for="g-${name}">${locale.words[`feedback.${name}`]}</label>
${name === 'email' && html`<p class="small" id="h-email">${locale.words['feedback.email-hint']}</p>`}${errorOf(name, error, locale)}<input id="g-${name}" name="${name}"${KINDS[name]} maxlength="${GIVER_FIELDS[name]}" value="${giver[name]}"${described !== '' && html` aria-describedby="${described}"`}${error !== undefined && html` aria-invalid="true"`}></div>`;
};

const errorOf = (name: GiverField, error: GiverError | undefined, locale: FeedbackPage['locale']): Html | false =>
  error !== undefined &&
  html`<p class="error" id="e-${name}">${
    error === 'email'
      ? locale.words['feedback.error-email']
      : say(locale, 'feedback.error-too-long', { most: number(GIVER_FIELDS[name], locale) })
  }</p>`;
