import { durationMs } from '../clock/duration.ts';
import type { ContactSheet } from '../contact/governor.ts';
import { SHEETS_REMEMBER } from '../contact/governor.ts';
import type { Policy } from '../policy.ts';
import { type Instant, plus } from '../support/time.ts';
import type { TicketId } from '../ticket/ticket.ts';

/** Whether something was put right for this person so often lately that one more would be a circle. */
export const isCapped = (
  { recoveries }: ContactSheet,
  now: Instant,
  { remediation: { mostPerPerson } }: Pick<Policy, 'remediation'>,
): boolean => {
  const since = plus(now, -durationMs(mostPerPerson.within));
  return recoveries.filter(({ at }) => at > since).length >= mostPerPerson.times;
};

/** The person's sheet with one recovery more; store it with what opens it (`Change.contacts`). */
export const withRecovery = (
  sheet: ContactSheet,
  of: { ticketId: TicketId; cycle: number },
  now: Instant,
): ContactSheet => {
  const since = plus(now, -SHEETS_REMEMBER);
  return {
    ...sheet,
    version: sheet.version + 1,
    asks: sheet.asks.filter(({ at }) => at > since),
    recoveries: [...sheet.recoveries.filter(({ at }) => at > since), { ...of, at: now }],
  };
};
