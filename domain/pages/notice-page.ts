import { when } from '../contact/format.ts';
import { html } from '../contact/html.ts';
import { free } from '../contact/phrase.ts';
import type { Instant } from '../support/time.ts';
import type { PromiseKind } from '../ticket/ticket.ts';
import { layout, type PageFrame, say } from './layout.ts';

export interface NoticePage extends PageFrame<'notice' | 'promise' | 'time'> {
  /** It waits for an answer; somebody (named) has given one; nothing is owed any more. */
  state: { kind: 'waits' } | { kind: 'seen'; by: string; at: Instant } | { kind: 'over' };
  ticket: { id: string; subject: string };
  promise: PromiseKind;
  dueAt: Instant;
  /** The colleague whose link it is, by name. */
  told: string;
  timeZone?: string;
  /** Where the form posts to: the path of the link. */
  action: string;
}

/** The field of the form: a post without it acknowledges nothing. */
export const SEEN = { name: 'notice', value: 'seen' } as const;

/** One notice of the ladder. Opening it records nothing, the button does; it works without scripts. */
export const noticePage = (page: NoticePage): string => {
  const { locale, brand, state, ticket, timeZone } = page;
  const { words } = locale;
  const title = { waits: 'notice.title', seen: 'notice.seen-title', over: 'notice.over-title' } as const;
  const time = (at: Instant): string => when(at, locale, timeZone, brand);
  const facts = html`<div class="panel"><dl class="told"><div><dt>${words['notice.ticket']}</dt><dd><bdi dir="ltr">${ticket.id}</bdi></dd></div>
<div><dt>${words['notice.subject']}</dt><dd><bdi>${ticket.subject}</bdi></dd></div>
<div><dt>${words['notice.promise']}</dt><dd>${words[`promise.${page.promise}`]}</dd></div>
<div><dt>${words['notice.due']}</dt><dd>${time(page.dueAt)}</dd></div>
<div><dt>${words['notice.by']}</dt><dd><bdi>${page.told}</bdi></dd></div></dl></div>`;
  const form = html`<p class="lead">${words['notice.what']}</p>
${facts}
<form method="post" action="${page.action}">
<input type="hidden" name="${SEEN.name}" value="${SEEN.value}">
<div class="send"><button class="button">${words['notice.button']}</button></div>
</form>`;
  const told =
    state.kind === 'seen'
      ? html`<p class="lead">${say(locale, 'notice.seen-lead', { agent: free(state.by), when: time(state.at) })}</p>
<p>${words['notice.seen-next']}</p>
${facts}`
      : html`<p class="lead">${words['notice.over-lead']}</p>
${facts}`;
  return layout(
    page,
    words[title[state.kind]],
    html`<h1>${words[title[state.kind]]}</h1>
${state.kind === 'waits' ? form : told}`,
  );
};
