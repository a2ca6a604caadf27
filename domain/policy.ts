import type { AskBudget } from './contact/governor.ts';
import type { CreditRule } from './survey/credit.ts';
import type { AgentId, Channel, Priority, PromiseKind, Report, Tier } from './ticket/ticket.ts';

/**
 * Who gets a ticket that is put right: a senior other than the rated agent, that agent again, or anybody of the group.
 */
export const RECOVERY_GOES_TO = ['senior', 'agent', 'group'] as const;
export type RecoveryGoesTo = (typeof RECOVERY_GOES_TO)[number];

/** By which way the apology goes out. A text message only to those who agreed to text messages. */
export const APOLOGISE_BY = ['mail', 'sms', 'as-the-customer-chose'] as const;
export type ApologiseBy = (typeof APOLOGISE_BY)[number];

/** desk/policy.yaml as the rules read it: validated and compiled when the app is synthesized. Durations are ISO 8601. */
export interface Policy {
  /** Counts up with each reviewed change; stamped on every event. */
  version: string;
  /** Whether this version counts for what was promised before it, as long as that is still owed. */
  applyToOpenTickets: boolean;
  /** What earlier versions promised by (desk/versions), by version. */
  past: Record<string, ClockRules>;
  calendars: Record<string, Calendar>;
  targets: Target[];
  ladder: Rung[];
  /** How long an acknowledgement holds back further warnings and calls, in working time of the promise. */
  acknowledgedRests: string;
  groups: Record<string, Group>;
  triage: {
    /** impact × urgency → priority. */
    matrix: Record<NonNullable<Report['impact']>, Record<NonNullable<Report['urgency']>, Priority>>;
    /** From this many affected users on, the priority is one step higher. */
    raiseFromUsers: number;
    /** For these customer types the priority is one step higher. */
    raiseTypes: string[];
    defaultImpact: NonNullable<Report['impact']>;
    defaultUrgency: NonNullable<Report['urgency']>;
    /** Words that mean the system is down: P1 at once, to a senior. */
    outageWords: string[];
    /** Words that raise the urgency from `normal` to `high`, if the customer named none; an empty list raises nothing. */
    urgentWords: string[];
    /** An outage: `tickets` of P1 or P2 in one category within `window`, until none has come for `quiet`. */
    outage: {
      tickets: number;
      window: string;
      quiet: string;
      /** A ticket of the category that comes during the outage joins it, if its own priority is this or higher. */
      joins: Priority;
    };
    /** The least confidence, 0 to 1, with which the language of a text counts. */
    languageConfidence: number;
    /** A text that sounds unhappy is one step more urgent, to `high` at most. */
    raiseUnhappy: boolean;
    /**
     * The classifier learns from at least so many of the desk's own tickets, or not at all, and is believed from this
     * confidence on.
     */
    classifier: { examples: number; confidence: number };
    model: { use: 'off' } | { use: 'bedrock'; id: string; confidence: number; timeout: string };
  };
  routing: {
    /** What becomes of tickets nobody has answered yet when their agent goes away. */
    whenAway: 'keep' | 'hand-over';
  };
  pause: { whileWaitingForCustomer: boolean; whileOnHold: boolean };
  silence: Silence;
  reopenWithin: string;
  /** Whether a customer is told that a time they were given is not kept, and by when they hear instead: a share of it. */
  tellCustomerWhenLate: boolean;
  renewedPromise: number;
  /** How long no mail takes back what only the page said, once one has said that a ticket is late. ISO 8601. */
  lateMailsApart: string;
  /** Whether a message that is nothing but thanks starts no clock, and how many words such a message may have. */
  thanksOnly: { recognise: boolean; mostWords: number };
  /** How long a merge can be undone. */
  undoWithin: string;
  /** What the mails of one sender may cause; more is parked or quarantined. */
  mailLimits: MailLimits;
  webLimits: WebLimits;
  /** Addresses of the team's own that only pass mail on to the desk. */
  mailForwarders: string[];
  survey: {
    askAfter: string;
    remindAfter: string;
    linkLasts: string;
    editableFor: string;
    /** Who is credited with an answer when several people worked on the cycle. */
    credit: CreditRule;
    /** A link opened sooner than this after its mail was sent was opened by a machine: seconds, like `PT10S`. */
    scannersOpenWithin: string;
    /** When somebody may be asked, in their own local time. */
    hours: AskingHours;
    /** IANA zone of those who told none. */
    zone: string;
    /** Addresses (`qa@example.com`) and domains with what is below them (`example.com`) that are never asked. */
    neverAsk: string[];
  };
  contact: { asks: AskBudget };
  /** Who hears of a low score that nobody can answer, and how often within an hour. */
  feedback: { group: string; tell: 'lead' | 'manager' | 'nobody'; noticesAnHour: number };
  /** How often a person is asked whether they would recommend the desk, and how lately they must have written. */
  nps: { every: string; writtenWithin: string };
  remediation: {
    /** Whether a low answer is put right at all. */
    on: boolean;
    goesTo: RecoveryGoesTo;
    /** How many recoveries a person may have in a window: beyond them somebody calls instead. */
    mostPerPerson: { times: number; within: string };
    apologiseBy: ApologiseBy;
    deadline: string;
    calendar: string;
    askAgainAfter: string;
    answerWithin: string;
    callAgainAfter: string;
    calls: number;
  };
  resolveNeeds: ResolutionNote[];
  /** What is needed in these categories instead. */
  resolveNeedsOf: Record<string, ResolutionNote[]>;
  /** Which articles are offered unasked: from this score on (see domain/knowledge/search.ts), and how many. */
  knowledge: { offerFromScore: number; offerAtMost: number };
  reports: {
    /** The share of urgent matters that is to be resolved in time, 0 to 1 exclusive. */
    urgentInTime: number;
    /** How long a resolution has to last to count. */
    stillResolvedAfter: string;
    /** A share of fewer than this is shown grey. */
    smallBelow: number;
    /** The share of answers that is to be at the top of the scale, 0 to 1 exclusive. */
    satisfied: number;
    /** Whose ratings agents see: their own, or the whole team's. Leads and admins see all. */
    ratingsVisible: 'own' | 'team';
  };
  /** When nothing is due, the escalation still looks again after this long. */
  lookAgainAtLeast: string;
}

