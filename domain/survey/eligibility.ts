import { isOfDesk } from '../contact/desk-address.ts';
import type { ContactSheet } from '../contact/governor.ts';
import { comparableAddress, domainOfAddress } from '../contact/mail-address.ts';
import { wayTo } from '../contact/way-to.ts';
import { isOfStaff } from '../identity/staff.ts';
import type { Agent, Policy } from '../policy.ts';
import { DAY, type Instant, millis } from '../support/time.ts';
import { answeredBy, inOrder, type TicketEvent } from '../ticket/event.ts';
import { isBeingPutRight, type Requester, type Ticket } from '../ticket/ticket.ts';
import type { Chosen } from './choose.ts';
import type { Eligibility, WhyNot } from './why-not.ts';

export type { Eligibility, WhyNot } from './why-not.ts';

export type Colleague = Pick<Agent, 'id' | 'name' | 'email' | 'phone'>;

/** What is known of the person beside the ticket. */
export interface Askable {
  /** The desk's own people, and the address it writes from. */
  staff: readonly Colleague[];
  deskAddress: string;
  /** Whatever else the person is known by: proven to be theirs. */
  alsoKnownAs: ReadonlyArray<Pick<Requester, 'email' | 'phone'>>;
  /** The address bounced for good or complained. */
  suppressed: boolean;
  /** The person opted out of surveys. */
  optedOut: boolean;
  /** What they were asked lately. */
  contacts: ContactSheet;
}

/** Longer after the resolution than this, nobody remembers what they are asked about. */
const STALE_AFTER_MS = 7 * DAY;

/**
 * Whether the customer is asked about this cycle. A survey needs a person's reply in the cycle, a ticket still resolved,
 * a recent resolution, a living address and a requester from outside the staff; then the lot counts.
 * Whether they were asked enough is decided last, by domain/contact/governor.ts, when the sheet is written.
 */
export const eligibility = (
  ticket: Ticket,
  events: readonly TicketEvent[],
  { cycle, known, skip }: { cycle: number; known: Askable; skip?: Chosen['skip'] | undefined },
  { now, policy }: { now: Instant; policy: Pick<Policy, 'survey'> },
): Eligibility => {
  const no = (why: WhyNot): Eligibility => ({ ask: false, why });
  const isOver = ticket.status === 'resolved' || ticket.status === 'closed';
  if (ticket.customer.erased) return no('erased');
  if (ticket.mergedInto !== undefined) return no('merged');
  if (ticket.cycle !== cycle || !isOver) return no('reopened');
  if (isBeingPutRight(ticket)) return no('being-put-right');
  const ending = endingOf(events, cycle);
  if (ending !== undefined) return no(ending);
  if (millis(now) - millis(ticket.resolvedAt) > STALE_AFTER_MS) return no('resolved-long-ago');
  const who = notACustomer(ticket.customer, known, policy.survey.neverAsk);
  if (who !== undefined) return no(who);
  const reached = reachable(ticket, known);
  if (!reached.ask || skip === undefined) return reached;
  return no(skip);
};

/** Whether this person can and wants to be asked at all. */
export const reachable = (
  ticket: Ticket,
  { suppressed, optedOut }: Pick<Askable, 'suppressed' | 'optedOut'>,
): Eligibility => {
  const no = (why: WhyNot): Eligibility => ({ ask: false, why });
  if (ticket.customer.erased) return no('erased');
  if (wayTo(ticket) === undefined) return no('no-address');
  if (suppressed) return no('address-suppressed');
  return optedOut ? no('opted-out') : { ask: true };
};

/** What kind of an end leaves nothing to ask about. */
const endingOf = (events: readonly TicketEvent[], cycle: number): WhyNot | undefined => {
  const ofCycle = inOrder(events).filter((event) => event.cycle === cycle);
  const closed = ofCycle.findLast((event) => event.type === 'closed');
  if (closed?.type === 'closed' && closed.how === 'customer-silent') return 'closed-without-answer';
  if (closed?.type === 'closed' && closed.how === 'deflected') return 'solved-by-article';
  return ofCycle.some((event) => answeredBy(event) !== undefined) ? undefined : 'no-human-reply';
};

/** Why somebody who writes in is no customer: the desk itself, one of its people, or somebody who is never to be asked. */
export const notACustomer = (
  customer: Requester,
  { staff, deskAddress, alsoKnownAs }: Askable,
  neverAsk: readonly string[],
): WhyNot | undefined => {
  const all = [customer, ...alsoKnownAs];
  const emails = all.flatMap(({ email }) => (email === undefined ? [] : [comparableAddress(email)]));
  if (emails.some((email) => isOfDesk(email, deskAddress))) return 'requester-is-desk';
  if (isOfStaff(all, staff)) return 'requester-is-staff';
  const isNamed = (email: string): boolean =>
    neverAsk.some((who) => email === who || `.${domainOfAddress(email)}`.endsWith(`.${who}`));
  return emails.some(isNamed) ? 'on-never-ask-list' : undefined;
};
