import type { BudgetFacts } from '../contact/governor.ts';
import type { ClockNote } from '../report/clock-note.ts';
import type { Instant } from '../support/time.ts';
import type { CreditedEvent } from '../survey/credit.ts';
import type {
  AgentId,
  Channel,
  CustomerId,
  LinkKind,
  Outcome,
  Priority,
  PromiseKind,
  Sentiment,
  TextsConsent,
  TicketId,
  Tier,
  WhyNobody,
} from './ticket.ts';

/** Who caused it: `agent:ada`, `customer:01J…`, or a rule with its version, `rule:ladder.move@3`. */
export type Actor = `agent:${string}` | `customer:${string}` | `rule:${string}`;

/** A promise that another ticket had made and this one keeps now. */
export interface CarriedPromise {
  /** What was promised. A first or a next reply is kept as a next reply: whatever answers the customer keeps it. */
  as: PromiseKind;
  /** Row of policy.yaml's targets that it was made by; absent: the row of the ticket that takes it. */
  row?: string;
  /** Since when it counts. */
  since: Instant;
  /** Working time for which it stood still before it came here. */
  pausedMs: number;
  /** The version of the policy it was promised under. */
  policy?: string;
  /** By when a mail told the customer that they hear. */
  saidBy?: Instant;
}

/** When a promise was due and is due now; absent where it was or is not made. */
export interface RecountedPromise {
  promise: PromiseKind;
  was?: Instant;
  dueAt?: Instant;
}