/** The part of a version that decides when something is due: a ticket keeps it for whatever was promised under it. */
export interface ClockRules {
  version: string;
  applyToOpenTickets: boolean;
  calendars: Record<string, Calendar>;
  targets: Target[];
  ladder: Rung[];
  silence: Silence;
  /** What a ticket that nobody has triaged yet is held to. */
  untriaged: Priority;
}

export interface Silence {
  remindAfter: string;
  closeAfter: string;
  reviewHoldAfter: string;
  /** How many times a silent customer is reminded before the ticket is closed. */
  reminders: number;
}

/** What an agent notes when a ticket is resolved. */
export type ResolutionNote = 'cause' | 'solution' | 'check';

export interface MailLimits {
  /** To one address, for new tickets: a robot that answers each of them comes to an end. */
  acknowledgementsAnHour: number;
  acknowledgementsADay: number;
  /** From one address: more mail is parked. */
  newTicketsAnHour: number;
  newTicketsADay: number;
  /** Of one ticket by its customer. */
  reopeningsADay: number;
}

/** What may come by the web within an hour; more is refused. */
export interface WebLimits {
  /** Of one mail address, by the form or by a program. */
  newTicketsAnHour: number;
  /** From one network address, behind which may be a whole office. */
  formsAnHour: number;
  uploadsAnHour: number;
}

/**
 * Local wall time, end-exclusive: `{ from: '09:00', to: '12:00' }`. `24:00` is midnight; a night that ends at six the next
 * morning is `{ from: '22:00', to: '30:00' }`.
 */
export interface Interval {
  from: string;
  to: string;
}
/** Wall time within one day, end-exclusive; without `days`, on every day of the week. */
export interface AskingHours extends Interval {
  days?: Weekday[];
}
export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';

export interface Calendar {
  zone: string;
  week: Partial<Record<Weekday, Interval[]>>;
  /** Dates (`2026-12-25`, local to the zone) on which the desk is closed. */
  closed: string[];
  /** Dates with hours of their own, instead of the week's. */
  open: Record<string, Interval[]>;
  /** The last date for which public holidays are listed in `closed`, where any are: after it none is counted. */
  holidaysUntil?: string;
}

/** The first matching row counts. `calendar: 'always'` is wall time. What a row does not name, it takes all of. */
export interface Target {
  id: string;
  channels?: Channel[];
  priorities?: Priority[];
  /** Customer types. */
  types?: string[];
  /** The groups that triage or an agent gave it to; before triage it is in none. */
  groups?: string[];
  calendar: string;
  firstReply?: string;
  nextReply?: string;
  resolution?: string;
}

/** One rung of the ladder, relative to a promise: a share of its working time, or a time after it is due. */
export interface Rung {
  id: string;
  at: { share: number } | { after: string };
  priorities?: Priority[];
  /** Of these promises alone. */
  promises?: PromiseKind[];
  act: { kind: 'warn'; who: 'assignee' | 'group' } | { kind: 'move' } | { kind: 'call'; who: 'lead' | 'manager' };
  /** Told beside the act. */
  tell?: 'lead' | 'manager';
  /** When nobody acknowledges it for so long, in working time of the promise, the next rung is climbed then. */
  acknowledgeWithin?: Partial<Record<Priority, string>>;
  /** Tickets of these priorities are told of in quiet hours too. */
  wakes?: Priority[];
}

/** How somebody of the team is told: `mail` unless they say otherwise. */
export type TellBy = 'mail' | 'sms';

export interface Group {
  id: string;
  tier: Tier;
  /** Where `move` goes; absent at the end of the path. */
  next?: string;
  lead: AgentId;
  manager: AgentId;
  /** A calendar of the policy: outside it, nobody of the group is given work. Absent: always. */
  hours?: string;
}

export interface Agent {
  id: AgentId;
  name: string;
  email: string;
  groups: string[];
  tier: Tier;
  role: 'agent' | 'senior' | 'lead' | 'manager';
  languages: string[];
  skills: string[];
  capacity: number;
  /** IANA zone in which mail tells them times. */
  timeZone?: string;
  /** E.164. */
  phone?: string;
  tellBy?: TellBy[];
  /** The spans in which they are left alone: "open" here means quiet. */
  quiet?: Calendar;
}

/** An agent now: team.yaml with the presence and load kept in the table. */
export interface AgentNow extends Agent {
  present: boolean;
  load: number;
  /** When work was last given to them: the tie-breaker of least load. */
  lastAssignedAt?: string;
}

export interface Category {
  id: string;
  /** By language, e.g. `{ en: 'Payment, invoice or refund' }`. */
  names: Record<string, string>;
  /** Weight of the category when problems are ranked. */
  severity: number;
  group: string;
  keywords: string[];
}
