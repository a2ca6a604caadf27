import * as z from 'zod/mini';
import { plainLine, plainText } from '../../../domain/channels/plain.ts';
import { identityIn } from '../../../domain/identity/identity.ts';
import { MINUTE, plus } from '../../../domain/support/time.ts';
import { wellFormed } from '../http/text-shape.ts';
import { Problem } from '../problem.ts';

/** A string of at most `most` characters, without half a surrogate pair. */
export const given = (most: number) => z.string().check(z.maxLength(most), wellFormed);
const something = z.string().check(z.minLength(1));

/** A person's words, without the invisible characters that `plainText` takes out. */
export const plainWords = (most: number) => z.pipe(z.pipe(given(most), z.transform(plainText)), something);
/** The same in one line: names and subjects. */
export const plainName = (most: number) => z.pipe(z.pipe(given(most), z.transform(plainLine)), something);
/** An id that another system gave. */
export const foreignId = z.string().check(z.minLength(1), z.maxLength(200), wellFormed);

/** A time with its zone, in the desk's own writing; no channel is older than the century. */
export const time = z.pipe(
  z.pipe(
    z.iso.datetime({ offset: true }),
    z.transform((at: string) => new Date(at).toISOString()),
  ),
  z.string().check(z.regex(/^20\d\d-/, 'Is not a time of this century.')),
);

export const email = z.email().check(z.maxLength(254));

/** The name of a network, e.g. `mastodon`; with the handle it makes an identity. */
export const network = z.string().check(z.regex(/^[A-Za-z][A-Za-z0-9-]{0,31}$/, 'Is not the name of a network.'));
export const handle = z.pipe(
  plainName(200),
  z.string().check(z.refine((name) => identityIn(`x:${name}`) !== undefined, 'Is not a handle.')),
);

/** How far the clock of a channel may run ahead of ours. */
const AHEAD = 10 * MINUTE;

/** Throws 422 for what is said to have happened after now. */
export const refuseFuture = (times: ReadonlyArray<{ path: string; at: string }>, now: string): void => {
  const latest = plus(now, AHEAD);
  const errors = times.flatMap(({ path, at }) => (at > latest ? [{ path, message: 'Is in the future.' }] : []));
  if (errors.length > 0)
    throw new Problem(422, 'The request tells of something that has not happened yet.', {
      errors: errors.slice(0, 20),
    });
};
