import { when, whenAndWhere } from '../contact/format.ts';
import { type Html, html } from '../contact/html.ts';
import { id, strong } from '../contact/phrase.ts';
import type { WordOf } from '../contact/words.ts';
import type { ReplyRating } from '../rating/reply-rating.ts';
import type { Instant } from '../support/time.ts';
import type { Ticket } from '../ticket/ticket.ts';
import { type ContactError, contactForm } from './contact-form.ts';
import type { PublicMessage } from './conversation.ts';
import { errorSummary } from './error-summary.ts';
import type { Expectation } from './expectation.ts';
import type { FileField } from './file-field.ts';
import { formsScriptAddress } from './forms-script.ts';
import { feedbackFoot, layout, type PageFrame, say } from './layout.ts';
import type { Talk } from './talk.ts';
import { type WriteError, writeErrorOf, writeForm } from './ticket-forms.ts';
import { messageOf, wholeMessage } from './ticket-message.ts';

/** What has just been done, told at the top of the page. */
export const NOTICES = [
  'message',
  'follow-up',
  'reopened',
  'open',
  'rating',
  'rating-low',
  'rating-final',
  'texts',
  'mail',
] as const;
export type Notice = (typeof NOTICES)[number] | 'reopen-over';

/** The customer's own ticket: where it stands, what to expect, what was said, and the ways to go on. */
export interface TicketPage extends PageFrame<'ticket' | 'rating' | 'upload' | 'common' | 'time'> {
  /** The path of the link, `/t/<token>`. */
  path: string;
  ticket: Pick<Ticket, 'id' | 'subject' | 'status' | 'createdAt' | 'followUpOf'>;
  /** Numbers of the customer's other requests that are a part of this one. */
  alsoOf?: readonly string[];
  expectation?: Expectation;
  timeZone?: string;
  talk: Talk;
  /** Until when the customer can or could open it again; absent while it is open. */
  reopen?: { until: Instant; open: boolean };
  /** The customer gets our mails, and may answer them. */
  byMail: boolean;
  /** The number, less all but its end, to which they agreed to have text messages about this ticket. */
  texts?: string;
  /** A number that was posted and not taken. */
  contact?: { phone: string; error: ContactError };
  /** Makes a form that is posted twice one message. */
  once: string;
  /** The part of the form that takes files; it needs the script of forms, or its frame. */
  files: Pick<FileField, 'held' | 'box' | 'gone'>;
  /** Until when this rating may be changed; undefined when it is final. */
  rateableUntil(rating: ReplyRating): Instant | undefined;
  /** The reply whose rating form is open, with the chosen answer. */
  rate?: { message: string; score?: number; wrong?: boolean };
  notice?: Notice;
  /** What was posted and not taken. */
  write?: { text: string; error?: WriteError };
}

export const ticketPage = (page: TicketPage): string => {
  const { locale, ticket, talk, write, rate } = page;
  const [first, ...rest] = talk.shown;
  const title = `${locale.words['ticket.title']} ${ticket.id}`;
  const failed = write?.error !== undefined || rate?.wrong;
  return layout(
    page,
    failed ? `${locale.words['ticket.write.error-title']} – ${title}` : title,
    html`${heading(page)}
${problems(page)}${noticeOf(page)}${steps(page)}
${standing(page)}
${talk.newest ? html`${first && html`<h2>${locale.words['ticket.latest']}</h2><div class="talk">${messageOf(first, page)}</div>`}${writeForm(page)}${earlier(rest, page)}${contactForm(page)}<script src="${formsScriptAddress}" defer></script>` : html`<p><a class="more" href="${page.path}">${locale.words['ticket.back']}</a></p>${earlier(talk.shown, page)}`}`,
    feedbackFoot(locale),
  );
};

/** A page for one long message. */
export const messagePage = (page: TicketPage, message: PublicMessage, part: number): string =>
  layout(
    page,
    `${page.locale.words['ticket.title']} ${page.ticket.id}`,
    html`${heading(page)}
<p><a class="more" href="${page.path}#m-${message.id}">${page.locale.words['ticket.back']}</a></p>
<div class="talk">${wholeMessage(message, part, page)}</div>`,
  );

const heading = ({ locale, brand, ticket, timeZone, alsoOf = [] }: TicketPage): Html =>
  html`<h1><bdi>${ticket.subject}</bdi></h1>
<p class="facts"><span>${locale.words['ticket.number']} <bdi dir="ltr">${ticket.id}</bdi></span><span>${say(locale, 'ticket.opened', { when: when(ticket.createdAt, locale, timeZone, brand) })}</span>${ticket.followUpOf !== undefined && html`<span>${say(locale, 'ticket.follow-up-of', { ticket: id(ticket.followUpOf) })}</span>`}${alsoOf.map((number) => html`<span>${say(locale, 'ticket.together', { ticket: id(number) })}</span>`)}</p>`;

