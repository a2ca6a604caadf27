import * as z from 'zod/mini';
import { isMailbox } from '../../domain/mail/parked.ts';

/** Who wrote, as the agent knows better than the mail. */
export const openBody = z.strictObject({
  email: z.exactOptional(z.string().check(z.trim(), z.refine(isMailbox, 'Is not a mail address.'))),
});
