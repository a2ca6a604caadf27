import { number, when } from '../contact/format.ts';
import { type Html, html } from '../contact/html.ts';
import type { PublicMessage } from './conversation.ts';
import { fileField } from './file-field.ts';
import { say } from './layout.ts';
import type { TicketPage } from './ticket-page.ts';

/** The longest message this page takes, in characters; a form of so many fits into a request in any script but the widest. */
export const LONGEST_MESSAGE = 25_000;

export type WriteError = 'empty' | 'too-long' | 'files';

/** Where the customer writes: an answer, an addition, a reopening, or what becomes a linked request. */
export const writeForm = (page: TicketPage): Html => {
  const { locale, brand, timeZone, write, reopen } = page;
  if (reopen?.open) return reopenForm(page, reopen.until);
  const title = reopen
    ? 'ticket.write.title-again'
    : page.ticket.status === 'pending'
      ? 'ticket.write.title-answer'
      : 'ticket.write.title';
  return html`<section id="write"><h2>${locale.words[title]}</h2>
${reopen && html`<p>${say(locale, 'ticket.write.over', { when: when(reopen.until, locale, timeZone, brand) })}</p>`}
<form method="post" action="${page.path}/messages">
<input type="hidden" name="once" value="${page.once}">
<div class="question"><label for="body">${locale.words['ticket.write.label']} <span class="hint">${locale.words['common.required']}</span></label>
${errorOf(page)}<textarea id="body" name="body" rows="6" dir="auto" required${described(page)}>${write?.text}</textarea></div>
${fileField({ locale, ...page.files })}<div class="send"><button class="button">${locale.words['ticket.write.send']}</button>${page.byMail && html`<p class="small">${locale.words['ticket.how-to-add']}</p>`}</div>
</form></section>
`;
};

const reopenForm = (page: TicketPage, until: string): Html => {
  const { locale, brand, timeZone, write } = page;
  return html`<section id="write"><h2>${locale.words['ticket.reopen.title']}</h2>
<p>${say(locale, 'ticket.reopen.lead', { when: when(until, locale, timeZone, brand) })}</p>
<form method="post" action="${page.path}/reopen">
<input type="hidden" name="once" value="${page.once}">
<div class="question"><label for="body">${locale.words['ticket.reopen.reason']} <span class="hint">${locale.words['common.optional']}</span></label>
${errorOf(page)}<textarea id="body" name="reason" rows="4" dir="auto"${described(page)}>${write?.text}</textarea></div>
${fileField({ locale, ...page.files })}<div class="send"><button class="button">${locale.words['ticket.reopen.button']}</button></div>
</form></section>
`;
};

const described = ({ write }: TicketPage): Html | false =>
  write?.error !== undefined && html` aria-invalid="true" aria-describedby="e-body"`;

const errorOf = ({ locale, write }: TicketPage): Html | false =>
  write?.error !== undefined &&
  html`<p class="error" id="e-body">${writeErrorOf(locale, write.error)}</p>
`;

export const writeErrorOf = (locale: TicketPage['locale'], error: WriteError): Html =>
  error === 'too-long'
    ? say(locale, 'ticket.write.error-too-long', { most: number(LONGEST_MESSAGE, locale) })
    : say(locale, `ticket.write.error-${error}`);

/** The answers of the scale, none chosen unless the link or an earlier rating chose one. Choosing records nothing. */
export const rateForm = (message: PublicMessage, page: TicketPage): Html => {
  const { locale, rate } = page;
  const chosen = rate?.score ?? message.rating?.score;
  return html`<form class="rate" method="post" action="${page.path}/ratings">
<input type="hidden" name="message" value="${message.id}">
<fieldset${rate?.wrong && html` aria-describedby="e-rate"`}><legend>${locale.words['rating.question']}</legend>
${
  rate?.wrong &&
  html`<p class="error" id="e-rate">${locale.words['rating.error']}</p>
`
}<div class="options four">${locale.replyRating.map(
    ({ value, label }) =>
      html`<label class="option"><input type="radio" name="score" value="${value}"${chosen === value && html` checked`} required><span>${label}</span></label>
`,
  )}</div></fieldset>
<button class="button second">${locale.words[message.rating ? 'rating.change' : 'rating.send']}</button>
</form>`;
};
