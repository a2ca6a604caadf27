import * as z from 'zod/mini';
import { SPEAKERS } from '../../domain/ticket/message.ts';
import { email, foreignId, plainName, plainWords, time } from '../_shared/channels/channel-shapes.ts';
import { phone } from '../_shared/channels/phone-shape.ts';
import { language, timeZone } from '../_shared/http/text-shape.ts';

/** The body of `POST /channels/chat`. Fields that are not named here are refused. */
export const chatPost = z.strictObject({
  conversationId: foreignId,
  customer: z.strictObject({
    /** Who it is for the chat, where people sign in to it: the chat answers for that. */
    id: z.exactOptional(foreignId),
    email: z.exactOptional(email),
    phone: z.exactOptional(phone),
    name: z.exactOptional(plainName(200)),
    locale: z.exactOptional(language),
    timeZone: z.exactOptional(timeZone),
  }),
  subject: z.exactOptional(plainName(300)),
  transcript: z
    .array(z.strictObject({ at: time, author: z.enum(SPEAKERS), name: plainName(200), text: plainWords(50_000) }))
    .check(z.minLength(1), z.maxLength(1000)),
});
export type ChatPost = z.infer<typeof chatPost>;