const earlier = (messages: readonly PublicMessage[], page: TicketPage): Html | false => {
  const { words } = page.locale;
  const { older } = page.talk;
  return (
    (messages.length > 0 || older !== undefined) &&
    html`<h2>${words['ticket.earlier']}</h2>
<div class="talk">${messages.map((message) => messageOf(message, page))}</div>
${older !== undefined && html`<p><a class="more" href="?from=${older}">${words['ticket.older']}</a></p>`}`
  );
};

/** What stopped the form, first on the page, with a link to the place. */
const problems = ({ locale, write, rate, contact }: TicketPage): Html | false => {
  if (contact !== undefined)
    return errorSummary(locale.words['common.error-title'], [
      { at: 'phone', words: locale.words[`ticket.contact.error-${contact.error}`] },
    ]);
  if (write?.error !== undefined)
    return errorSummary(locale.words['ticket.write.error-title'], [
      { at: 'body', words: writeErrorOf(locale, write.error) },
    ]);
  return (
    rate?.wrong === true &&
    errorSummary(locale.words['common.error-title'], [{ at: `m-${rate.message}`, words: locale.words['rating.error'] }])
  );
};

const noticeOf = ({ locale, notice, ticket }: TicketPage): Html | false => {
  if (notice === undefined) return false;
  const words =
    notice === 'reopen-over'
      ? say(locale, 'ticket.reopen.over')
      : notice === 'follow-up'
        ? say(locale, 'ticket.sent.follow-up', { ticket: id(ticket.followUpOf ?? ticket.id) })
        : say(locale, `ticket.sent.${notice}`);
  return html`<div class="notice" id="notice" role="status" tabindex="-1"><p>${words}</p></div>
`;
};

const STEP = { new: 0, open: 1, pending: 1, 'on-hold': 1, resolved: 2, closed: 2 } as const;

/** Received, being worked on, resolved: with the words of the present status at its place. */
const steps = ({ locale, ticket }: TicketPage): Html => {
  const here = STEP[ticket.status];
  const names: WordOf<'ticket'>[] = ['ticket.status.new', 'ticket.status.open', 'ticket.status.resolved'];
  return html`<ol class="steps">${names.map((name, index) => {
    const word = locale.words[index === here ? (`ticket.status.${ticket.status}` as const) : name];
    if (index === here) return html`<li aria-current="step">${word}</li>`;
    return index < here ? html`<li class="done">${word}</li>` : html`<li>${word}</li>`;
  })}</ol>`;
};

/** Where it stands and what to expect, in words; a ticket that can no longer be opened again is closed for its customer. */
const standing = (page: TicketPage): Html => {
  const { locale, ticket, reopen } = page;
  const status = reopen?.open === false ? 'closed' : ticket.status;
  return html`<div class="panel"><p>${locale.words[`ticket.next.${status}`]}</p>${expectationOf(page)}${ticket.status === 'pending' && page.talk.newest && html`<p><a class="button" href="#write">${locale.words['ticket.write.title-answer']}</a></p>`}</div>`;
};

const expectationOf = ({ expectation, locale, timeZone, brand }: TicketPage): Html | false => {
  if (expectation === undefined) return false;
  const time = (at: Instant) => whenAndWhere(at, locale, timeZone, brand);
  switch (expectation.kind) {
    case 'reply':
    case 'solution':
      if (expectation.longerThan !== undefined)
        return html`<p>${say(locale, 'ticket.expect.late', { when: strong(time(expectation.longerThan)) })}</p><p>${say(locale, 'ticket.expect.late-until', { when: strong(time(expectation.by)) })}</p>`;
      return html`<p>${locale.words[`ticket.expect.${expectation.kind}`]}<br><strong>${time(expectation.by)}</strong></p>`;
    case 'late-reply':
    case 'late-solution': {
      const word = expectation.kind === 'late-reply' ? 'ticket.expect.late' : 'ticket.expect.late-solution';
      return html`<p>${say(locale, word, { when: strong(time(expectation.since)) })}</p><p>${locale.words['ticket.expect.late-next']}${expectation.by !== undefined && html` ${say(locale, 'ticket.expect.late-until', { when: strong(time(expectation.by)) })}`}</p>`;
    }
    case 'paused':
      return html`<p>${locale.words['ticket.expect.paused']}${expectation.lookAgainBy !== undefined && html` ${say(locale, 'ticket.expect.look-again', { when: time(expectation.lookAgainBy) })}`}</p>`;
  }
};
