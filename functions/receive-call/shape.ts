import * as z from 'zod/mini';
import { email, foreignId, plainName, plainWords, time } from '../_shared/channels/channel-shapes.ts';
import { phone } from '../_shared/channels/phone-shape.ts';

const DAY_IN_SECONDS = 24 * 60 * 60;

/** The body of `POST /channels/phone`: a call as an agent wrote it down. Fields that are not named here are refused. */
export const callPost = z.strictObject({
  callId: foreignId,
  startedAt: time,
  seconds: z.number().check(z.int(), z.nonnegative(), z.lte(DAY_IN_SECONDS)),
  /** Who took it: id, mail address or name of one of the team. */
  agent: plainName(254),
  customer: z.strictObject({ phone, email: z.exactOptional(email), name: z.exactOptional(plainName(200)) }),
  summary: plainWords(50_000),
  outcome: z.enum(['answered', 'open']),
});
export type CallPost = z.infer<typeof callPost>;
