import { fileSize, number, shortly, when } from '../contact/format.ts';
import { type Html, html } from '../contact/html.ts';
import { free } from '../contact/phrase.ts';
import type { PublicMessage } from './conversation.ts';
import { partsOf } from './excerpt.ts';
import { ownWords, say } from './layout.ts';
import { linkedWords } from './linked-words.ts';
import { MOST_FILES_SHOWN, MOST_QUOTED, MOST_TEXT } from './talk.ts';
import { rateForm } from './ticket-forms.ts';
import type { TicketPage } from './ticket-page.ts';

/** One message of the conversation: who, when, their words, what was quoted, the files, and its rating. */
export const messageOf = (message: PublicMessage, page: TicketPage): Html => {
  const { locale } = page;
  const [text = '', ...more] = partsOf(message.text, MOST_TEXT);
  const [quoted = '', ...moreQuoted] = partsOf(message.quoted?.trim() ?? '', MOST_QUOTED);
  return html`<article id="m-${message.id}"${message.from === 'desk' && html` class="theirs"`}><h3>${head(message, page)}</h3>
${wordsOf(message, text)}${quoted !== '' && html`<details><summary>${locale.words['ticket.quoted']}</summary>${ownWords(quoted)}</details>`}
${more.length + moreQuoted.length > 0 && html`<p><a class="more" href="?message=${message.id}">${locale.words['ticket.more']}</a></p>`}
${notes(message, page)}${files(message, page)}${message.rateable && rating(message, page)}</article>
`;
};

/** How much of a message stands on a page of its own, in bytes. */
const MOST_PART = 24_000;

/** A long message by itself, part by part. */
export const wholeMessage = (message: PublicMessage, part: number, page: TicketPage): Html => {
  const { locale } = page;
  const parts = partsOf([message.text, message.quoted?.trim() ?? ''].join('\n\n').trim(), MOST_PART);
  const shown = Math.min(Math.max(1, part), parts.length);
  return html`<article${message.from === 'desk' && html` class="theirs"`}><h2>${head(message, page)}</h2>
${parts.length > 1 && html`<p class="small">${say(locale, 'ticket.part', { part: number(shown, locale), parts: number(parts.length, locale) })}</p>`}
${wordsOf(message, parts[shown - 1] ?? '')}
${shown < parts.length && html`<p><a class="more" href="?message=${message.id}&amp;part=${shown + 1}">${locale.words['ticket.read-on']}</a></p>`}
${notes(message, page)}${files(message, page)}</article>
`;
};

const head = (message: PublicMessage, { locale, brand, timeZone }: TicketPage): Html => {
  const name =
    message.from === 'customer'
      ? locale.words['ticket.you']
      : html`<bdi>${message.agent ?? say(locale, 'ticket.desk', { desk: free(brand.name) })}</bdi>`;
  return html`<span>${name}</span> <time datetime="${message.at}">${shortly(message.at, locale, timeZone, brand)}</time>`;
};

/** Only what the desk wrote has links: an address in anybody else's words stays words. */
const wordsOf = ({ from }: PublicMessage, text: string): Html =>
  from === 'desk' ? ownWords(text, linkedWords) : ownWords(text);

const notes = ({ masked, cut }: PublicMessage, { locale }: TicketPage): Html =>
  html`${masked && html`<p class="small">${locale.words['ticket.masked']}</p>`}${cut && html`<p class="small">${locale.words['ticket.cut']}</p>`}`;

const files = ({ id, files: all }: PublicMessage, { locale, path }: TicketPage): Html | false => {
  const more = all.length - MOST_FILES_SHOWN;
  return (
    all.length > 0 &&
    html`<ul class="files" aria-label="${locale.words['ticket.attachments']}">${all.slice(0, MOST_FILES_SHOWN).map(
      ({ name, bytes }, index) =>
        html`<li><a href="${path}/attachments/${id}/${index}"><bdi>${name}</bdi></a> <span class="small"><bdi>${fileSize(bytes, locale)}</bdi></span></li>
`,
    )}${more > 0 && html`<li class="small">${say(locale, 'ticket.more-files', { count: number(more, locale) })}</li>`}</ul>
`
  );
};

const rating = (message: PublicMessage, page: TicketPage): Html => {
  const { locale, brand, timeZone, rate } = page;
  if (rate?.message === message.id) return rateForm(message, page);
  const given = message.rating;
  const link = (word: 'rating.change' | 'rating.link'): Html =>
    html`<a class="more" href="?rate=${message.id}#m-${message.id}">${locale.words[word]}</a>`;
  if (given === undefined) return html`<p class="rated">${link('rating.link')}</p>`;
  const label = locale.replyRating.find(({ value }) => value === given.score)?.label ?? given.label;
  const until = page.rateableUntil(given);
  return html`<p class="rated"><span>${say(locale, 'rating.yours', { rating: { kind: 'strong', text: label } })}</span>${until !== undefined && html` <span class="small">${say(locale, 'common.change-until', { when: when(until, locale, timeZone, brand) })}</span> ${link('rating.change')}`}</p>`;
};