/** What happened, by type. Ids and codes only, never a person's words: those are in the message it names. */
export type Happening =
  | {
      type: 'opened';
      channel: Channel;
      message: string;
      /** Nothing automatic may be sent back: the sender asked for that, or may not have written it. */
      noReceipt?: boolean;
      followUpOf?: TicketId;
      /** Answered before it was written down, as a phone call. */
      answered?: boolean;
      /** Taken out of another ticket; its promises run from the earliest of the messages that came with it. */
      splitFrom?: TicketId;
      since?: Instant;
      /** How many files came with it by the web, which now have to be kept. */
      uploads?: number;
      /** What the customer is to the desk, e.g. `business`. */
      customerType?: string;
    }
  | {
      type: 'triaged';
      priority: Priority;
      category: string;
      product?: string;
      group: string;
      tier: Tier;
      rules: string[];
      /** What the rules were given, by name: codes, counts and words of the desk's own files. */
      inputs?: Record<string, string | number>;
      /** A language the desk writes, or `other`. */
      language?: string;
      sentiment?: Sentiment;
    }
  | { type: 'nobody-available'; group: string; why: WhyNobody }
  | { type: 'reprioritised'; priority: Priority; from: Priority }
  | { type: 'recategorised'; category: string; from: string }
  /** A person says how a message sounds; the last one counts. */
  | { type: 'labelled'; message: string; sentiment: Sentiment; from?: Sentiment }
  /** The ticket with which an outage was seen: `tickets` of one category came within the window. */
  | { type: 'outage-detected'; outage: string; category: string; tickets: number; told: AgentId[] }
  | { type: 'outage-joined'; outage: string; category: string; tickets: number }
  /** `promised`: the time by which it says that a person answers; absent when nothing is promised. */
  | { type: 'acknowledged'; mail: string; promised?: Instant }
  | { type: 'assigned'; agent?: AgentId; group: string; from?: AgentId }
  | {
      type: 'transferred';
      group: string;
      tier: Tier;
      fromGroup: string;
      fromTier: Tier;
      agent?: AgentId;
      /** How often the ticket has changed its group by now. */
      moves?: number;
    }
  /** `group` and `tier`: where the ticket stood when the reply was sent, the credit of its rating. */
  | { type: 'replied'; agent: AgentId; message: string; group?: string; tier?: Tier }
  /** The customer rated one reply, or changed that rating (`edit` counts the changes); every edit is an event. */
  | {
      type: 'reply-rated';
      message: string;
      /** The credit as it stood when the reply was sent. */
      agent: AgentId;
      group?: string;
      tier?: Tier;
      /** The cycle of the reply; the event's own `cycle` is the one in which it was rated. */
      ratedCycle: number;
      score: number;
      scale: string;
      label: string;
      low: boolean;
      edit: number;
    }
  | { type: 'customer-replied'; message: string; channel: Channel; uploads?: number }
  /** A message that is nothing but thanks: it starts no clock and reopens nothing. */
  | { type: 'customer-thanked'; message: string; channel: Channel }
  /** An agent read it and it was more than thanks: it counts since it was written. */
  | { type: 'not-thanked'; message: string; channel: Channel; since: Instant }
  | { type: 'noted'; message: string }
  | { type: 'paused'; waitingFor: 'customer' | 'third-party'; until?: Instant; stopsClock: boolean }
  | { type: 'resumed' }
  | ({ type: 'warned'; promise: PromiseKind; rung: string; dueAt: Instant } & Telling)
  | ({
      type: 'escalated';
      promise: PromiseKind;
      rung: string;
      dueAt: Instant;
      toGroup?: string;
      toTier?: Tier;
      /** How often the ticket has changed its group by now. */
      moves?: number;
      /** Why a rung that moves tickets left this one where it was. */
      stays?: Stays;
    } & Telling)
  /** Quiet hours are over, and what was held back for them is told now. */
  | { type: 'notice-given'; promise: PromiseKind; rung: string; dueAt: Instant; told: AgentId[] }
  /**
   * A time the customer was given, `dueAt`, has passed, and they were told: they hear from the desk by `until`, or, on hold,
   * somebody looks again then. No `until`: nothing is promised any more. No `cause`: it is late. No `mail`: the page says it.
   */
  | {
      type: 'promise-slipped';
      promise: PromiseKind;
      dueAt: Instant;
      until?: Instant;
      cause?: 'longer' | 'on-hold';
      mail?: string;
    }
  | {
      type: 'escalation-acknowledged';
      agent: AgentId;
      /** The rung they were told of; acknowledging it acknowledges every rung of its promise climbed so far. */
      rung?: string;
      promise?: PromiseKind;
      dueAt?: Instant;
      /** How long warnings and calls are held back: an ISO 8601 duration in working time of the promise. */
      rests?: string;
    }
  /** A new version of the policy counts for what is owed: whose due times it moved, and when somebody looks next. */
  | { type: 'promises-recounted'; promises: RecountedPromise[]; lookAgainAt?: Instant }
  /** A promise has run out at a moment for which the ladder has no rung. */
  | { type: 'overdue'; promise: PromiseKind; dueAt: Instant }
  | { type: 'resolved'; agent?: AgentId; cause?: string; solution?: string; check?: string }
  /** `since`: when what reopened it was written, if that was earlier. */
  | { type: 'reopened'; cause: 'customer' | 'agent' | 'remediation'; cycle: number; since?: Instant }
  | { type: 'closed'; how: 'after-resolve' | 'customer-silent' | 'deflected' | 'erased' }
  /** The customer's words and everything that tells who they are is gone from the ticket; `erasure` is the request. */
  | { type: 'erased'; erasure: string }
  /** An article solved it before a person answered, as the customer says. */
  | { type: 'deflected'; article: string; locale: string }
  /** Without a mail when there was no way to write: `not-sent` beside it says why. */
  | { type: 'reminded'; mail?: string }
  | ({ type: 'survey-sent'; mail: string; budget?: BudgetFacts } & Surveyed & CreditedEvent)
  | ({ type: 'survey-skipped'; why: string; budget?: BudgetFacts } & Surveyed)
  | ({ type: 'survey-reminded'; mail: string; budget?: BudgetFacts } & Surveyed)
  /** The one reminder of a survey that nobody answered is not sent. */
  | ({ type: 'reminder-skipped'; why: string; budget?: BudgetFacts } & Surveyed)
  | ({
      type: 'survey-answered';
      score: number;
      scale: string;
      low: boolean;
      edit: number;
    } & Surveyed &
      CreditedEvent)
  | ({ type: 'survey-expired' } & Surveyed)
  /** Feedback that this ticket was opened for; its words are in the feedback and in the message. */
  | {
      type: 'feedback-given';
      feedback: string;
      kind: 'feedback' | 'nps';
      survey: string;
      score: number;
      scale: string;
      low: boolean;
    }
  | ({
      type: 'remediation-opened';
      agent?: AgentId;
      deadline: Instant;
    } & Unhappy)
  /** A low answer that starts no work of its own. */
  | ({
      type: 'remediation-skipped';
      why: SkippedBecause;
      told?: AgentId[];
      /** Of a person for whom enough was put right: so often lately, of so many within an ISO 8601 duration. */
      lately?: number;
      most?: number;
      within?: string;
    } & Unhappy)
  /** The apology is owed: by a mail, or by a text message of so many segments. */
  | { type: 'remediation-contacted'; mail: string; way?: 'mail' | 'sms'; segments?: number }
  | { type: 'remediation-called'; told: AgentId[]; attempt: number }
  /** It was solved, and taken up again before the customer was asked: it is put right anew. */
  | { type: 'remediation-resumed'; ratedCycle: number; deadline: Instant }
  | ({
      type: 'remediation-closed';
      outcome: Outcome;
      /** Who put it right. */
      agent?: AgentId;
      /** From opening to the resolution that led to the outcome; absent when it was never answered and resolved. */
      recoveryMs?: number;
      score?: number;
    } & Omit<Unhappy, 'score'>)
  /** On the ticket that ended, `into` names the survivor; on the survivor, `from` names the other and `carries` what it owed. */
  | { type: 'merged'; into?: TicketId; from?: TicketId; carries?: CarriedPromise[] }
  | { type: 'unmerged'; into?: TicketId; from?: TicketId }
  | { type: 'split'; messages: string[]; to: TicketId }
  | { type: 'message-moved'; message: string; to?: TicketId; from?: TicketId; carries?: CarriedPromise[] }
  | { type: 'linked'; to: TicketId; as: LinkKind }
  | { type: 'unlinked'; to: TicketId; as: LinkKind }
  /** The customer agreed to text messages about this ticket, or wants mail again. */
  | { type: 'contact-chosen'; way: 'mail' | 'sms'; source: TextsConsent['source'] }
  | { type: 'mail-bounced'; mail: string; permanent: boolean }
  /** A turn of a conversation held elsewhere that the customer did not say: `agent`, if one of the team said it. */
  | { type: 'transcribed'; message: string; agent?: AgentId }
  /** A message of the desk that did not go out; `what` is its template. */
  | {
      type: 'not-sent';
      what: string;
      why: NotSent;
      /** The mail or text message that was owed, if one was. */
      mail?: string;
    }
  /** Somebody was asked to prove that an address they named is theirs. */
  | { type: 'identity-asked'; kind: 'email' | 'phone'; mail: string }
  | { type: 'identity-linked'; customer: CustomerId; with: CustomerId }
  | { type: 'identity-unlinked'; customer: CustomerId; from: CustomerId }
  | { type: 'quarantined'; message: string; why: string }
  /** An agent has looked at a quarantined message: it joins the conversation, or stays out of it. */
  | { type: 'quarantine-accepted'; message: string }
  | { type: 'quarantine-declined'; message: string }
  | { type: 'needs-human'; machine: string; error: string };

