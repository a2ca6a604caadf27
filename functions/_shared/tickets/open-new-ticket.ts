import type { Context } from '../../../domain/context.ts';
import { TicketIdTaken } from '../../../domain/errors.ts';
import type { Tickets } from '../../../domain/ports.ts';
import { type Further, type OpenTicketInput, openTicket } from '../../../domain/ticket/acts/open-ticket.ts';
import type { RequestRecord } from '../../../domain/ticket/change.ts';
import type { NewTicket } from '../../../domain/ticket/ticket.ts';

const ATTEMPTS = 5;

export interface NewTicketInput extends Omit<OpenTicketInput, 'id' | 'request' | 'further'> {
  /** What makes this ticket once; its answer names the ticket. */
  request?: (id: string) => RequestRecord;
  /** What else is told with it; asked again for each id that is tried. */
  further?: (id: string) => Promise<Further>;
}

/** Opens a ticket under an id of its own: by chance an id may be taken, then another is tried. */
export const openNewTicket = async (
  tickets: Pick<Tickets, 'record'>,
  { request, further, ...input }: NewTicketInput,
  ctx: Context,
): Promise<Pick<NewTicket, 'id' | 'createdAt'>> => {
  for (let attempt = 1; ; attempt += 1) {
    const id = ctx.ids.ticketId();
    const also = { ...(request && { request: request(id) }), ...(further && { further: await further(id) }) };
    const change = openTicket({ ...input, id, ...also }, ctx);
    try {
      await tickets.record(change);
      return { id, createdAt: change.after.createdAt };
    } catch (error) {
      if (!(error instanceof TicketIdTaken) || attempt === ATTEMPTS) throw error;
    }
  }
};
