import { html } from '../contact/html.ts';
import { layout, type PageFrame } from './layout.ts';

/** How it stands with surveys: the customer is asked, is not asked, or has just said that they may be asked again. */
export type SurveyWish = 'asked' | 'stopped' | 'asked-again';

export interface UnsubscribePage extends PageFrame<'unsubscribe'> {
  wish: SurveyWish;
  /** Where the form posts to: the path of the link. */
  action: string;
}

/** The field that mail programs post by themselves (RFC 8058); the form posts the same. */
export const ONE_CLICK = { name: 'List-Unsubscribe', value: 'One-Click' } as const;
/** The field of the form that takes it back. */
export const ASK_AGAIN = { name: 'surveys', value: 'again' } as const;

/** Stops surveys at the press of a button, and takes that back by another. It works without scripts. */
export const unsubscribePage = ({ wish, action, ...frame }: UnsubscribePage): string => {
  const { words } = frame.locale;
  const texts = TEXTS[wish];
  const field = wish === 'stopped' ? ASK_AGAIN : ONE_CLICK;
  return layout(
    frame,
    words[texts.title],
    html`<h1>${words[texts.title]}</h1>
<p class="lead">${words[texts.lead]}</p>
<form method="post" action="${action}">
<input type="hidden" name="${field.name}" value="${field.value}">
<div class="send"><button class="button">${words[wish === 'stopped' ? 'unsubscribe.again' : 'unsubscribe.stop']}</button></div>
</form>`,
  );
};

const TEXTS = {
  asked: { title: 'unsubscribe.title', lead: 'unsubscribe.lead' },
  stopped: { title: 'unsubscribe.stopped-title', lead: 'unsubscribe.stopped-lead' },
  'asked-again': { title: 'unsubscribe.again-title', lead: 'unsubscribe.again-lead' },
} as const;
