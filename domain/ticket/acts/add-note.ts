import type { Context } from '../../context.ts';
import type { Ledger } from '../../ports.ts';
import type { Change } from '../change.ts';
import type { Message } from '../message.ts';
import type { AgentId } from '../ticket.ts';
import { makeChange } from './make-change.ts';

/** A note among agents: the customer never sees it, and no clock hears it. Possible at any time. */
export const addNote = (ledger: Ledger, { agent, body }: { agent: AgentId; body: string }, ctx: Context): Change => {
  const { ticket } = ledger;
  const message: Message = {
    id: ctx.ids.ulid(),
    ticketId: ticket.id,
    at: ctx.now,
    direction: 'note',
    channel: ticket.channel,
    author: `agent:${agent}`,
    text: body,
    attachments: [],
  };
  const noted = { type: 'noted' as const, by: `agent:${agent}` as const, reason: 'A note.', message: message.id };
  return makeChange(ledger, ticket, [noted], ctx, { messages: [message] });
};
