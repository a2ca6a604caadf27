import type { TicketId } from '../ticket/ticket.ts';

/** The first ticket that a message names: `T-7K2M9Q`. Naming it proves nothing: who may write there is asked elsewhere. */
export const ticketNamedIn = (text: string): TicketId | undefined =>
  /(?<![A-Z0-9-])T-[0-9A-HJKMNP-TV-Z]{6}(?![A-Z0-9])/i.exec(text)?.[0].toUpperCase();
