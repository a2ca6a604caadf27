import * as z from 'zod/mini';
import { handle, network, plainName, plainWords, time } from '../_shared/channels/channel-shapes.ts';

/** The body of `POST /channels/social`: a public mention of the desk. Fields that are not named here are refused. */
export const mentionPost = z.strictObject({
  network,
  handle,
  name: z.exactOptional(plainName(200)),
  url: z.url({ protocol: /^https?$/ }).check(z.maxLength(2000)),
  text: plainWords(50_000),
  at: time,
});
export type MentionPost = z.infer<typeof mentionPost>;
