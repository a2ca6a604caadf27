import type { Context } from '../../context.ts';
import type { Ledger } from '../../ports.ts';
import { type Decision, decided, refused } from '../../support/decision.ts';
import { assertNever } from '../../support/exhaustive.ts';
import { asOpen, asReopened } from '../as-status.ts';
import type { Change, RequestRecord } from '../change.ts';
import type { Attachment, Message } from '../message.ts';
import type { Channel, Requester } from '../ticket.ts';
import { makeChange, type Noted } from './make-change.ts';
import { reopenedNote } from './reopen.ts';
import { mayReopenUntil } from './reopen-window.ts';

export interface CustomerReplyInput {
  text: string;
  html?: string;
  channel: Channel;
  customer: Requester;
  attachments: Attachment[];
  mailId?: string;
  raw?: string;
  request?: RequestRecord;
}

/**
 * A message of the customer on a ticket they have, by any channel. It answers a ticket that waits for them, reopens one
 * that was resolved within the window, and is refused (`window-over`) after it: the caller then opens a linked
 * follow-up ticket.
 */
export const customerReply = (
  ledger: Ledger,
  input: CustomerReplyInput,
  ctx: Context,
): Decision<Change, 'window-over'> => {
  const { ticket } = ledger;
  const by = `customer:${input.customer.id}` as const;
  const message = messageOf(ledger, input, ctx);
  const wrote: Noted = {
    type: 'customer-replied',
    by,
    reason: `A message by ${input.channel}.`,
    message: message.id,
    channel: input.channel,
  };
  const also = { messages: [message], ...(input.request === undefined ? {} : { request: input.request }) };
  switch (ticket.status) {
    case 'new':
    case 'open':
    case 'on-hold':
      return decided(makeChange(ledger, ticket, [wrote], ctx, also));
    case 'pending': {
      const resumed: Noted = { type: 'resumed', by, reason: 'The customer answered.' };
      return decided(makeChange(ledger, asOpen(ticket), [wrote, resumed], ctx, also));
    }
    case 'resolved':
    case 'closed': {
      const until = mayReopenUntil(ticket, ctx.policy);
      if (ctx.now > until)
        return refused('window-over', `Ticket ${ticket.id} could be reopened by the customer until ${until}.`);
      const after = asReopened(ticket);
      return decided(
        makeChange(ledger, after, [reopenedNote({ by, cause: 'customer' }, after.cycle), wrote], ctx, also),
      );
    }
    default:
      return assertNever(ticket);
  }
};

const messageOf = ({ ticket }: Ledger, input: CustomerReplyInput, ctx: Context): Message => ({
  id: ctx.ids.ulid(),
  ticketId: ticket.id,
  at: ctx.now,
  direction: 'in',
  channel: input.channel,
  author: `customer:${input.customer.id}`,
  text: input.text,
  attachments: input.attachments,
  ...(input.html === undefined ? {} : { html: input.html }),
  ...(input.mailId === undefined ? {} : { mailId: input.mailId }),
  ...(input.raw === undefined ? {} : { raw: input.raw }),
});
