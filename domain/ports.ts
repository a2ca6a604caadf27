import type { ContactSheet } from './contact/governor.ts';
import type { NpsDecision } from './feedback/ask-nps.ts';
import type { Feedback, FeedbackChange, FeedbackKind } from './feedback/feedback.ts';
import type { NpsAsk, SheetChange } from './feedback/nps-ask.ts';
import type { CustomerRecord, Identity, Person } from './identity/identity.ts';
import type { OwedMail } from './mail/owed.ts';
import type { ParkedMail } from './mail/parked.ts';
import type { AgentNow } from './policy.ts';
import type { ErasureRequest, ExportRequest, PrivacyRequest } from './privacy/request.ts';
import type { Remediation } from './remediation/remediation.ts';
import type { Instant } from './support/time.ts';
import type { Clicked, Opening } from './survey/clicks.ts';
import type { Survey } from './survey/survey.ts';
import type { Change, RequestRecord } from './ticket/change.ts';
import type { SurveyKind, TicketEvent } from './ticket/event.ts';
import type { Message } from './ticket/message.ts';
import type { CustomerId, Requester, Ticket, TicketId } from './ticket/ticket.ts';
import type { Wait, WaitingMachine } from './ticket/wait.ts';
import type { CategoryModel } from './triage/classifier.ts';
import type { OutageWatch } from './triage/outage-watch.ts';

/** A ticket with the ledger its promises are computed from. */
export interface Ledger {
  ticket: Ticket;
  events: TicketEvent[];
}

/** The desk's memory, in words of support work. Reads are strongly consistent; an outage is thrown, never "not found". */
export interface Tickets {
  ticket(id: TicketId): Promise<Ticket | undefined>;
  ledger(id: TicketId): Promise<Ledger | undefined>;
  messages(id: TicketId): Promise<Message[]>;
  survey(id: TicketId, cycle: number, kind: SurveyKind): Promise<Survey | undefined>;
  remediation(id: TicketId, cycle: number): Promise<Remediation | undefined>;
  wait(id: TicketId, machine: WaitingMachine): Promise<Wait | undefined>;
  request(key: string): Promise<RequestRecord | undefined>;
  /** The ticket that text messages of this customer belong to. */
  line(customerId: CustomerId): Promise<TicketId | undefined>;
  /**
   * Stores the whole change or nothing. Throws `ConcurrentChange` when the ticket has moved since `before`,
   * `RequestAlreadyTaken` when the request key exists, `TicketIdTaken` when a new ticket's id does.
   */
  record(change: Change): Promise<void>;
}

export interface Queues {
  /** In working order: unhappy customers first, then by due time. `mine` narrows to one agent. */
  list(query: {
    group: string;
    agent?: string;
    limit: number;
    next?: string;
  }): Promise<{ tickets: Ticket[]; next?: string }>;
  /** Newest first; of those that were opened in `[from, before)`, where these are given. */
  ofCustomer(
    customerId: string,
    page: { limit: number; next?: string; from?: Instant; before?: Instant },
  ): Promise<{ tickets: Ticket[]; next?: string }>;
  ofCategory(
    category: string,
    from: Instant,
    to: Instant,
    page: { limit: number; next?: string },
  ): Promise<{ tickets: Ticket[]; next?: string }>;
  /** Tickets whose intake has not ended: still `new`. */
  untriagedBefore(at: Instant): Promise<Ticket[]>;
  /** Live tickets of these groups at which somebody should have looked (`lookAgainAt`) before that. */
  overdueBefore(groups: readonly string[], at: Instant): Promise<Ticket[]>;
  /** The ids of all live tickets: of these groups, and those nobody has triaged. */
  live(groups: readonly string[]): Promise<TicketId[]>;
}

/** How far versions of the policy were carried to the open tickets. */
export interface Carried {
  /** All of them were recounted by it, or did not have to be. Absent until the first time. */
  policy?: string;
  /** Being carried: those up to this id were recounted by it. */
  next?: { policy: string; upTo: TicketId };
  /** One more with each note. */
  version: number;
}

