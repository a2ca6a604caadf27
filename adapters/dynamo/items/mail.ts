import * as z from 'zod/mini';
import type { OwedMail } from '../../../domain/mail/owed.ts';
import { type Item, itemOf, readItem } from '../item.ts';
import { mailKey } from '../keys.ts';
import { count, instant, maybe, text } from './parts.ts';

const subject = text;
const link = text;

const next = maybe(
  z.union([
    z.object({ at: instant, does: z.enum(['warn', 'call-lead', 'call-manager']) }),
    z.object({ at: instant, does: z.literal('move'), group: text }),
  ]),
);

const content = z.discriminatedUnion('template', [
  z.object({
    template: z.literal('acknowledgement'),
    subject,
    promise: maybe(instant),
    link,
    articles: maybe(z.array(z.object({ title: text, link }))),
  }),
  z.object({ template: z.literal('reply'), subject, text, html: maybe(text), agent: text, link }),
  z.object({ template: z.literal('reminder'), subject, link, closesAt: instant }),
  z.object({
    template: z.literal('late'),
    subject,
    link,
    dueAt: instant,
    until: maybe(instant),
    agent: maybe(text),
    what: maybe(z.enum(['solution', 'longer', 'on-hold'])),
  }),
  z.object({ template: z.literal('closed-quietly'), subject, link }),
  z.object({
    template: z.literal('survey'),
    subject,
    survey: text,
    link,
    unsubscribe: text,
    reminder: z.boolean(),
    agent: maybe(text),
  }),
  z.object({ template: z.literal('apology'), subject, agent: text, link, text: maybe(text) }),
  z.object({ template: z.literal('follow-up'), subject, survey: text, link, unsubscribe: text }),
  z.object({ template: z.literal('warning'), subject, promise: text, dueAt: instant, next, link: maybe(text) }),
  z.object({
    template: z.literal('escalation'),
    subject,
    promise: text,
    dueAt: instant,
    rung: text,
    from: text,
    to: text,
    next,
    link: maybe(text),
  }),
  z.object({
    template: z.literal('recovery'),
    subject,
    score: text,
    words: maybe(text),
    deadline: instant,
    agent: text,
  }),
  z.object({ template: z.literal('identity'), subject, other: text, link }),
  z.object({ template: z.literal('outage'), subject, category: text, tickets: count, since: instant }),
  z.object({ template: z.literal('nps'), subject, survey: text, link, unsubscribe: text }),
  z.object({ template: z.literal('feedback'), subject, feedback: text, words: maybe(text) }),
  z.object({ template: z.literal('recovery-overdue'), subject, deadline: instant, attempt: count }),
  z.object({ template: z.literal('recovery-left'), subject, agent: text }),
  z.object({
    template: z.literal('call-customer'),
    subject,
    why: z.enum(['again', 'no-address']),
    score: text,
    words: maybe(text),
  }),
]);

/** A mail or text message as it is stored. */
export const mailShape = z.object({
  key: text,
  ticketId: maybe(text),
  to: z.union([z.object({ email: text, name: maybe(text) }), z.object({ phone: text, name: maybe(text) })]),
  locale: text,
  timeZone: maybe(text),
  pace: z.enum(['prompt', 'patient']),
  content,
  anchor: text,
  inReplyTo: maybe(text),
  replyTo: maybe(text),
  owedAt: instant,
  status: z.enum(['owed', 'sending', 'sent', 'suppressed', 'failed']),
  claimedAt: maybe(instant),
  attempts: count,
  sentAt: maybe(instant),
  messageId: maybe(text),
  message: maybe(text),
});

export const mailItem = (value: OwedMail): Item => itemOf(mailKey(value.key), value);
export const readMail = (item: Item): OwedMail => readItem(mailShape, item);