/** What a low answer can be given to: a survey, one reply, the feedback form, a periodic NPS. */
export const LOW_CAUSES = ['survey', 'reply', 'feedback', 'nps'] as const;
export type LowCause = (typeof LOW_CAUSES)[number];

/** Who is unhappy with what. Events stored before the other fields existed have `ratedCycle` and `score` alone. */
export interface Unhappy {
  /** The cycle whose answer was low; the event's own `cycle` is the one in which it is put right. */
  ratedCycle: number;
  score: number;
  scale?: string;
  cause?: LowCause;
  /** What was rated: `survey#1`, the id of a message or of a feedback. One low answer is one `about`. */
  about?: string;
  /** Where the ticket stood when it was rated. */
  group?: string;
  category?: string;
  ratedAgent?: AgentId;
  /** Why, as the customer chose it from the survey's list. */
  choice?: string;
}

export const SKIPPED_BECAUSE = [
  'already-open',
  'put-right-before',
  'not-low-any-more',
  'cap',
  'off',
  'erased',
] as const;
export type SkippedBecause = (typeof SKIPPED_BECAUSE)[number];

/** Whom a rung tells, and when they are to have answered it. */
export interface Telling {
  told: AgentId[];
  /** Told when their quiet hours are over, if it still matters then. */
  held?: Array<{ agent: AgentId; until: Instant }>;
  /** Somebody has to acknowledge it `within` an ISO 8601 duration, in working time of the promise, from `from` on. */
  acknowledge?: { from: Instant; within: string };
}

/** A person gave it this place since the promise was in danger; another rung has just placed it; or no group follows. */
export const STAYS = ['placed-by-hand', 'placed-already', 'end-of-path'] as const;
export type Stays = (typeof STAYS)[number];

/**
 * Why something was not sent: there is nowhere to send it, the channel's integration posts it, the person opted out of
 * text messages or has had a day's worth of them, the carrier did not take it, or mail came back from the address before or
 * was complained of.
 */
export type NotSent = 'no-address' | 'handed-to-channel' | 'texts-refused' | 'not-taken' | 'address-suppressed';

/** What happened, and who caused it. */
export type Caused = Happening & { by: Actor };

/** Which survey an event tells of. */
export interface Surveyed {
  /** Definition and version, e.g. `after-resolve@1`. */
  survey: string;
  kind: SurveyKind;
  /** The cycle it asks about; the event's own may be a later one. Absent on events that were stored before it was noted. */
  ratedCycle?: number;
}

export type SurveyKind = 'csat' | 'follow-up';

export type TicketEvent = {
  /** ULID. */
  id: string;
  ticketId: TicketId;
  at: Instant;
  by: Actor;
  /** Why, in words a lead can read. */
  reason: string;
  /** Version of the policy that was applied. */
  policy: string;
  cycle: number;
  /** The version of the ticket that this change made: the order of events, whatever the clocks say. */
  version: number;
  /** What this decided about the ticket's promises. */
  clocks?: ClockNote[];
  /** Keys of the mails and text messages that its change owed, by which they are found again. */
  mails?: string[];
} & Happening;

export type EventType = TicketEvent['type'];
export type EventOf<T extends EventType> = Extract<TicketEvent, { type: T }>;

/** The order in which it happened: by ticket version, and within one change by id (ULIDs of one change ascend). */
export const inOrder = (events: readonly TicketEvent[]): TicketEvent[] =>
  [...events].sort((a, b) => a.version - b.version || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));

/** Who of the team answered the customer with it: here, in a chat, or on the phone before it was written down. */
export const answeredBy = (event: Caused): AgentId | undefined => {
  if (event.type === 'replied' || event.type === 'transcribed') return event.agent;
  if (event.type !== 'opened' || event.answered !== true || !event.by.startsWith('agent:')) return undefined;
  return event.by.slice('agent:'.length);
};
