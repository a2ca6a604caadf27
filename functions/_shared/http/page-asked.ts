import * as z from 'zod/mini';

const NO_PAGE = 'Is not a page of this list.';

/**
 * Where a list goes on: a moment and what stands there, as the page before has named it. A moment that is none is refused:
 * the months of a list are counted from it.
 *
 * @param what source of the pattern of what stands there, e.g. the id of a ticket
 */
export const pageAt = (what: string) =>
  z.exactOptional(
    z.string().check(
      z.regex(new RegExp(`^\\d{4}-\\d\\d-\\d\\dT[\\d:.]{8,12}Z#${what}$`), { error: NO_PAGE, abort: true }),
      z.refine((place: string) => !Number.isNaN(Date.parse(place.slice(0, place.indexOf('#')))), NO_PAGE),
    ),
  );

/** Of a list of tickets by the time they were made. */
export const ticketsAt = pageAt('T-[0-9A-Z]{1,20}');
