import * as z from 'zod/mini';

/** The body of `POST /t/{token}/ratings` as a program sends it; the page posts the same fields. */
export const ratingBody = z.strictObject({
  message: z.string().check(z.minLength(1), z.maxLength(64)),
  score: z.number(),
});
