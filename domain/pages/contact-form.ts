import { type Html, html } from '../contact/html.ts';
import { id } from '../contact/phrase.ts';
import { say } from './layout.ts';
import type { TicketPage } from './ticket-page.ts';

/** What was wrong with the number: it is none, or it asked for no text messages. */
export type ContactError = 'number' | 'stopped';

/** How we apologise when we have let somebody down: by mail, or by text message to a number they give for this ticket. */
export const contactForm = (page: TicketPage): Html | false => {
  const { locale, path, contact, texts } = page;
  const { words } = locale;
  if (contact === undefined && texts === undefined && !page.byMail) return false;
  return html`<details id="contact"${contact && html` open`}><summary>${words['ticket.contact.title']}</summary>
${
  texts === undefined
    ? html`<p>${words['ticket.contact.lead']}</p>
<form method="post" action="${path}/contact">
<input type="hidden" name="contactBy" value="sms">
<div class="question"><label for="phone">${words['ticket.contact.phone']}</label>
${
  contact &&
  html`<p class="error" id="e-phone">${words[`ticket.contact.error-${contact.error}`]}</p>
`
}<input id="phone" name="phone" type="tel" dir="ltr" autocomplete="tel" required value="${contact?.phone ?? ''}"${contact && html` aria-invalid="true" aria-describedby="e-phone"`}></div>
<button class="button second">${words['ticket.contact.texts']}</button>
</form>`
    : html`<p>${say(locale, 'ticket.contact.now', { number: id(texts) })}</p>
<form method="post" action="${path}/contact">
<input type="hidden" name="contactBy" value="mail">
<button class="button second">${words['ticket.contact.mail']}</button>
</form>`
}</details>
`;
};
