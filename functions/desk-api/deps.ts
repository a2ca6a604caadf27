import type { Locale } from '../../domain/contact/words.ts';
import type { Checklist } from '../../domain/help/checklist.ts';
import type { ReplyTemplate } from '../../domain/help/reply-template.ts';
import type { ArticleCard } from '../../domain/knowledge/article.ts';
import type { ArticleUsage } from '../../domain/knowledge/usage.ts';
import type { Agent, Category } from '../../domain/policy.ts';
import type {
  Clicks,
  Customers,
  Feedbacks,
  NpsAsks,
  ParkedMails,
  Persons,
  Queues,
  Team,
  Tickets,
} from '../../domain/ports.ts';
import type { ClockFacts } from '../../domain/report/clock-facts.ts';
import type { EventFacts } from '../../domain/report/event-facts.ts';
import type { Rules } from '../_shared/desk.ts';
import type { searchKnowledge } from '../_shared/knowledge/knowledge.ts';
import type { Links } from '../_shared/links/links.ts';
import type { Count } from '../_shared/telemetry.ts';
import type { Words } from '../_shared/words/words.ts';

export interface Deps extends Rules {
  tickets: Tickets;
  queues: Queues;
  customers: Customers;
  parked: ParkedMails;
  persons: Persons;
  team: Team;
  agents: readonly Agent[];
  categories: readonly Category[];
  links: Links;
  usage: ArticleUsage;
  clockFacts: Pick<ClockFacts, 'between'>;
  eventFacts: EventFacts;
  feedbacks: Pick<Feedbacks, 'between' | 'list' | 'get'>;
  deskDomain: string;
  count: Count;
  npsAsks: Pick<NpsAsks, 'between'>;
  clicks: Pick<Clicks, 'of' | 'sentAt'>;
  /** Every article, in every language. */
  catalogue: readonly ArticleCard[];
  searchKnowledge: typeof searchKnowledge;
  checklists: readonly Checklist[];
  templates: readonly ReplyTemplate[];
  words: Words<Locale<'time'>>;
}
