import * as z from 'zod/mini';
import { count, instant, maybe, text } from '../../../adapters/dynamo/items/parts.ts';
import { named } from './named.ts';

/** What goes wrong, as `toResponse` writes it (RFC 9457). */
export const problem = named(
  'Problem',
  z.object({
    type: text,
    title: text,
    status: z.int(),
    detail: text,
    errors: maybe(z.array(z.object({ path: text, message: text }))),
  }),
  'What is wrong (RFC 9457); `errors` says where.',
);

/** What the API says before a function is asked. */
export const refusal = named('Refusal', z.object({ message: text }), 'What the API answers before the desk is asked.');

export const uploadOffered = z.object({ id: text, url: text, fields: z.record(text, text), expiresAt: instant });

export const uploadTaken = z.object({
  receipt: text,
  file: z.object({ name: text, type: text, bytes: count }),
  expiresAt: instant,
});

export const suggestions = z.object({ articles: z.array(z.object({ slug: text, title: text, url: text })) });

export const contactChosen = z.object({ contactBy: z.enum(['mail', 'sms']), phone: maybe(text) });

export const feedbackTaken = z.object({
  feedback: z.object({ id: text, low: z.boolean() }),
  ticket: maybe(z.object({ id: text })),
});

export const textsChosen = z.object({ texts: z.enum(['stopped', 'started']) });

export const contract = z.looseObject({ openapi: text });
