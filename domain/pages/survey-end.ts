import { when } from '../contact/format.ts';
import { html } from '../contact/html.ts';
import type { Instant } from '../support/time.ts';
import { layout, type PageFrame, say } from './layout.ts';

export interface SurveyThanksPage extends PageFrame<'survey' | 'common' | 'time'> {
  /** The label of the chosen answer in the page's language. */
  answer: string;
  /** A low answer is told what happens now. */
  low: boolean;
  timeZone?: string;
  /** Both set while the answer may be changed; the link shows the form with it. */
  edit?: { link: string; until: Instant };
}

/** After the answer was recorded. */
export const surveyThanksPage = (page: SurveyThanksPage): string => {
  const { locale, brand, edit } = page;
  return layout(
    page,
    locale.words['survey.thanks-title'],
    html`<h1>${locale.words['survey.thanks-title']}</h1>
<p class="lead">${locale.words['survey.thanks-lead']}</p>
<div class="panel"><p>${say(locale, 'survey.your-answer', { answer: { kind: 'strong', text: page.answer } })}</p>
${page.low && html`<p>${locale.words['survey.thanks-low']}</p>`}</div>
${edit !== undefined && html`<p class="small">${say(locale, 'common.change-until', { when: when(edit.until, locale, page.timeZone, brand) })} <a href="${edit.link}">${locale.words['survey.change']}</a></p>`}`,
  );
};

export interface SurveyOverPage extends PageFrame<'survey' | 'common'> {
  /** Answered and no longer editable, past its end, or withdrawn because the ticket was reopened. */
  why: 'answered' | 'expired' | 'cancelled';
}

/** When there is nothing to answer (any more). */
export const surveyOverPage = (page: SurveyOverPage): string => {
  const { words, code } = page.locale;
  return layout(
    page,
    words[`survey.${page.why}-title`],
    html`<h1>${words[`survey.${page.why}-title`]}</h1>
<p class="lead">${words[`survey.${page.why}-lead`]}</p>
<p><a href="/help?lang=${code}">${words['common.write']}</a></p>`,
  );
};
