import * as z from 'zod/mini';
import { MOST_FILES } from '../../domain/contact/upload.ts';
import { language, lineUpTo, timeZone, wellFormed, wordsUpTo } from '../_shared/http/text-shape.ts';

const context = z
  .record(wordsUpTo(64), z.string().check(z.maxLength(1000), wellFormed))
  .check(z.refine((fields) => Object.keys(fields).length <= 30, 'At most 30 fields.'));

/** The body of `POST /tickets`. Fields that are not named here are refused. */
export const ticketRequest = z.strictObject({
  subject: lineUpTo(300),
  body: wordsUpTo(200_000),
  customer: z.strictObject({
    email: z.email().check(z.maxLength(254)),
    name: z.exactOptional(lineUpTo(200)),
    locale: z.exactOptional(language),
    timeZone: z.exactOptional(timeZone),
    phone: z.exactOptional(wordsUpTo(40)),
    /** Whoever sends it says by this that the customer agreed to text messages about the ticket. */
    contactBy: z.exactOptional(z.enum(['mail', 'sms'])),
  }),
  channel: z.exactOptional(z.enum(['web', 'api'])),
  category: z.exactOptional(wordsUpTo(64)),
  product: z.exactOptional(wordsUpTo(64)),
  impact: z.exactOptional(z.enum(['one', 'team', 'many', 'all'])),
  urgency: z.exactOptional(z.enum(['low', 'normal', 'high', 'now'])),
  usersAffected: z.exactOptional(z.number().check(z.int(), z.nonnegative(), z.lte(1_000_000_000))),
  context: z.exactOptional(context),
  /** Receipts of `POST /uploads/{id}/done`. */
  attachments: z.exactOptional(z.array(z.string().check(z.maxLength(2048))).check(z.maxLength(MOST_FILES))),
});

export type TicketRequest = z.infer<typeof ticketRequest>;
