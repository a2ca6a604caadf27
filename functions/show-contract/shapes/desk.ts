import * as z from 'zod/mini';
import { feedbackShape } from '../../../adapters/dynamo/items/feedback.ts';
import { parkedShape } from '../../../adapters/dynamo/items/parked.ts';
import { channel, count, instant, maybe, priority, text, tier } from '../../../adapters/dynamo/items/parts.ts';
import { STEPS } from '../../../domain/help/next-step.ts';
import type { ArticleFigures } from '../../../domain/knowledge/usage.ts';
import { STATUSES } from '../../../domain/ticket/ticket.ts';
import { named, next } from './named.ts';
import { satisfaction } from './ticket.ts';

/** Somebody of the team now: `agentView`. */
export const agent = named(
  'Agent',
  z.object({
    id: text,
    name: text,
    email: text,
    groups: z.array(text),
    tier,
    role: z.enum(['agent', 'senior', 'lead', 'manager']),
    capacity: count,
    present: z.boolean(),
    load: count,
  }),
);

export const team = z.object({ agents: z.array(agent) });
export const presence = z.object({ agent });

const title = { id: text, title: text };

/** What helps with a ticket. */
export const beside = named(
  'Beside',
  z.object({
    customer: z.object({
      id: text,
      type: text,
      locale: text,
      timeZone: maybe(text),
      history: z.array(
        z.object({
          id: text,
          subject: text,
          status: z.enum(STATUSES),
          channel,
          createdAt: instant,
          category: maybe(text),
          priority: maybe(priority),
          satisfaction: maybe(satisfaction),
          mergedInto: maybe(text),
        }),
      ),
      ratings: z.object({ n: count, low: count, last: z.array(satisfaction) }),
    }),
    context: z.record(text, text),
    checklist: maybe(z.object({ ...title, steps: z.array(text), reason: text })),
    otherChecklists: z.array(z.object(title)),
    nextStep: z.object({ step: z.enum(STEPS), reason: text }),
    channel: z.object({
      by: z.enum(['call', 'chat', 'mail']),
      rule: z.enum(['channel.chosen', 'channel.complex', 'channel.back-and-forth', 'channel.simple']),
      reason: text,
    }),
    articles: z.array(
      z.object({ slug: text, title: text, category: text, locale: text, score: z.number(), url: text }),
    ),
    templates: z.array(z.object({ name: text, title: text, when: text, fits: z.boolean(), url: text })),
    solvedBefore: z.array(
      z.object({ id: text, subject: text, cause: maybe(text), solution: maybe(text), check: maybe(text) }),
    ),
  }),
  'What helps with a ticket: the customer’s history, a checklist, the next step, the best way to talk, articles, prepared replies, and how the same was solved before.',
);

export const template = z.object({ template: z.object({ name: text, locale: text, title: text, when: text, text }) });

const counts = z.object({ views: count, solved: count, helpful: count, unhelpful: count });

const articleFigures: z.ZodMiniType<ArticleFigures> = z.object({
  slug: text,
  locale: text,
  title: text,
  category: text,
  reviewed: text,
  reviewBy: text,
  url: text,
  last30Days: counts,
  last90Days: counts,
  neverRead: z.boolean(),
  overdueSince: maybe(text),
});

export const knowledge = z.object({
  articles: z.array(articleFigures),
  searchesWithoutHit: z.array(z.object({ query: text, locale: text, times: count, lastOn: text })),
});

export const feedback = named(
  'Feedback',
  z.extend(z.omit(feedbackShape, { ticketId: true, version: true }), { ticket: maybe(text) }),
  'What somebody said of the desk beside the surveys of a ticket.',
);

export const feedbackList = z.object({ feedback: z.array(feedback), next });
export const madeOfFeedback = z.object({ ticket: z.object({ id: text }) });

export const parkedList = z.object({
  parked: z.array(
    named(
      'ParkedMail',
      z.extend(z.omit(parkedShape, { raw: true, receipt: true, endsAt: true }), {
        to: z.array(text),
        expiresAt: instant,
      }),
      'A mail that made no ticket, and why.',
    ),
  ),
  next,
});
