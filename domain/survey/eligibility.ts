import { wayTo } from '../contact/way-to.ts';
import type { Agent } from '../policy.ts';
import { type Instant, millis } from '../support/time.ts';
import { answeredBy, inOrder, type TicketEvent } from '../ticket/event.ts';
import type { Ticket } from '../ticket/ticket.ts';

export type Colleague = Pick<Agent, 'id' | 'name' | 'email'>;

/** What is known of the person beside the ticket. */
export interface Askable {
  /** The desk's own people. */
  staff: readonly Colleague[];
  /** The address bounced for good or complained. */
  suppressed: boolean;
  /** The customer opted out of surveys. */
  optedOut: boolean;
}

export type Eligibility = { ask: true } | { ask: false; why: WhyNot };

/** Why a customer is not asked; each is recorded on the ticket (FIELD.md pitfall 5: no silent non-sending). */
export type WhyNot =
  | 'reopened'
  | 'no-human-reply'
  | 'closed-without-answer'
  | 'resolved-long-ago'
  | 'requester-is-staff'
  | 'address-suppressed'
  | 'no-address'
  | 'opted-out'
  | 'merged'
  | 'being-put-right';

/** Longer after the resolution than this, nobody remembers what they are asked about. */
const STALE_AFTER_MS = 7 * 24 * 3600 * 1000;

/**
 * Whether the customer is asked about this cycle. A survey needs a person's reply in the cycle, a ticket still resolved,
 * a recent resolution, a living address and a requester from outside the staff (FIELD.md pitfall 6).
 */
export const eligibility = (
  ticket: Ticket,
  events: readonly TicketEvent[],
  cycle: number,
  known: Askable,
  now: Instant,
): Eligibility => {
  const no = (why: WhyNot): Eligibility => ({ ask: false, why });
  if (ticket.cycle !== cycle || (ticket.status !== 'resolved' && ticket.status !== 'closed')) return no('reopened');
  if (ticket.mergedInto !== undefined) return no('merged');
  if (ticket.remediation?.state === 'open') return no('being-put-right');
  const ofCycle = inOrder(events).filter((event) => event.cycle === cycle);
  if (ofCycle.some((event) => event.type === 'closed' && event.how === 'customer-silent'))
    return no('closed-without-answer');
  if (!ofCycle.some((event) => answeredBy(event) !== undefined)) return no('no-human-reply');
  if (millis(now) - millis(ticket.resolvedAt) > STALE_AFTER_MS) return no('resolved-long-ago');
  const address = ticket.customer.email?.toLowerCase();
  if (known.staff.some(({ email }) => email.toLowerCase() === address)) return no('requester-is-staff');
  return reachable(ticket, known);
};

/** Whether this person can and wants to be asked at all. */
export const reachable = (ticket: Ticket, { suppressed, optedOut }: Askable): Eligibility => {
  if (wayTo(ticket) === undefined) return { ask: false, why: 'no-address' };
  if (suppressed) return { ask: false, why: 'address-suppressed' };
  return optedOut ? { ask: false, why: 'opted-out' } : { ask: true };
};
