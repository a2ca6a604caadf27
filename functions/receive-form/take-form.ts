import { createHash } from 'node:crypto';
import type { Language } from '../../domain/contact/words.ts';
import { RequestAlreadyTaken } from '../../domain/errors.ts';
import type { Customers, Tickets } from '../../domain/ports.ts';
import type { Attachment } from '../../domain/ticket/message.ts';
import { contextNow, type Rules } from '../_shared/desk.ts';
import { hashOfBody } from '../_shared/http/idempotency.ts';
import { type LimitDeps, refuseMoreTickets } from '../_shared/http/web-limits.ts';
import type { Links } from '../_shared/links/links.ts';
import type { Count } from '../_shared/telemetry.ts';
import { openNewTicket } from '../_shared/tickets/open-new-ticket.ts';
import { type Answer, answerOf, recordOf } from '../_shared/tickets/opened-once.ts';
import type { HelpRequest } from './read-help-form.ts';

export interface TakeDeps extends Rules {
  caps: LimitDeps['caps'];
  tickets: Tickets;
  customers: Customers;
  links: Links;
  deskDomain: string;
  count: Count;
}

export interface Taken {
  ticketId: string;
  /** Of the link to the ticket. */
  token: string;
  /** The form had made this ticket before, with other words in it. */
  changed: boolean;
}

/** Makes a ticket of a form, once: posted again it is the same ticket. */
export const takeForm = async (
  request: HelpRequest,
  { once, attachments, locale }: { once: string; attachments: Attachment[]; locale: Language },
  deps: TakeDeps,
): Promise<Taken> => {
  const key = `form#${createHash('sha256').update(once).digest('hex')}`;
  const body = { ...request, locale: locale.code, files: attachments.map((file) => file.key).sort() };
  try {
    return await taken(await open(request, { key, body, attachments, locale }, deps), false, deps);
  } catch (error) {
    const record = error instanceof RequestAlreadyTaken ? await deps.tickets.request(error.key) : undefined;
    if (!record) throw error;
    return taken(answerOf(record), record.bodyHash !== hashOfBody(body), deps);
  }
};

const open = async (
  { subject, message, name, email, timeZone, report }: HelpRequest,
  { key, body, attachments, locale }: { key: string; body: object; attachments: Attachment[]; locale: Language },
  deps: TakeDeps,
): Promise<Answer> => {
  await refuseMoreTickets(email, deps);
  const ctx = contextNow(deps);
  const said = { locale: locale.code, ...(timeZone !== undefined && { timeZone }) };
  const customer = await deps.customers.byAddress(email, { name, ...said }, ctx.now, ctx.ids.ulid());
  const told = (ticketId: string): Answer => ({ ticketId, createdAt: ctx.now, customerId: customer.id });
  const { id } = await openNewTicket(
    deps,
    {
      subject,
      text: message,
      channel: 'web',
      // Somebody known may write in another language today, or be on a journey: the ticket follows the form.
      customer: { ...customer, ...said },
      report,
      attachments,
      deskDomain: deps.deskDomain,
      request: (ticketId) => recordOf(key, body, told(ticketId), ctx.now),
    },
    ctx,
  );
  return told(id);
};

const taken = async (
  { ticketId, createdAt, customerId }: Answer,
  changed: boolean,
  { links }: TakeDeps,
): Promise<Taken> => {
  const link = await links.ticket({ id: ticketId, customer: { id: customerId } }, createdAt);
  return { ticketId, token: link.slice(link.lastIndexOf('/') + 1), changed };
};
