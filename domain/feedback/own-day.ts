import { durationMs } from '../clock/duration.ts';
import { lot } from '../support/lot.ts';
import { DAY, type Instant, instant, millis } from '../support/time.ts';
import type { CustomerId } from '../ticket/ticket.ts';

/** For this many days a look that was missed, or came at night where the person is, is made up. */
const MADE_UP_FOR = 3;

/**
 * The last day (UTC) on which this customer was due: one in each period, chosen by a hash, so that the asks of a period
 * are spread evenly over it and those of one person lie as far apart as the policy says. Undefined when it is too long
 * ago to be made up.
 *
 * @param every ISO 8601, whole days
 */
export const dueDay = (customerId: CustomerId, now: Instant, every: string): string | undefined => {
  const days = daysIn(every);
  const today = Math.floor(millis(now) / DAY);
  const since = (today + lot('nps-day', customerId)) % days;
  return since < MADE_UP_FOR ? instant((today - since) * DAY).slice(0, 10) : undefined;
};

/** Whether somebody who was asked then was asked within the period; a day that was made up for does not shift the next. */
export const askedWithin = (askedAt: Instant, now: Instant, every: string): boolean =>
  millis(now) - millis(askedAt) < (daysIn(every) - MADE_UP_FOR) * DAY;

const daysIn = (every: string): number => Math.max(1, Math.round(durationMs(every) / DAY));
