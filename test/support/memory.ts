import type { ContactSheet } from '../../domain/contact/governor.ts';
import type { Feedback } from '../../domain/feedback/feedback.ts';
import type { NpsAsk } from '../../domain/feedback/nps-ask.ts';
import type { CustomerRecord } from '../../domain/identity/identity.ts';
import type { OwedMail } from '../../domain/mail/owed.ts';
import type { Carried } from '../../domain/ports.ts';
import type { PrivacyRequest } from '../../domain/privacy/request.ts';
import type { Remediation } from '../../domain/remediation/remediation.ts';
import type { ClockFact } from '../../domain/report/clock-note.ts';
import type { EventFact } from '../../domain/report/event-facts.ts';
import type { Clicked, Opening } from '../../domain/survey/clicks.ts';
import type { Survey } from '../../domain/survey/survey.ts';
import type { RequestRecord } from '../../domain/ticket/change.ts';
import type { TicketEvent } from '../../domain/ticket/event.ts';
import type { Message } from '../../domain/ticket/message.ts';
import type { Ticket } from '../../domain/ticket/ticket.ts';
import type { Wait } from '../../domain/ticket/wait.ts';
import type { CategoryModel } from '../../domain/triage/classifier.ts';
import type { OutageWatch } from '../../domain/triage/outage-watch.ts';
import type { MailInMemory } from './fake-mail-in.ts';

/** All that a desk remembers, in plain maps a test can look into. */
export interface Memory extends MailInMemory {
  tickets: Map<string, Ticket>;
  events: TicketEvent[];
  messages: Message[];
  surveys: Map<string, Survey>;
  remediations: Map<string, Remediation>;
  waits: Map<string, Wait>;
  requests: Map<string, RequestRecord>;
  /** The ticket of a customer's text messages. */
  lines: Map<string, string>;
  mails: Map<string, OwedMail>;
  customers: CustomerRecord[];
  agents: Map<string, { present: boolean; load: number; lastAssignedAt?: string }>;
  suppressed: Set<string>;
  /** The key of a mail by the id SES gave it. */
  sent: Map<string, string>;
  /** What was asked about a person's data. */
  privacy: Map<string, PrivacyRequest>;
  /** Hashes of identities that were erased, with when. */
  erased: Map<string, string>;
  /** Orders to go on with an erasure. */
  erasures: Array<{ id: string; seconds: number }>;
  /** What people were asked, by customer. */
  contacts: Map<string, ContactSheet>;
  /** Since when, by customer. */
  optedOut: Map<string, string>;
  feedback: Map<string, Feedback>;
  /** By `npsKey`. */
  npsAsks: Map<string, NpsAsk>;
  /** Links with an answer that were opened. */
  clicks: Array<{ about: Clicked; opening: Opening }>;
  facts: Map<string, EventFact>;
  /** What was decided about promises, by ticket and clock. */
  clocks: Map<string, ClockFact>;
  watches: Map<string, OutageWatch>;
  models: CategoryModel[];
  carried: Carried | undefined;
}

export const emptyMemory = (): Memory => ({
  tickets: new Map(),
  events: [],
  messages: [],
  surveys: new Map(),
  remediations: new Map(),
  waits: new Map(),
  requests: new Map(),
  lines: new Map(),
  mails: new Map(),
  customers: [],
  agents: new Map(),
  suppressed: new Set(),
  sent: new Map(),
  parked: new Map(),
  caps: new Map(),
  privacy: new Map(),
  erased: new Map(),
  erasures: [],
  contacts: new Map(),
  optedOut: new Map(),
  feedback: new Map(),
  npsAsks: new Map(),
  clicks: [],
  facts: new Map(),
  clocks: new Map(),
  watches: new Map(),
  models: [],
  carried: undefined,
});
