import { html } from '../contact/html.ts';
import { layout, type PageFrame } from './layout.ts';

/** Who will hear from the desk: nobody was unhappy, somebody who gave an address, or somebody who did not. */
export const FEEDBACK_ENDS = ['kept', 'answer', 'unknown'] as const;
export type FeedbackEnd = (typeof FEEDBACK_ENDS)[number];

export interface FeedbackThanksPage extends PageFrame<'feedback'> {
  end: FeedbackEnd;
}

/** After feedback was kept. It says nothing of who gave it and may be reloaded. */
export const feedbackThanksPage = (page: FeedbackThanksPage): string => {
  const { words, code } = page.locale;
  return layout(
    page,
    words['feedback.thanks-title'],
    html`<h1>${words['feedback.thanks-title']}</h1>
<p class="lead">${words['feedback.thanks-lead']}</p>
${page.end === 'answer' && html`<div class="panel"><p>${words['feedback.thanks-answer']}</p></div>`}${page.end === 'unknown' && html`<div class="panel"><p>${words['feedback.thanks-unknown']}</p><p><a href="/help?lang=${code}">${words['feedback.write']}</a></p></div>`}`,
  );
};
