import { uploadsAmong } from '../../contact/upload.ts';
import type { Context } from '../../context.ts';
import { suggestionIn } from '../../feedback/suggestion.ts';
import type { Ledger } from '../../ports.ts';
import { type Decision, decided, refused } from '../../support/decision.ts';
import { assertNever } from '../../support/exhaustive.ts';
import { asOpen, asReopened } from '../as-status.ts';
import type { Change, RequestRecord } from '../change.ts';
import type { Message } from '../message.ts';
import type { Requester } from '../ticket.ts';
import { type Heard, heardMessage } from './heard-message.ts';
import { makeChange, type Noted } from './make-change.ts';
import { spokeUp } from './paused-by.ts';
import { reopenedNote } from './reopen.ts';
import { mayReopenUntil } from './reopen-window.ts';
import { isThanks, thankedNote } from './thanks.ts';

export interface CustomerReplyInput extends Heard {
  customer: Requester;
  request?: RequestRecord;
}

/**
 * A message of the customer on a ticket they have, by any channel. It ends a wait, theirs or for a third party: somebody
 * has to read it. It reopens a ticket that was resolved within the window, and is refused (`window-over`) after it: the
 * caller then opens a linked follow-up ticket.
 */
export const customerReply = (
  ledger: Ledger,
  input: CustomerReplyInput,
  ctx: Context,
): Decision<Change, 'window-over' | 'merged'> =>
  heardFromCustomer(
    ledger,
    heardMessage(ledger.ticket.id, `customer:${input.customer.id}`, input, ctx),
    input.customer,
    ctx,
    {
      ...(input.request === undefined ? {} : { request: input.request }),
    },
  );

/**
 * What a message does to its ticket once it is part of the conversation; nothing, if it only says thanks. `first`: what
 * happened right before it.
 */
export const heardFromCustomer = (
  ledger: Ledger,
  message: Message,
  customer: Pick<Requester, 'id'>,
  ctx: Context,
  { first = [], ...rest }: Pick<Change, 'request'> & { first?: Noted[] } = {},
): Decision<Change, 'window-over' | 'merged'> => {
  const { ticket } = ledger;
  if (ticket.mergedInto !== undefined)
    return refused('merged', `Ticket ${ticket.id} is a part of ${ticket.mergedInto}: the message belongs there.`);
  if (ticket.customer.erased)
    return refused('window-over', `The customer of ticket ${ticket.id} is erased: what is written now is new.`);
  const by = `customer:${customer.id}` as const;
  const { channel } = message;
  const wrote: Noted = {
    type: 'customer-replied',
    by,
    reason: `A message by ${channel}.`,
    message: message.id,
    channel,
    ...uploadsAmong(message.attachments),
  };
  const thanked = { ...rest, messages: [message] };
  if (isThanks(ticket, message, ctx))
    return decided(makeChange(ledger, ticket, [...first, thankedNote(message, ctx)], ctx, thanked));
  const suggestion = suggestionIn(ledger, message, customer.id, ctx);
  const also = { ...thanked, ...(suggestion === undefined ? {} : { feedback: suggestion }) };
  switch (ticket.status) {
    case 'new':
    case 'open':
      return decided(makeChange(ledger, ticket, [...first, wrote], ctx, also));
    case 'pending':
    case 'on-hold': {
      const resumed: Noted = { type: 'resumed', by, reason: spokeUp(ticket) };
      return decided(makeChange(ledger, asOpen(ticket), [...first, wrote, resumed], ctx, also));
    }
    case 'resolved':
    case 'closed': {
      const until = mayReopenUntil(ticket, ctx.policy);
      if (ctx.now > until)
        return refused('window-over', `Ticket ${ticket.id} could be reopened by the customer until ${until}.`);
      const after = asReopened(ticket);
      const reopened = reopenedNote({ by, cause: 'customer' }, after.cycle);
      return decided(makeChange(ledger, after, [...first, reopened, wrote], ctx, also));
    }
    default:
      return assertNever(ticket);
  }
};
