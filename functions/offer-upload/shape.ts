import * as z from 'zod/mini';
import { wordsUpTo } from '../_shared/http/text-shape.ts';

/** The body of `POST /uploads`. What a file says of its type is not believed: it is looked into once it is there. */
export const uploadRequest = z.strictObject({
  name: wordsUpTo(255),
  bytes: z.number().check(z.int(), z.positive()),
  type: z.exactOptional(z.string().check(z.maxLength(255))),
});
