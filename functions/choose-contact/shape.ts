import * as z from 'zod/mini';

/** The body of `POST /t/{token}/contact` as a program sends it; the page posts the same fields. */
export const contactBody = z.strictObject({
  contactBy: z.enum(['mail', 'sms']),
  /** With its country code; for text messages. */
  phone: z.exactOptional(z.string().check(z.maxLength(40))),
});

export type ContactBody = z.infer<typeof contactBody>;
