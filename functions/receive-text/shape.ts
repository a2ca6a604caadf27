import * as z from 'zod/mini';
import { foreignId, plainWords, time } from '../_shared/channels/channel-shapes.ts';
import { phone } from '../_shared/channels/phone-shape.ts';

/** The body of `POST /channels/sms`. Fields that are not named here are refused. */
export const textPost = z.strictObject({ messageId: foreignId, from: phone, text: plainWords(10_000), at: time });
export type TextPost = z.infer<typeof textPost>;
