import type { ContactSheet } from '../contact/governor.ts';
import type { FeedbackChange } from '../feedback/feedback.ts';
import type { CustomerRecord } from '../identity/identity.ts';
import type { OwedMail } from '../mail/owed.ts';
import type { Remediation } from '../remediation/remediation.ts';
import type { Instant } from '../support/time.ts';
import type { Survey } from '../survey/survey.ts';
import type { TicketEvent } from './event.ts';
import type { Message } from './message.ts';
import type { AgentId, CustomerId, Ticket, TicketId } from './ticket.ts';
import type { Wait } from './wait.ts';

/**
 * One cause and all it writes: stored in one transaction, or not at all. `before` is the state it was decided on; the
 * store refuses the change if the ticket has moved since (`ConcurrentChange`).
 */
export interface Change {
  /** Absent when the ticket is made by this change. */
  before?: Ticket;
  after: Ticket;
  events: TicketEvent[];
  messages?: Message[];
  mails?: OwedMail[];
  survey?: { before?: Survey; after: Survey };
  remediation?: { before?: Remediation; after: Remediation };
  /**
   * Who was chosen by rule, and the load they had then: refused (`ConcurrentChange`) when they have been given more since,
   * or went away, so that nobody is chosen twice for one place.
   */
  takes?: { agent: AgentId; load: number };
  /** What was said of the desk with it. */
  feedback?: FeedbackChange;
  /**
   * What the person is asked by this, or no longer: refused (`ConcurrentChange`) when their sheet was written since, so
   * that two who ask at once cannot both find room. Nothing is written when `after` is of the version of `before`.
   */
  contacts?: { before: ContactSheet; after: ContactSheet };
  /** A token that a function took over from its state. */
  wait?: Wait;
  /** What the same cause does to another ticket: stored with it, or neither is. */
  beside?: Change;
  /** What makes this change happen once: a client's idempotency key, a Message-ID and recipient. */
  request?: RequestRecord;
  line?: Line;
  /** A customer nobody knew before. Refused (`CustomerMadeMeanwhile`) when their identity has a customer by now. */
  newcomer?: CustomerRecord;
  /** The article that solved it, counted with the change. */
  solvedBy?: { slug: string; locale: string };
}

/**
 * The ticket that text messages of a customer belong to. `before`: the one they belonged to when this was decided; when
 * another has taken its place since, the change is refused (`ConcurrentChange`).
 */
export interface Line {
  customerId: CustomerId;
  ticketId: TicketId;
  before?: TicketId;
}

/** A request already taken. The same key with another body is refused; `answer` is what the first one was told. */
export interface RequestRecord {
  key: string;
  /** SHA-256 of the canonical body, hexadecimal. */
  bodyHash: string;
  answer: Record<string, unknown>;
  expiresAt: Instant;
}
