import { when } from '../contact/format.ts';
import { html } from '../contact/html.ts';
import { free, id } from '../contact/phrase.ts';
import type { Instant } from '../support/time.ts';
import { feedbackFoot, layout, type PageFrame, say } from './layout.ts';

export interface ThanksPage extends PageFrame<'thanks' | 'time' | 'common'> {
  ticket: { id: string; subject: string };
  /** Where answers go. */
  email?: string;
  /** By when a person answers, if that is promised and still ahead. */
  promise?: Instant;
  /** The customer's own zone; without it the time is told in the desk's, by name. */
  timeZone?: string;
  /** Path of the ticket's page. */
  link: string;
}

/** After a message has become a ticket: its number, and when to expect an answer. It may be reloaded and kept. */
export const thanksPage = (page: ThanksPage): string => {
  const { locale, brand, ticket, promise, timeZone, email } = page;
  const { words } = locale;
  return layout(
    page,
    words['thanks.title'],
    html`<h1>${words['thanks.title']}</h1>
<p class="lead">${say(locale, 'thanks.lead', { subject: free(ticket.subject) })}</p>
<div class="panel"><dl class="told"><div><dt>${words['thanks.number']}</dt><dd><bdi dir="ltr">${ticket.id}</bdi></dd></div>
${promise === undefined ? html`<div><dt>${words['thanks.no-promise']}</dt></div>` : html`<div><dt>${words['thanks.promise']}</dt><dd><time datetime="${promise}">${when(promise, locale, timeZone, brand)}</time>${timeZone !== undefined && html` <span class="hint">${words['thanks.your-time']}</span>`}</dd></div>`}</dl></div>
<p><a class="button" href="${page.link}">${words['thanks.follow']}</a></p>
${email !== undefined && html`<p class="small">${say(locale, 'thanks.mail', { email: id(email) })}</p>`}
<p class="small"><a href="/help?lang=${locale.code}">${words['thanks.another']}</a></p>`,
    feedbackFoot(locale),
  );
};
