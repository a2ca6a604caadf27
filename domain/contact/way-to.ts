import type { Ticket } from '../ticket/ticket.ts';

/** How the desk reaches somebody. */
export type Way = { email: string } | { phone: string };

/**
 * Who texts is texted back; everybody else gets mail, and a text message only where no mail address is known. Undefined
 * for somebody whose only trace is a chat or a public mention.
 */
export const wayTo = ({
  customer: { email, phone },
  channel,
}: Pick<Ticket, 'customer' | 'channel'>): Way | undefined => {
  if (phone !== undefined && (channel === 'sms' || email === undefined)) return { phone };
  return email === undefined ? undefined : { email };
};
