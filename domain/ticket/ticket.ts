import type { Instant } from '../support/time.ts';
import type { Measure } from '../survey/measure.ts';

/** `T-` and six Crockford base-32 characters, e.g. `T-7K2M9Q`. */
export type TicketId = string;
export type AgentId = string;
export type CustomerId = string;

export const STATUSES = ['new', 'open', 'pending', 'on-hold', 'resolved', 'closed'] as const;
export type Status = (typeof STATUSES)[number];

export const PRIORITIES = ['P1', 'P2', 'P3', 'P4'] as const;
export type Priority = (typeof PRIORITIES)[number];

export const CHANNELS = ['mail', 'web', 'api', 'chat', 'social', 'phone', 'sms'] as const;
export type Channel = (typeof CHANNELS)[number];

export type Tier = 1 | 2 | 3;

export const SENTIMENTS = ['positive', 'neutral', 'negative'] as const;
export type Sentiment = (typeof SENTIMENTS)[number];

/** Why nobody of a group could be given a ticket: outside its hours, everybody away, or everybody full. */
export const WHY_NOBODY = ['closed', 'away', 'full'] as const;
export type WhyNobody = (typeof WHY_NOBODY)[number];

/** A name on somebody else's network, e.g. `@kim` on `mastodon`, or the id a chat knows its visitor by. */
export interface Handle {
  network: string;
  name: string;
}

/** Who said that the customer agreed: an integration when it opened the ticket, or they themselves on its page. */
export const CONSENT_SOURCES = ['api', 'ticket-page'] as const;

export interface TextsConsent {
  at: Instant;
  source: (typeof CONSENT_SOURCES)[number];
}

/** The customer as the ticket knows them: a snapshot, so that an answer goes where the ticket was written from. */
export interface Requester {
  id: CustomerId;
  /** Absent for somebody only heard by phone, chat, social media or text message. */
  email?: string;
  /** E.164, e.g. `+4930123456`. */
  phone?: string;
  handle?: Handle;
  name?: string;
  /** BCP 47, e.g. `fa`; the language of all mail about this ticket. */
  locale: string;
  /** The locale was said by the customer, in a form or a request; else triage may take it from what they wrote. */
  localeChosen?: boolean;
  /** IANA zone, e.g. `Asia/Tehran`. */
  timeZone?: string;
  /** A class of policy.yaml, e.g. `standard`, `business`. */
  type: string;
  /** They agreed to text messages about this ticket, to `phone`, and would rather have them than mail. */
  textsConsent?: TextsConsent;
  /**
   * Everything the desk held of them is erased: no address, number, handle, name or zone is left, the ticket has no
   * subject, and nobody may be asked, written to or called for it any more. What waits for them ends.
   */
  erased?: true;
}

/** Facts from the form or the caller that triage weighs. */
export interface Report {
  impact?: 'one' | 'team' | 'many' | 'all';
  urgency?: 'low' | 'normal' | 'high' | 'now';
  usersAffected?: number;
  /** Category and product as the customer chose them, if they did. */
  category?: string;
  product?: string;
  /** Diagnosis fields: browser, device, errorCode … */
  context?: Record<string, string>;
}

export const PROMISE_KINDS = ['firstReply', 'nextReply', 'resolution'] as const;
export type PromiseKind = (typeof PROMISE_KINDS)[number];
export type PromiseState = 'running' | 'paused' | 'met' | 'breached';

/** A promise to the customer as last computed: a cache of `standing()`, never the truth. */
export interface PromisedTime {
  /** ISO 8601 duration counted in `calendar`, e.g. `PT24H`. */
  target: string;
  /** A calendar of policy.yaml, or `always` for wall time. */
  calendar: string;
  dueAt: Instant;
  state: PromiseState;
}

export type TicketClock = { [kind in PromiseKind]?: PromisedTime };

/** The last confirmed answer about this ticket, with the credit as it stood when the survey was issued. */
export interface Satisfaction {
  score: number;
  /** e.g. `csat-5`, `four-point`. */
  scale: string;
  label: string;
  /** What the score measures: of effort (`ces`), low may be good. Answers before it was noted have none. */
  measure?: Measure;
  low: boolean;
  agent?: AgentId;
  /** Whose it is by the policy of the survey, when it is not one person's alone; in ten-thousandths. */
  shares?: Array<{ agent: AgentId; share: number }>;
  group: string;
  tier: Tier;
  cycle: number;
  /** Definition and version, e.g. `after-resolve@1`. */
  survey: string;
  at: Instant;
}

export type Outcome = 'recovered' | 'not-recovered' | 'no-answer';

/** How far the work on a low answer has come on the ticket where it is done. */
export interface Recovery {
  /** The cycle whose answer was low; its execution is `<ticket>-<cycle>-remediation`. */
  cycle: number;
  /** No rule gives the ticket to them: the agent who was rated. */
  notTo?: AgentId;
  /** When a person last answered the customer since the work began, or began anew. */
  answeredAt?: Instant;
  /** When it was resolved after that. */
  solvedAt?: Instant;
}

