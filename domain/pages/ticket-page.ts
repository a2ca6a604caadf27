import { shortly, when } from '../contact/format.ts';
import { type Html, html } from '../contact/html.ts';
import { free } from '../contact/phrase.ts';
import type { Word } from '../contact/words.ts';
import type { Instant } from '../support/time.ts';
import type { Ticket } from '../ticket/ticket.ts';
import type { PublicMessage } from './conversation.ts';
import { layout, ownWords, type PageFrame, say } from './layout.ts';

/** The customer's own ticket. */
export interface TicketPage extends PageFrame {
  ticket: Pick<Ticket, 'id' | 'subject' | 'status' | 'createdAt' | 'clock'>;
  timeZone?: string;
  messages: readonly PublicMessage[];
  now: Instant;
}

export const ticketPage = (page: TicketPage): string => {
  const { locale, brand, ticket, timeZone } = page;
  return layout(
    page,
    `${locale.words['ticket.title']} ${ticket.id}`,
    html`<h1><bdi>${ticket.subject}</bdi></h1>
<p class="facts"><span>${locale.words['ticket.number']} <bdi dir="ltr">${ticket.id}</bdi></span><span>${say(locale, 'ticket.opened', { when: when(ticket.createdAt, locale, timeZone, brand) })}</span></p>
${steps(page)}
<div class="panel"><p>${locale.words[`ticket.next.${ticket.status}`]}</p>${expectation(page)}</div>
<h2>${locale.words['ticket.conversation']}</h2>
<ol class="talk">
${page.messages.map((message) => messageOf(message, page))}</ol>
<p class="small">${locale.words['ticket.how-to-add']}</p>`,
  );
};

const STEP = { new: 0, open: 1, pending: 1, 'on-hold': 1, resolved: 2, closed: 2 } as const;

/** Received, being worked on, resolved: with the words of the present status at its place. */
const steps = ({ locale, ticket }: TicketPage): Html => {
  const here = STEP[ticket.status];
  const names: Word[] = ['ticket.status.new', 'ticket.status.open', 'ticket.status.resolved'];
  return html`<ol class="steps">${names.map((name, index) => {
    const word = locale.words[index === here ? (`ticket.status.${ticket.status}` as const) : name];
    if (index === here) return html`<li aria-current="step">${word}</li>`;
    return index < here ? html`<li class="done">${word}</li>` : html`<li>${word}</li>`;
  })}</ol>`;
};

/** When to expect what: the reply that is owed, else the solution. Nothing while somebody else has the next step. */
const expectation = ({ ticket, locale, timeZone, brand, now }: TicketPage): Html | false => {
  if (ticket.status !== 'new' && ticket.status !== 'open') return false;
  const { firstReply, nextReply, resolution } = ticket.clock;
  const owed = [firstReply, nextReply].find((promise) => promise?.state === 'running' || promise?.state === 'breached');
  const promise = owed ?? resolution;
  if (promise === undefined || promise.state === 'met' || promise.state === 'paused') return false;
  if (promise.state === 'breached' || promise.dueAt <= now) return html`<p>${locale.words['ticket.expect.late']}</p>`;
  const word = locale.words[owed === undefined ? 'ticket.expect.solution' : 'ticket.expect.reply'];
  return html`<p>${word}<br><strong>${when(promise.dueAt, locale, timeZone, brand)}</strong></p>`;
};

const messageOf = (message: PublicMessage, { locale, brand, timeZone }: TicketPage): Html => {
  const name =
    message.from === 'customer'
      ? locale.words['ticket.you']
      : html`<bdi>${message.agent ?? say(locale, 'ticket.desk', { desk: free(brand.name) })}</bdi>`;
  return html`<li${message.from === 'desk' && html` class="theirs"`}><h3><span>${name}</span><time datetime="${message.at}">${shortly(message.at, locale, timeZone, brand)}</time></h3>
${ownWords(message.text)}${message.attachments.length > 0 && html`<p class="small">${locale.words['ticket.attachments']}: ${message.attachments.map((file, index) => html`${index > 0 && ', '}<bdi>${file}</bdi>`)}</p>`}</li>
`;
};
