import * as z from 'zod/mini';
import { wellFormed, wordsUpTo } from '../_shared/text-shape.ts';

const isTimeZone = (zone: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
};

const isLanguage = (tag: string): boolean => {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
};

const context = z
  .record(wordsUpTo(64), z.string().check(z.maxLength(1000), wellFormed))
  .check(z.refine((fields) => Object.keys(fields).length <= 30, 'At most 30 fields.'));

/** The body of `POST /tickets`. Fields that are not named here are refused. */
export const ticketRequest = z.strictObject({
  subject: wordsUpTo(300),
  body: wordsUpTo(200_000),
  customer: z.strictObject({
    email: z.email().check(z.maxLength(254)),
    name: z.exactOptional(wordsUpTo(200)),
    locale: z.exactOptional(z.string().check(z.maxLength(35), z.refine(isLanguage, 'Is not a BCP 47 language tag.'))),
    timeZone: z.exactOptional(z.string().check(z.maxLength(64), z.refine(isTimeZone, 'Is not an IANA time zone.'))),
    phone: z.exactOptional(wordsUpTo(40)),
  }),
  channel: z.exactOptional(z.enum(['web', 'api'])),
  category: z.exactOptional(wordsUpTo(64)),
  product: z.exactOptional(wordsUpTo(64)),
  impact: z.exactOptional(z.enum(['one', 'team', 'many', 'all'])),
  urgency: z.exactOptional(z.enum(['low', 'normal', 'high', 'now'])),
  usersAffected: z.exactOptional(z.number().check(z.int(), z.nonnegative(), z.lte(1_000_000_000))),
  context: z.exactOptional(context),
  attachments: z.exactOptional(
    z.array(z.unknown()).check(z.maxLength(0, 'This route takes no attachments; they come by mail.')),
  ),
});

export type TicketRequest = z.infer<typeof ticketRequest>;