export interface TicketRemediation extends Recovery {
  state: 'open' | 'closed';
  /** The cycle in which it is put right. */
  recoveryCycle: number;
  outcome?: Outcome;
}

/** The low answer of a ticket that became a part of this one, where it is put right now. */
export interface PartsRecovery extends Recovery {
  ticket: TicketId;
  /** The tickets it came through, itself first: each was merged into the next, the last into this one. */
  through: TicketId[];
}

/** How another ticket stands to this one: `duplicate` says that this one repeats the other. */
export const LINK_KINDS = ['related', 'duplicate', 'duplicated-by', 'caused-by', 'causes'] as const;
export type LinkKind = (typeof LINK_KINDS)[number];

export interface TicketLink {
  ticket: TicketId;
  as: LinkKind;
}

/** What belongs to one status alone. */
export type StatusFacts =
  | { status: 'open' }
  | { status: 'pending'; pausedAt: Instant }
  | { status: 'on-hold'; pausedAt: Instant; holdUntil?: Instant; holdReason?: string }
  | { status: 'resolved'; resolvedAt: Instant }
  | { status: 'closed'; resolvedAt: Instant; closedAt: Instant };

interface TicketFacts {
  id: TicketId;
  subject: string;
  channel: Channel;
  customer: Requester;
  report: Report;
  createdAt: Instant;
  updatedAt: Instant;
  /** 1 from opening; one more with each reopening. */
  cycle: number;
  /** Optimistic lock: one more with each change. */
  version: number;
  clock: TicketClock;
  /** When the escalation has to look again; absent when nothing is owed. */
  lookAgainAt?: Instant;
  /** A fault nobody planned: a person has to look at this ticket. */
  needsHuman?: string;
  satisfaction?: Satisfaction;
  remediation?: TicketRemediation;
  putsRight?: PartsRecovery[];
  followUpOf?: TicketId;
  /** The ticket it was taken out of. */
  splitFrom?: TicketId;
  /** The ticket it is a part of now; what comes for it goes there. */
  mergedInto?: TicketId;
  /** How it stood before, for whoever undoes it. */
  beforeMerge?: StatusFacts;
  /** Tickets that are a part of it, in the order they came. */
  mergedFrom?: TicketId[];
  links?: TicketLink[];
  /** Message-ID that every mail of this ticket refers to. */
  anchor: string;
}

/** What was wrong, what was done, and how it was checked. */
export interface ResolutionNotes {
  cause?: string;
  solution?: string;
  check?: string;
}

/** What triage and routing decided. */
interface Placed {
  priority: Priority;
  category: string;
  product?: string;
  group: string;
  tier: Tier;
  assignee?: AgentId;
  /** How often it has changed its group since triage; absent while it never did. */
  moves?: number;
  /** The first public reply by a person in this cycle. */
  firstRepliedAt?: Instant;
  /** The language of the first message, as triage read it: one the desk writes, or `other`. */
  language?: string;
  /** How the customer sounds, as triage read it or a person said since. */
  sentiment?: Sentiment;
  /** The outage it is part of, e.g. `payment@2026-11-23T08:00:00.000Z`. */
  outage?: string;
  /** The last person who replied publicly, in any cycle. */
  lastRepliedBy?: AgentId;
  /** What was noted when it was last resolved, for whoever meets the same again. */
  resolution?: ResolutionNotes;
}

export type NewTicket = TicketFacts & { status: 'new' };
export type OpenTicket = TicketFacts & Placed & { status: 'open' };
export type PendingTicket = TicketFacts & Placed & { status: 'pending'; pausedAt: Instant };
export type OnHoldTicket = TicketFacts &
  Placed & { status: 'on-hold'; pausedAt: Instant; holdUntil?: Instant; holdReason?: string };
export type ResolvedTicket = TicketFacts & Placed & { status: 'resolved'; resolvedAt: Instant };
export type ClosedTicket = TicketFacts & Placed & { status: 'closed'; resolvedAt: Instant; closedAt: Instant };

export type PlacedTicket = OpenTicket | PendingTicket | OnHoldTicket | ResolvedTicket | ClosedTicket;
export type Ticket = NewTicket | PlacedTicket;

export const isPlaced = (ticket: Ticket): ticket is PlacedTicket => ticket.status !== 'new';
/** An unhappy customer waits for it, or one of a part of it: it stands at the top of every queue. */
export const isBeingPutRight = ({ remediation, putsRight = [] }: Ticket): boolean =>
  remediation?.state === 'open' || putsRight.length > 0;
/** It is the desk's turn, and nobody has it on their hands. */
export const waitsForAnOwner = (ticket: Ticket): ticket is OpenTicket =>
  ticket.status === 'open' && ticket.assignee === undefined;

/** Somebody outside the desk has to act first: the customer, or a third party. */
export const isPaused = (ticket: Ticket): ticket is PendingTicket | OnHoldTicket =>
  ticket.status === 'pending' || ticket.status === 'on-hold';

/** Work may still be done on it: neither resolved nor closed. */
export const isLive = (ticket: Ticket): boolean => ticket.status !== 'resolved' && ticket.status !== 'closed';