export interface CarriedPolicy {
  read(): Promise<Carried | undefined>;
  /** False when somebody else noted something since `before` was read: nothing is written. */
  note(carried: Carried, before: Carried | undefined): Promise<boolean>;
}

export interface Customers {
  /** Finds the customer of an address, or makes one; the same address twice at once gives one customer. */
  byAddress(
    email: string,
    seen: { name?: string; locale?: string; timeZone?: string },
    now: Instant,
    newId: string,
  ): Promise<Requester>;
  /**
   * The same for any identity. `proven`: the channel shows that it is theirs, as a text message shows its number; what was
   * shown once stays shown.
   */
  byIdentity(
    identity: Identity,
    seen: { name?: string; locale?: string; timeZone?: string },
    now: Instant,
    newId: string,
    proven?: boolean,
  ): Promise<Requester>;
  /**
   * The customer of an address without making one: of somebody new it is `newcomer`, to be stored with what they began, so
   * that one transaction does for both.
   */
  meet(
    email: string,
    seen: { name?: string; locale?: string; timeZone?: string },
    now: Instant,
    newId: string,
  ): Promise<{ customer: Requester; newcomer?: CustomerRecord }>;
  /** By id, mail address, number in E.164 or `network:name`. */
  find(word: string): Promise<CustomerRecord | undefined>;
  /** This customer has shown that the identity is theirs. */
  prove(id: CustomerId, at: Instant): Promise<void>;
}

/** Which customers are one person, by proof. Throws `ConcurrentChange` when another link was made meanwhile. */
export interface Persons {
  /** Everything that is proven to be the same person as this customer. */
  person(id: CustomerId): Promise<Person | undefined>;
  /** From now on both are one person. Done before, it changes nothing; `too-many` beyond `MOST_IDENTITIES`. */
  link(id: CustomerId, other: CustomerId, at: Instant): Promise<'linked' | 'linked-before' | 'too-many'>;
  /** Takes one customer out of its person again; false when it stands alone. */
  unlink(id: CustomerId): Promise<boolean>;
}

/** A ticket in the list of those that wait in a group without an owner. */
export interface WaitingPlace {
  /** Where it stands, in working order; the cursor of a page. */
  place: string;
  ticketId: TicketId;
  /** The version of the ticket that took the place. */
  version: number;
}

/** Who waits without an owner. Kept with the tickets, in the same transaction, and read as it is now. */
export interface Waiting {
  inGroup(group: string, limit: number, after?: string): Promise<WaitingPlace[]>;
  anybody(groups: readonly string[]): Promise<boolean>;
  /** Removes a place that no ticket holds any more; one that was taken anew meanwhile stays. */
  forget(group: string, place: WaitingPlace): Promise<void>;
}

export interface Outages {
  watchOn(category: string): Promise<OutageWatch | undefined>;
  /** False when somebody else kept theirs meanwhile: nothing is written. */
  keep(next: OutageWatch, before: OutageWatch | undefined): Promise<boolean>;
}

export interface Models {
  newest(): Promise<CategoryModel | undefined>;
  keep(model: CategoryModel): Promise<void>;
}

export interface Team {
  /** Presence and load of every agent of team.yaml. */
  now(): Promise<AgentNow[]>;
  setPresent(agent: string, present: boolean, at: Instant): Promise<void>;
}

/** The outbox: a mail is claimed before it is sent, and marked by what SES says. */
export interface Outbox {
  get(key: string): Promise<OwedMail | undefined>;
  /** The key of the mail that SES sent under this id, without brackets and host; undefined when the desk sent none such. */
  sentAs(sesId: string): Promise<string | undefined>;
  /** Owed, or claimed so long ago that the claim is dead: claims it and returns true. */
  claim(mail: OwedMail, now: Instant, claimsDieBefore: Instant): Promise<boolean>;
  settle(
    key: string,
    outcome:
      | { status: 'sent'; messageId: string; at: Instant }
      | { status: 'failed' | 'suppressed'; why: string; at: Instant },
  ): Promise<void>;
}

