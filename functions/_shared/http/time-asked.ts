import * as z from 'zod/mini';

/** Beyond them instants are written otherwise, and no desk has a ticket there. */
const isOfOurTime = (text: string): boolean => {
  const year = Number(text.slice(0, 4));
  return year >= 1970 && year <= 9998;
};

/** A moment or a date of a query; left out, the route says from or until when. */
export const timeAsked = z.exactOptional(
  z
    .union(
      [z.iso.date(), z.iso.datetime({ offset: true })],
      'Write a date like 2026-11-23, or a moment with its offset like 2026-11-23T09:00:00Z.',
    )
    .check(z.refine(isOfOurTime, 'Write a year from 1970 to 9998.')),
);
