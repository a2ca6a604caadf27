import type { TemplateName } from '../mail/owed.ts';
import type { Ticket } from '../ticket/ticket.ts';

/** How the desk reaches somebody. */
export type Way = { email: string } | { phone: string };

/**
 * Who texts is texted back; everybody else gets mail, and a text message only where no mail address is known. A call is
 * acknowledged to the telephone it came from: an address said on the phone is easily misheard. Undefined for somebody
 * whose only trace is a chat or a public mention.
 */
export const wayTo = (
  { customer: { email, phone }, channel }: Pick<Ticket, 'customer' | 'channel'>,
  what?: TemplateName,
): Way | undefined => {
  const called = channel === 'phone' && what === 'acknowledgement';
  if (phone !== undefined && (channel === 'sms' || called || email === undefined)) return { phone };
  return email === undefined ? undefined : { email };
};