/** Mails that made no ticket, for agents to look at until they expire. */
export interface ParkedMails {
  /** Keeps it, unless it is kept already. */
  park(mail: ParkedMail): Promise<void>;
  get(id: string, now: Instant): Promise<ParkedMail | undefined>;
  /** The newest first. */
  list(page: { limit: number; next?: string }, now: Instant): Promise<{ parked: ParkedMail[]; next?: string }>;
  /** An agent made a ticket of it after all. */
  opened(id: string, ticketId: TicketId): Promise<void>;
}

/** A limit on what somebody may cause within a window of time, e.g. the tickets of an address in one hour. */
export interface Cap {
  cause: 'tickets' | 'acknowledgements' | 'web-tickets' | 'forms' | 'uploads' | 'feedback-notices';
  /** Whose it is, e.g. an address; only its hash is stored. */
  who: string;
  /** e.g. `2026-11-22T09`. */
  window: string;
  most: number;
  /** When the window is over for certain, so that its count may go. */
  endsAt: Instant;
}

/** Counts what somebody causes. */
export interface Caps {
  /** Whether `id` is among the first `most`. The same id counts once, however often it is asked. */
  within(cap: Cap, id: string): Promise<boolean>;
  /** One more of what nobody sends twice; false when there have been `most` of them. */
  take(cap: Cap): Promise<boolean>;
}

/** Addresses that must not be written to again: a hard bounce or a complaint. */
export interface Suppressions {
  has(email: string): Promise<boolean>;
  add(email: string, why: 'bounce' | 'complaint', at: Instant): Promise<void>;
}

/** Numbers that want no text messages. What was said last counts, whatever order it arrives in. */
export interface TextOptOuts {
  has(phone: string): Promise<boolean>;
  /** `saidAt`: when the person said it. */
  say(phone: string, wish: 'stop' | 'start', saidAt: Instant): Promise<void>;
}

/** How often something may happen to one customer on one day. */
export interface Budgets {
  /** One more; false when there have been `most` of them. */
  take(customerId: CustomerId, what: 'text' | 'identity' | 'ticket', most: number, now: Instant): Promise<boolean>;
}

/** What people were asked lately. It is written with what is asked: `Change.contacts`. */
export interface Contacts {
  /** The sheet of the person this customer is, with what was written before it was known that they are one. */
  sheetOf(customerId: CustomerId): Promise<ContactSheet>;
}

/** Customers who do not want to be asked for ratings. Mail about their tickets still reaches them. */
export interface OptOuts {
  has(customerId: CustomerId): Promise<boolean>;
  /** Said again, it changes nothing: the first time counts. */
  add(customerId: CustomerId, at: Instant): Promise<void>;
  /** They may be asked again. */
  remove(customerId: CustomerId): Promise<void>;
}

/** Feedback that belongs to no ticket, with what its giving makes true: stored together, or not at all. */
export interface KeptFeedback extends FeedbackChange {
  contacts?: SheetChange;
  request?: RequestRecord;
  newcomer?: CustomerRecord;
  mails?: OwedMail[];
}

/** What people were asked of the desk now and then. */
export interface NpsAsks {
  get(person: CustomerId, day: string): Promise<NpsAsk | undefined>;
  /** When somebody was last asked; undefined when they were never asked, or not lately. */
  lastAsked(person: CustomerId): Promise<Instant | undefined>;
  /** Stored with the mail and the sheet. Throws `FeedbackMoved` when the person was asked or passed over for that day. */
  keep(decision: NpsDecision): Promise<void>;
  /** Those of `[from, to)`, whatever became of them, in the order of their time. */
  between(from: Instant, to: Instant): Promise<NpsAsk[]>;
}

