import { html } from '../contact/html.ts';
import { free } from '../contact/phrase.ts';
import { layout, type PageFrame, say } from './layout.ts';

export interface IdentityPage extends PageFrame<'identity'> {
  /** Asked; agreed to, and both are one; agreed to, and the other side is asked now. */
  state: 'asked' | 'linked' | 'half';
  /** The identity that was asked, and the one that named it, as they may be shown. */
  own: string;
  other: string;
  /** Where the form posts to: the path of the link. */
  action: string;
}

/** Whether two identities are one person's. Opening it records nothing, the button does; it works without scripts. */
export const identityPage = ({ state, own, other, action, ...frame }: IdentityPage): string => {
  const { words } = frame.locale;
  const both = { own: free(own), other: free(other) };
  if (state === 'asked')
    return layout(
      frame,
      words['identity.title'],
      html`<h1>${words['identity.title']}</h1>
<p class="lead">${say(frame.locale, 'identity.lead', both)}</p>
<p>${words['identity.why']}</p>
<p>${words['identity.no']}</p>
<form method="post" action="${action}">
<input type="hidden" name="${BOTH_MINE.name}" value="${BOTH_MINE.value}">
<div class="send"><button class="button">${words['identity.confirm']}</button></div>
</form>`,
    );
  const title = words[state === 'linked' ? 'identity.done-title' : 'identity.half-title'];
  const lead =
    state === 'linked'
      ? say(frame.locale, 'identity.done-lead', both)
      : say(frame.locale, 'identity.half-lead', { other: free(other) });
  return layout(frame, title, html`<h1>${title}</h1>\n<p class="lead">${lead}</p>`);
};

/** The field of the form: a post without it confirms nothing. */
export const BOTH_MINE = { name: 'both', value: 'mine' } as const;
