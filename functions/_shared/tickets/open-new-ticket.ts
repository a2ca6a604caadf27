import type { Context } from '../../../domain/context.ts';
import { TicketIdTaken } from '../../../domain/errors.ts';
import type { Tickets } from '../../../domain/ports.ts';
import { type Further, type OpenTicketInput, openTicket } from '../../../domain/ticket/acts/open-ticket.ts';
import type { RequestRecord } from '../../../domain/ticket/change.ts';
import type { NewTicket } from '../../../domain/ticket/ticket.ts';
import { type Count, logger } from '../telemetry.ts';

const ATTEMPTS = 5;

export interface NewTicketInput extends Omit<OpenTicketInput, 'id' | 'request' | 'further'> {
  /** What makes this ticket once; its answer names the ticket. */
  request?: (id: string) => RequestRecord;
  /** What else is told with it; asked again for each id that is tried. */
  further?: (id: string) => Promise<Further>;
}

export interface OpenDeps {
  tickets: Pick<Tickets, 'record'>;
  count: Count;
}

/** Opens a ticket under an id of its own, and counts it: by chance an id may be taken, then another is tried. */
export const openNewTicket = async (
  { tickets, count }: OpenDeps,
  { request, further, ...input }: NewTicketInput,
  ctx: Context,
): Promise<Pick<NewTicket, 'id' | 'createdAt'>> => {
  for (let attempt = 1; ; attempt += 1) {
    const id = ctx.ids.ticketId();
    const also = { ...(request && { request: request(id) }), ...(further && { further: await further(id) }) };
    const change = openTicket({ ...input, id, ...also }, ctx);
    try {
      await tickets.record(change);
      logger.info('A ticket was opened.', { ticketId: id });
      count('TicketsReceived');
      return { id, createdAt: change.after.createdAt };
    } catch (error) {
      if (!(error instanceof TicketIdTaken) || attempt === ATTEMPTS) throw error;
    }
  }
};
