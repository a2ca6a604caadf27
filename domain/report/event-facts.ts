import type { Instant } from '../support/time.ts';
import type { EventType, TicketEvent } from '../ticket/event.ts';
import type { Channel } from '../ticket/ticket.ts';

/** What stood beside an event when it was kept: where the ticket came from and stood, and whether it is a customer's. */
export interface FactAbout {
  channel?: Channel;
  category?: string;
  group?: string;
  /** Somebody of the team asked: told apart, as it is no customer's. */
  leftOut?: 'staff';
}

/** An event as it is kept for reports. */
export interface EventFact {
  event: TicketEvent;
  /** Empty for events that were kept before it was noted. */
  about: FactAbout;
}

/** Where reports find what happened. */
export interface EventFacts {
  /** The events of these types at `from` ≤ t < `to`, each once, in no order. */
  between(from: Instant, to: Instant, types: readonly EventType[]): Promise<EventFact[]>;
}

/** What is said of surveys, their mails, the ratings of replies, and tickets that became one. */
export const RATING_TYPES = [
  'survey-sent',
  'survey-skipped',
  'survey-answered',
  'survey-expired',
  'mail-bounced',
  'not-sent',
  'reply-rated',
  'merged',
  'unmerged',
] as const satisfies readonly EventType[];

/** The same with the replies themselves, whose links can be opened too. */
export const CLICKED_TYPES = [...RATING_TYPES, 'replied'] as const satisfies readonly EventType[];

/** Those that are kept with what stood beside them. */
const WITH_ABOUT: ReadonlySet<EventType> = new Set<EventType>([
  'survey-sent',
  'survey-skipped',
  'survey-answered',
  'reply-rated',
  'remediation-opened',
]);

export const needsAbout = ({ type }: TicketEvent): boolean => WITH_ABOUT.has(type);
