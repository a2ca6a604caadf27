import { when } from '../contact/format.ts';
import { html } from '../contact/html.ts';
import { free } from '../contact/phrase.ts';
import type { Instant } from '../support/time.ts';
import type { SurveyDefinition } from '../survey/survey.ts';
import { layout, type PageFrame, say } from './layout.ts';
import { type AnswerError, fieldsOf, surveyErrors } from './survey-page.ts';
import { questionField } from './survey-question.ts';

type Frame = PageFrame<'feedback' | 'survey' | 'common' | 'time'> & { timeZone?: string };

/** Whether somebody would recommend the desk, asked of them as a person: it names no request. */
export interface NpsPage extends Frame {
  definition: SurveyDefinition;
  /** Where the form posts to: the path of the link, without `?r=`. */
  action: string;
  /** The `r` of the link: preselects that value, records nothing. */
  preselected?: string;
  /** Answers given before, or just posted and refused. */
  answers?: Record<string, string>;
  /** By question id. */
  errors?: Record<string, AnswerError>;
  /** Set when the answer was already given and may still be changed. */
  editableUntil?: Instant;
  /** When the link ends. */
  openUntil?: Instant;
}

export const npsPage = (page: NpsPage): string => {
  const { locale, brand, definition, editableUntil, openUntil, errors = {} } = page;
  const { words } = locale;
  const failed = Object.keys(errors).length > 0;
  const chosen = page.preselected === undefined || failed ? {} : { [definition.scored]: page.preselected };
  const answers = { ...page.answers, ...chosen };
  const time = (at: Instant) => when(at, locale, page.timeZone, brand);
  return layout(
    page,
    failed ? `${words['common.error-title']} – ${words['feedback.nps-title']}` : words['feedback.nps-title'],
    html`<h1>${words['feedback.nps-title']}</h1>
<p class="lead">${say(locale, 'feedback.nps-lead', { desk: free(brand.name) })}</p>
${editableUntil !== undefined && html`<div class="panel"><p>${say(locale, 'feedback.nps-editing', { when: time(editableUntil) })}</p></div>`}
${failed && surveyErrors(page, errors)}<form method="post" action="${page.action}">
${fieldsOf(definition).map((field) => questionField(field, { locale, answers, errors }))}
<div class="send"><button class="button">${words[editableUntil === undefined ? 'survey.send' : 'survey.change']}</button>
${openUntil !== undefined && html`<p class="small">${say(locale, 'survey.open-until', { when: time(openUntil) })}</p>`}</div>
</form>`,
  );
};

export interface NpsThanksPage extends Frame {
  /** The chosen answer in the page's language. */
  answer: string;
  /** They are told what happens now. */
  low: boolean;
  edit?: { link: string; until: Instant };
}

/** After the answer was recorded. */
export const npsThanksPage = (page: NpsThanksPage): string => {
  const { locale, brand, edit } = page;
  const { words } = locale;
  return layout(
    page,
    words['feedback.thanks-title'],
    html`<h1>${words['feedback.thanks-title']}</h1>
<p class="lead">${words['survey.thanks-lead']}</p>
<div class="panel"><p>${say(locale, 'survey.your-answer', { answer: { kind: 'strong', text: page.answer } })}</p>
${page.low && html`<p>${words['feedback.nps-thanks-low']}</p>`}</div>
${edit !== undefined && html`<p class="small">${say(locale, 'common.change-until', { when: when(edit.until, locale, page.timeZone, brand) })} <a href="${edit.link}">${words['survey.change']}</a></p>`}`,
  );
};

export interface NpsOverPage extends Frame {
  why: 'answered' | 'expired';
}

/** When there is nothing to answer any more: what they have to say is welcome all the same. */
export const npsOverPage = (page: NpsOverPage): string => {
  const { words, code } = page.locale;
  const title = words[`survey.${page.why}-title`];
  return layout(
    page,
    title,
    html`<h1>${title}</h1>
${page.why === 'answered' && html`<p class="lead">${words['feedback.nps-answered']}</p>`}<p>${words['feedback.nps-over']} <a href="/feedback?lang=${code}">${words['common.feedback']}</a></p>`,
  );
};
