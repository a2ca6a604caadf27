import type { Way } from '../contact/way-to.ts';
import { wayTo } from '../contact/way-to.ts';
import type { Policy } from '../policy.ts';
import type { Ticket } from '../ticket/ticket.ts';

/** By which ways this customer is not reached any more. */
export interface Unreachable {
  /** The mail address bounced for good or complained. */
  suppressed: boolean;
  /** The number asked for no text messages. */
  textsRefused: boolean;
}

/** The number that takes text messages about this ticket: it is written from, or its customer agreed. */
export const numberOf = ({ customer: { phone, textsConsent }, channel }: Pick<Ticket, 'customer' | 'channel'>) =>
  channel === 'sms' || textsConsent !== undefined ? phone : undefined;

/**
 * How an unhappy customer is written to. A text message goes to those alone who agreed to text messages, or who text
 * themselves, and only where the policy lets it; to everybody else, and where texts were refused, it is a mail. A number is
 * the last resort for somebody whose address takes no mail. Undefined: only a call is left.
 */
export const apologyWay = (
  ticket: Pick<Ticket, 'customer' | 'channel'>,
  { suppressed, textsRefused }: Unreachable,
  { remediation: { apologiseBy } }: Pick<Policy, 'remediation'>,
): Way | undefined => {
  const { email } = ticket.customer;
  const number = textsRefused ? undefined : numberOf(ticket);
  const mail = suppressed || email === undefined ? undefined : { email };
  const text = number === undefined ? undefined : { phone: number };
  if (apologiseBy === 'mail') return mail ?? text;
  return text ?? mail ?? ownWay(ticket, textsRefused);
};

/** Who is known by a number alone is texted as in all else about the ticket. */
const ownWay = (ticket: Pick<Ticket, 'customer' | 'channel'>, textsRefused: boolean): Way | undefined => {
  const way = wayTo(ticket, 'apology');
  return way !== undefined && 'phone' in way && !textsRefused ? way : undefined;
};