/** What people said of the desk beside the surveys of a ticket. With a ticket it is stored by that ticket's change. */
export interface Feedbacks {
  /** Throws `FeedbackMoved`, and as `Tickets.record` does for the request and the newcomer. */
  keep(kept: KeptFeedback): Promise<void>;
  /** Undefined for an id that is none, too. */
  get(id: string): Promise<Feedback | undefined>;
  /** Given in `[from, to)`, the newest first. */
  list(query: {
    from: Instant;
    to: Instant;
    kinds?: readonly FeedbackKind[];
    limit: number;
    next?: string;
  }): Promise<{ feedback: Feedback[]; next?: string }>;
  /** All that was given in `[from, to)`, in the order of their ids. */
  between(from: Instant, to: Instant): Promise<Feedback[]>;
  /** All that this customer gave, the newest first. */
  ofCustomer(customerId: CustomerId): Promise<Feedback[]>;
}

/** Notes that a link with an answer was opened; beyond `MOST_OPENINGS` of one survey or reply nothing is noted. */
export type NoteClick = (about: Clicked, opening: Opening) => Promise<void>;

/** Which links were opened: it tells how machines read mail, and is never an answer. */
export interface Clicks {
  /** What was noted about these; of what nobody opened there is nothing. */
  of(many: readonly Clicked[]): Promise<Array<{ about: Clicked; openings: Opening[] }>>;
  /** When these mails were sent, by key; those that were not sent are missing. */
  sentAt(mails: readonly string[]): Promise<ReadonlyMap<string, Instant>>;
}

/** What was asked of the desk about a person's data. It is kept, as it tells of nobody but by id. */
export interface PrivacyRequests {
  get(id: string): Promise<PrivacyRequest | undefined>;
  /** The newest first. */
  list(page: { limit: number; next?: string }, now: Instant): Promise<{ requests: PrivacyRequest[]; next?: string }>;
  /** Notes that somebody's data was handed out. */
  note(request: ExportRequest): Promise<void>;
  /**
   * Erases who the person is, and asks for the rest: from now on no customer has their addresses, and whoever writes from
   * one is somebody new who is not asked for ratings. Throws `ConcurrentChange` when the person is another by now.
   */
  begin(request: ErasureRequest, person: Person): Promise<void>;
  /** Throws `ConcurrentChange` when somebody else went on meanwhile. */
  goOn(before: ErasureRequest, after: ErasureRequest): Promise<void>;
}

/** What is held of a person, piece by piece, to be told or taken away. What is replaced has to be there still. */
export interface PersonalData {
  surveysOf(id: TicketId): Promise<Survey[]>;
  asksOf(customer: CustomerId): Promise<NpsAsk[]>;
  /** What somebody of these hashes wrote on tickets of others, where it was set aside. */
  writtenBy(identities: readonly string[]): Promise<Message[]>;
  /** Whether a mail was parked because somebody of these hashes sent it. */
  sentBy(identities: readonly string[], mail: ParkedMail): boolean;
  replaceMessage(message: Message): Promise<void>;
  /** The event, and what is kept of it for reports. */
  replaceEvent(event: TicketEvent, ticket: Ticket): Promise<void>;
  replaceSurvey(before: Survey, after: Survey): Promise<void>;
  replaceAsk(before: NpsAsk, after: NpsAsk): Promise<void>;
  /** Their mails and text messages, owed or sent: gone, but for what `remainsOf` leaves. Says how many there were. */
  forgetMails(keys: readonly string[]): Promise<number>;
  forgetParked(id: string): Promise<void>;
  /** What was counted and noted of a customer beside their tickets: contacts, the line of their text messages. */
  forgetTraces(customer: CustomerId): Promise<void>;
}

export interface Clock {
  now(): Instant;
}

export interface Ids {
  /** ULIDs of one process ascend. */
  ulid(): string;
  /** `T-` and six Crockford base-32 characters, by chance. */
  ticketId(): TicketId;
}
